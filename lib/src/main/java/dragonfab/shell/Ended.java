package dragonfab.shell;

/**
 * How a command ended by itself: with a code of its own, or by a signal.
 *
 * @param signal the name without SIG, or null; the code is then 128 and more, as shells count
 */
public record Ended(int code, String signal) {

    public static Ended with(int code) {
        return new Ended(code, null);
    }

    public boolean well() {
        return code == 0;
    }

    @Override
    public String toString() {
        return signal == null ? "exit " + code : "killed by " + signal;
    }
}
