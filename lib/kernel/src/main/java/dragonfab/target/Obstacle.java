package dragonfab.target;

/**
 * What is in the way of something that is waited for.
 *
 * @param lasting whether waiting does not help
 */
public record Obstacle(String text, boolean lasting) {
}
