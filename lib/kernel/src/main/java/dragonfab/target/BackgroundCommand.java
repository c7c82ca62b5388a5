package dragonfab.target;

import dragonfab.shell.Command;
import dragonfab.shell.DaemonThreads;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A command on one target that goes on beside all others, and hears what we say until we fall silent. */
public final class BackgroundCommand {
    private final OutputStream input;
    private final CompletableFuture<ExitStatus> ended;
    private final ScheduledExecutorService heartbeat =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("heartbeat"));

    private BackgroundCommand(OutputStream input, CompletableFuture<ExitStatus> ended) {
        this.input = input;
        this.ended = ended;
    }

    public static BackgroundCommand begin(Remote remote, Command command, OutputStream out, OutputStream err)
            throws IOException {
        var pipe = Pipe.open();
        var reading = command.reading(new Input.Stream(Channels.newInputStream(pipe.source())));
        return new BackgroundCommand(Channels.newOutputStream(pipe.sink()), CompletableFuture.supplyAsync(
                () -> remote.streams().flow(reading, out, err, null), DaemonThreads.each("background")));
    }

    /** How it ended, or broke. */
    public CompletableFuture<ExitStatus> ended() {
        return ended;
    }

    public synchronized void write(int word) throws IOException {
        input.write(word);
        input.flush();
    }

    /** Lets it hear of us so often, until its input is closed. */
    public void beat(Duration every) {
        heartbeat.scheduleAtFixedRate(() -> {
            try {
                write('.');
            } catch (IOException gone) {
                heartbeat.shutdown();
            }
        }, every.toSeconds(), every.toSeconds(), TimeUnit.SECONDS);
    }

    public synchronized void closeInput() {
        heartbeat.shutdownNow();
        try {
            input.close();
        } catch (IOException gone) {
            // Nobody goes on who cannot be heard.
        }
    }
}
