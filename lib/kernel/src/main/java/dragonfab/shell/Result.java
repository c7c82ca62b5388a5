package dragonfab.shell;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The answer to a question: how the command ended and all that it said. */
public record Result(ExitStatus ended, byte[] bytes, String err) {

    public boolean ok() {
        return ended.ok();
    }

    public String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Without the line end, for answers of one line. */
    public String text() {
        return out().stripTrailing();
    }

    public List<String> lines() {
        return out().lines().toList();
    }
}
