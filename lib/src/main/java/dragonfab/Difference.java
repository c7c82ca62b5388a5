package dragonfab;

import dragonfab.ops.Rsync;
import dragonfab.ops.Upload;
import dragonfab.report.Amount;
import dragonfab.report.Failure;
import dragonfab.shell.Dialogue;

/**
 * What a file has that an older one has not, sent by rsync over our own connection.
 *
 * @param here  has the file
 * @param older the path of the other on the target
 */
record Difference(Upload upload, Remote here, String older) implements Shortcut {

    @Override
    public String send(Remote there, Deed deed) {
        long size = upload.file().toFile().length();
        var hearing = deed.hearing(size);
        var dialogue = Dialogue.of(here.side(upload.give(there.limit().toSeconds()), hearing.givers()),
                line -> there.side(upload.difference(older,
                        Rsync.options(here.name(), line, Rsync.Way.DIFFERENCE)), hearing.takers()),
                there.limit());
        hearing.over();
        if (!dialogue.well()) {
            throw Failure.failed(there.name(), Rsync.meaning(dialogue.callee().filter(ended -> !ended.well())
                    .orElse(dialogue.caller()).code()));
        }
        return Amount.bytes(hearing.travelled()) + " of " + Amount.bytes(size);
    }
}
