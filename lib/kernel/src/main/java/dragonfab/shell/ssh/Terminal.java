package dragonfab.shell.ssh;

import dragonfab.report.TerminalText;
import dragonfab.shell.Secret;
import java.io.Console;

/** The terminal of this process. Several hosts may ask at once, so every question holds one lock. */
final class Terminal implements Operator {
    private static final Object TURN = new Object();

    static boolean isOpen() {
        var console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since JDK 22 there is a console even when nobody sits there; this method came with it.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public boolean agrees(String question) {
        synchronized (TURN) {
            return "yes".equalsIgnoreCase(System.console().readLine("%s", TerminalText.clean(question)));
        }
    }

    @Override
    public boolean types(String question, String word) {
        synchronized (TURN) {
            return word.equals(System.console().readLine("%s", TerminalText.clean(question)));
        }
    }

    @Override
    public Secret secret(String prompt) {
        synchronized (TURN) {
            var typed = System.console().readPassword("%s", TerminalText.clean(prompt));
            return typed == null ? null : Secret.of(new String(typed));
        }
    }
}
