package dragonfab.transfer;

import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import dragonfab.shell.ShellScript;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of this machine that is to be on a target, and the ways it can come there.
 *
 * <p>Whichever way, it gets its name there only when its checksum is right.
 *
 * @param path where it is to be
 */
public record Upload(Path file, String sha256, String path) {

    /** All of it; the target reads it. */
    public Command whole() {
        return take("whole").reading(Input.file(file));
    }

    /**
     * What this machine runs to send the difference.
     *
     * @param silence so many seconds without a byte are the end
     */
    public Command give(long silence) {
        return ShellScript.of("transfer/rsync/give", file, "--ignore-times", "--timeout=" + silence, "--no-h",
                "--info=flist0,progress2,stats1");
    }

    /**
     * What the target runs to read it.
     *
     * @param older   a file there, which stays as it is
     * @param options as this machine's rsync wants them
     */
    public Command difference(String older, List<String> options) {
        return take("difference").with(older).with(options.toArray());
    }

    /** What a target runs that has it already: it says how others get it, and gives it to those while it is heard. */
    public Command lend(long seconds) {
        return ShellScript.of("transfer/file/lend", path, seconds).asRoot();
    }

    /** What such another runs. @param offer as the first said it */
    public Command borrow(Secret offer) {
        return take("neighbour").reading(Input.of(offer, "\n"));
    }

    private Command take(String how) {
        return ShellScript.of("transfer/file/take", path, sha256, how).asRoot();
    }
}
