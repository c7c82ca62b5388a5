package dragonfab.shell;

import dragonfab.report.Failure;
import java.io.OutputStream;
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
        return ask(question, SHORT);
    }

    /** @param within how long the answer may take */
    default Result ask(Command question, Duration within) {
        try (var answer = new Answer(where(), question.brief())) {
            var ended = execute(question.asking(), answer.out(), answer.err(), within);
            return new Result(ended, answer.bytes(), answer.errors());
        }
    }

    /** Asks for text; an exit code other than 0 is a failure. */
    default String read(Command question) {
        return read(question, SHORT);
    }

    default String read(Command question, Duration within) {
        var answer = ask(question, within);
        if (!answer.ok()) {
            throw Failure.failed(where(), answer.ended().toString())
                    .of(question.brief(), List.of((answer.err() + answer.out()).split("\n")));
        }
        return answer.text();
    }

    /** What a login there says before every command, and nobody wants to hear; blank for nothing. */
    default String greeting() {
        return "";
    }

    @Override
    default void close() {
    }
}
