package dragonfab.config;

/**
 * A process of a site that answers no requests, such as a worker of celery.
 *
 * @param command its command line; a program of the Python environment is found by its name
 * @param count   how many of it run on each host
 * @param once    whether only one host runs it, as what begins others' work by the clock
 */
public record Worker(String command, int count, boolean once) {
}
