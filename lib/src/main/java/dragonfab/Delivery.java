package dragonfab;

import dragonfab.ops.Upload;
import dragonfab.report.Failure;
import dragonfab.shell.ConnectionLost;
import java.util.ArrayList;
import java.util.List;

/** A file that goes by the first shortcut that comes about, else whole: a shortcut saves bytes, and never a deploy. */
record Delivery(Upload upload, List<Shortcut> shortcuts) {

    /** @return what there is to tell of it */
    String send(Remote there, Deed deed) {
        try {
            return sent(there, deed);
        } catch (ConnectionLost e) {
            throw e.remedyAtLeast("the same again, when it answers");
        }
    }

    private String sent(Remote there, Deed deed) {
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
