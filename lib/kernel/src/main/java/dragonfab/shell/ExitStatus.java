package dragonfab.shell;

/**
 * How a command ended by itself: with a code of its own, or by a signal.
 *
 * @param signal the name without SIG, or null; the code is then 128 and more, as shells count
 */
public record ExitStatus(int code, String signal) {

    public static ExitStatus with(int code) {
        return new ExitStatus(code, null);
    }

    public boolean ok() {
        return code == 0;
    }

    @Override
    public String toString() {
        return signal == null ? "exit " + code : "killed by " + signal;
    }
}
