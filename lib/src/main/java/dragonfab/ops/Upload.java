package dragonfab.ops;

import dragonfab.shell.Command;
import dragonfab.shell.Input;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of this machine that is to be on a target: whole, or made there of an older one and the difference from that.
 *
 * <p>Whichever way, it gets its name there only when its checksum is right.
 *
 * @param path where it is to be
 */
public record Upload(Path file, String sha256, String path) {

    /** All of it; the target reads it. */
    public Command whole() {
        return Snippet.of("file-take", path, sha256).reading(Input.file(file)).asRoot();
    }

    /**
     * What this machine runs to send the difference.
     *
     * @param silence so many seconds without a byte are the end
     */
    public Command give(long silence) {
        return Snippet.of("rsync-give", file, "--ignore-times", "--timeout=" + silence, "--no-h",
                "--info=flist0,progress2,stats1");
    }

    /**
     * What the target runs to read it.
     *
     * @param older   a file there, which stays as it is
     * @param options as this machine's rsync wants them
     */
    public Command take(String older, List<String> options) {
        return Snippet.of("file-take", path, sha256, older).with(options.toArray()).asRoot();
    }
}
