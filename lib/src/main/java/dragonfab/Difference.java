package dragonfab;

import dragonfab.ops.Rsync;
import dragonfab.ops.Upload;
import dragonfab.report.Amount;
import dragonfab.report.Failure;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.Dialogue;

/**
 * A file that travels as its difference from an older one, by rsync over our own connection.
 *
 * <p>Where that does not come about all of it travels: rsync can save bytes, and never a deploy.
 *
 * @param older a file on the target
 * @param deed  of which this is all
 */
record Difference(Upload upload, String older, Deed deed) {

    /** @return how many bytes it took, or why the file went whole */
    String send(Remote here, Remote there, Runnable whole) {
        try {
            return difference(here, there);
        } catch (ConnectionLost e) {
            throw e;
        } catch (Failure e) {
            whole.run();
            return "whole, for " + e.getMessage();
        }
    }

    private String difference(Remote here, Remote there) {
        long size = upload.file().toFile().length();
        var hearing = deed.hearing(size);
        var dialogue = Dialogue.of(here.side(upload.give(there.limit().toSeconds()), hearing.givers()), line -> there.side(
                upload.take(older, Rsync.options(here.name(), line)), hearing.takers()), there.limit());
        hearing.over();
        if (!dialogue.well()) {
            throw Failure.failed(there.name(), Rsync.meaning(dialogue.callee().filter(ended -> !ended.well())
                    .orElse(dialogue.caller()).code()));
        }
        return Amount.bytes(hearing.travelled()) + " of " + Amount.bytes(size);
    }
}
