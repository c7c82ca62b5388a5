package dragonfab.transfer;

import dragonfab.report.Failure;
import dragonfab.report.HumanUnits;
import dragonfab.shell.stream.DuplexPipe;
import dragonfab.target.Remote;
import dragonfab.target.ReportedStep;

/** The difference of a file to an older one, sent by rsync over our own connection. */
public final class RsyncDelta implements TransferStrategy {
    private final Upload upload;
    private final Remote here;
    private final String older;

    /**
     * @param here  has the file
     * @param older the path of the other on the target
     */
    public RsyncDelta(Upload upload, Remote here, String older) {
        this.upload = upload;
        this.here = here;
        this.older = older;
    }

    @Override
    public String send(Remote there, ReportedStep deed) {
        long size = upload.file().toFile().length();
        var hearing = new RsyncOutput(bytes -> deed.progress(bytes, size), line -> { });
        var dialogue = DuplexPipe.of(here.side(upload.give(there.limit().toSeconds()), hearing.givers()),
                line -> there.side(upload.difference(older,
                        Rsync.options(here.name(), line, Rsync.Way.DIFFERENCE)), hearing.takers()),
                there.limit());
        hearing.over();
        if (!dialogue.well()) {
            throw Failure.failed(there.name(), Rsync.meaning(dialogue.callee().filter(ended -> !ended.ok())
                    .orElse(dialogue.caller()).code()));
        }
        return HumanUnits.bytes(hearing.travelled()) + " of " + HumanUnits.bytes(size);
    }
}
