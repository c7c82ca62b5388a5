package dragonfab.database;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.stream.LineSplitter;
import dragonfab.shell.stream.Tail;
import dragonfab.target.Remote;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** What is said beside an archive while it passes: its rows and its checksum; the rest is for people. */
final class DumpOutput {
    private static final String ROW = "row ";
    private static final String SHA256 = "sha256 ";

    private final List<String> rows = new ArrayList<>();
    private final Tail tail = new Tail();
    private final LineSplitter lines = new LineSplitter(this::read);
    private String sha256 = "";

    OutputStream stderr() {
        return lines;
    }

    private synchronized void read(String line) {
        if (line.startsWith(ROW)) {
            rows.add(line.substring(ROW.length()));
        } else if (line.startsWith(SHA256)) {
            sha256 = line.substring(SHA256.length());
        } else {
            tail.add(line);
        }
    }

    /** The command ended, and it has to have ended well. */
    void require(Remote remote, String title, ExitStatus ended, Command command) {
        lines.close();
        if (!ended.ok()) {
            throw Failure.failed(remote.name(), title + ": " + ended).of(command.brief(), tail.lines());
        }
    }

    List<String> rows() {
        lines.close();
        return rows.stream().sorted().toList();
    }

    synchronized String sha256() {
        return sha256;
    }

    /** What else was said. */
    List<String> rest() {
        lines.close();
        return tail.lines();
    }
}
