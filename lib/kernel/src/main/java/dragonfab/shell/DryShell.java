package dragonfab.shell;

import java.io.OutputStream;
import java.time.Duration;

/** A shell for dry runs: questions are asked for real and nothing can change, whatever the code above forgot. */
public record DryShell(Shell world) implements Shell {

    @Override
    public String where() {
        return world.where();
    }

    @Override
    public ExitStatus execute(Command command, OutputStream out, OutputStream err, Duration limit) {
        return command.question() ? world.execute(command, out, err, limit) : ExitStatus.with(0);
    }

    @Override
    public int interact(Command command) {
        return 0;
    }

    @Override
    public String greeting() {
        return world.greeting();
    }

    @Override
    public void close() {
        world.close();
    }
}
