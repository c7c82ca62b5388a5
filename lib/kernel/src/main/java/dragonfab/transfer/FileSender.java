package dragonfab.transfer;

import dragonfab.files.Checksum;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.ConnectionLost;
import dragonfab.target.Remote;
import dragonfab.target.ReportedStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that goes to a target: by the first strategy that comes about, else whole.
 *
 * <p>A strategy saves bytes, and never a deploy.
 */
public final class FileSender {
    private final Upload upload;
    private final List<TransferStrategy> strategies;

    private FileSender(Upload upload, List<TransferStrategy> strategies) {
        this.upload = upload;
        this.strategies = strategies;
    }

    /** Copies a file there: under a hidden name first, checked against its checksum, then in place by rename. */
    public static void put(Remote there, String title, Path file, String path) {
        put(there, title, new Upload(file, Checksum.of(file), path));
    }

    public static void put(Remote there, String title, Upload upload) {
        put(there, title, upload, List.of());
    }

    public static void put(Remote there, String title, Upload upload, List<TransferStrategy> strategies) {
        var step = there.step(title);
        step.runWithDetail(upload.whole(), () -> new FileSender(upload, strategies).send(there, step));
    }

    /** @return what there is to tell of it */
    private String send(Remote there, ReportedStep step) {
        try {
            return sent(there, step);
        } catch (ConnectionLost e) {
            throw e.remedyAtLeast(Remedy.again());
        }
    }

    private String sent(Remote there, ReportedStep step) {
        var failures = new ArrayList<String>();
        for (var strategy : strategies) {
            try {
                return detail(strategy.send(there, step), failures);
            } catch (ConnectionLost e) {
                throw e;
            } catch (Failure e) {
                failures.add(e.getMessage());
            }
        }
        var whole = upload.whole();
        step.execute(whole, whole.reading(step.withProgress(whole.input())));
        return failures.isEmpty() ? "" : detail("whole", failures);
    }

    private static String detail(String how, List<String> failures) {
        return failures.isEmpty() ? how : how + ", for " + String.join("; ", failures);
    }
}
