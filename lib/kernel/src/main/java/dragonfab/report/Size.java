package dragonfab.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How much the terminal shows; never so little that nothing fits. */
record Size(int columns, int rows) {
    static final Size USUAL = new Size(80, 24);

    private static final String[] QUESTION = {"sh", "-c", "exec stty size </dev/tty 2>/dev/null"};

    Size {
        columns = Math.max(columns, 10);
        rows = Math.max(rows, 3);
    }

    /** Asks the terminal; empty when it does not know, as on a serial line, or when there is none. */
    static Optional<Size> ask() {
        try {
            var stty = Runtime.getRuntime().exec(QUESTION);
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroy();
                return Optional.empty();
            }
            return of(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** @param answer rows and columns, in this order */
    static Optional<Size> of(String answer) {
        if (!answer.strip().matches("[1-9][0-9]{0,4} [1-9][0-9]{0,4}")) {
            return Optional.empty();
        }
        var numbers = answer.strip().split(" ");
        return Optional.of(new Size(Integer.parseInt(numbers[1]), Integer.parseInt(numbers[0])));
    }
}
