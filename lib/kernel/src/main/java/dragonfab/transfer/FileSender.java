package dragonfab.transfer;

import dragonfab.files.Checksum;
import dragonfab.report.Failure;
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
    private final List<TransferStrategy> shortcuts;

    private FileSender(Upload upload, List<TransferStrategy> shortcuts) {
        this.upload = upload;
        this.shortcuts = shortcuts;
    }

    /** Copies a file there: under a hidden name first, checked against its checksum, then in place by rename. */
    public static void put(Remote there, String title, Path file, String path) {
        put(there, title, new Upload(file, Checksum.of(file), path));
    }

    public static void put(Remote there, String title, Upload upload) {
        put(there, title, upload, List.of());
    }

    public static void put(Remote there, String title, Upload upload, List<TransferStrategy> shortcuts) {
        var deed = there.deed(title);
        deed.runTelling(upload.whole(), () -> new FileSender(upload, shortcuts).send(there, deed));
    }

    /** @return what there is to tell of it */
    private String send(Remote there, ReportedStep deed) {
        try {
            return sent(there, deed);
        } catch (ConnectionLost e) {
            throw e.remedyAtLeast("the same again, when it answers");
        }
    }

    private String sent(Remote there, ReportedStep deed) {
        var troubles = new ArrayList<String>();
        for (var shortcut : shortcuts) {
            try {
                return told(shortcut.send(there, deed), troubles);
            } catch (ConnectionLost e) {
                throw e;
            } catch (Failure e) {
                troubles.add(e.getMessage());
            }
        }
        var whole = upload.whole();
        deed.execute(whole, whole.reading(deed.watched(whole.input())));
        return troubles.isEmpty() ? "" : told("whole", troubles);
    }

    private static String told(String how, List<String> troubles) {
        return troubles.isEmpty() ? how : how + ", for " + String.join("; ", troubles);
    }
}
