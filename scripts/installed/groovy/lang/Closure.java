package groovy.lang;

/**
 * Stands where picocli asks at every start whether Groovy is there, and is never used: without it the answer takes as
 * long as opening all jars.
 */
final class Closure {

    private Closure() {
    }
}
