package dragonfab.shell;

import dragonfab.report.Failure;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A place where commands run. All shells (local, SSH, container, dry) pass one contract suite.
 *
 * <p>May be used by several threads at once.
 */
public interface Shell extends AutoCloseable {
    Duration SHORT = Duration.ofSeconds(60);

    /** The name people know this place by. */
    String where();

    /**
     * Runs a command to its end, handing on its output while it comes; both streams are always drained.
     *
     * @param limit after which the command is killed; null for none
     * @throws ConnectionLost when the way there broke, whatever the command does now
     * @throws Failure        when the limit passed
     */
    ExitStatus execute(Command command, OutputStream out, OutputStream err, Duration limit);

    /** Hands the terminal over to the command, for a shell or an editor. Returns its exit code. */
    int interact(Command command);

    /** Asks, and takes any exit code for an answer. */
    default Result ask(Command question) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var ended = execute(question.asking(), out, err, SHORT);
        return new Result(ended, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    /** Asks for text; an exit code other than 0 is a failure. */
    default String read(Command question) {
        var answer = ask(question);
        if (!answer.ok()) {
            throw Failure.failed(where(), answer.ended().toString())
                    .of(question.brief(), List.of((answer.err() + answer.out()).split("\n")));
        }
        return answer.text();
    }

    @Override
    default void close() {
    }
}
