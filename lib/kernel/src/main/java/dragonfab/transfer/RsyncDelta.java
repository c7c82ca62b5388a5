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
    public String send(Remote there, ReportedStep step) {
        long size = upload.file().toFile().length();
        var output = new RsyncOutput(bytes -> step.progress(bytes, size), line -> {});
        var pipe = DuplexPipe.of(here.streams().side(upload.give(there.limit().toSeconds()), output.sender()),
                line -> there.streams().side(upload.difference(older,
                        Rsync.options(here.name(), line, Rsync.Way.DIFFERENCE)), output.receiver()),
                there.limit());
        output.end();
        if (!pipe.ok()) {
            throw Failure.failed(there.name(), Rsync.meaning(pipe.callee().filter(ended -> !ended.ok())
                    .orElse(pipe.caller()).code()));
        }
        return HumanUnits.bytes(output.transferred()) + " of " + HumanUnits.bytes(size);
    }
}
