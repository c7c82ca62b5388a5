package dragonfab.report;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Which of the two streams end at a terminal. Java tells of both together with standard input, so that behind a pipe,
 * or with one of the others in a file, it knows of none.
 */
record Screens(boolean out, boolean err) {

    static Screens ask() {
        return new Screens(isTerminal(1), isTerminal(2));
    }

    private static boolean isTerminal(int stream) {
        try {
            return Path.of("/proc/self/fd/" + stream).toRealPath().toString().matches("/dev/(pts/.*|tty.*|console)");
        } catch (IOException unknown) {
            return false;
        }
    }
}
