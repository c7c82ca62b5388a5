package dragonfab.target;

import dragonfab.shell.Command;
import dragonfab.shell.DaemonThreads;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.concurrent.CompletableFuture;

/** A command on one target that goes on beside all others, and hears what we say until we fall silent. */
public final class BackgroundCommand {
    private final OutputStream voice;
    private final CompletableFuture<ExitStatus> ended;

    private BackgroundCommand(OutputStream voice, CompletableFuture<ExitStatus> ended) {
        this.voice = voice;
        this.ended = ended;
    }

    public static BackgroundCommand begin(Remote remote, Command command, OutputStream out, OutputStream err)
            throws IOException {
        var pipe = Pipe.open();
        var hearing = command.reading(new Input.Stream(Channels.newInputStream(pipe.source())));
        return new BackgroundCommand(Channels.newOutputStream(pipe.sink()), CompletableFuture.supplyAsync(
                () -> remote.flow(hearing, out, err, null), DaemonThreads.each("background")));
    }

    /** How it ended, or broke. */
    public CompletableFuture<ExitStatus> ended() {
        return ended;
    }

    public synchronized void say(int word) throws IOException {
        voice.write(word);
        voice.flush();
    }

    public synchronized void fallSilent() {
        try {
            voice.close();
        } catch (IOException gone) {
            // Nobody goes on who cannot be heard.
        }
    }
}
