package dragonfab;

import dragonfab.ops.Rsync;
import dragonfab.ops.Upload;
import dragonfab.report.Amount;
import dragonfab.report.Failure;
import dragonfab.shell.Dialogue;

/** What a file has that an older one has not, sent by rsync over our own connection. */
final class Difference implements Shortcut {
    private final Upload upload;
    private final Remote here;
    private final String older;

    /**
     * @param here  has the file
     * @param older the path of the other on the target
     */
    Difference(Upload upload, Remote here, String older) {
        this.upload = upload;
        this.here = here;
        this.older = older;
    }

    @Override
    public String send(Remote there, Deed deed) {
        long size = upload.file().toFile().length();
        var hearing = new Hearing(bytes -> deed.progress(bytes, size), line -> { });
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
