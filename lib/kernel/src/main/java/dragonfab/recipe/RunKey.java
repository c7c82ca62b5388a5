package dragonfab.recipe;

/**
 * The key under which one step of a run passes something to a later one, as the package that was just built.
 *
 * @param <T> what is passed
 */
public final class RunKey<T> {
    private final Class<T> type;

    private RunKey(Class<T> type) {
        this.type = type;
    }

    /** Another with each call, also of one type. */
    public static <T> RunKey<T> of(Class<T> type) {
        return new RunKey<>(type);
    }

    T cast(Object thing) {
        return type.cast(thing);
    }
}
