package dragonfab;

/** A dry run has come to a question whose answer depends on a change that it did not make. */
final class Planned extends RuntimeException {

    Planned(String what) {
        super(what);
    }
}
