package dragonfab.shell.ssh;

import dragonfab.shell.Plain;
import java.nio.file.Path;
import java.util.List;

/**
 * Whom to believe that a host is the one that was meant.
 *
 * @param userFiles   known_hosts files; a key that a person accepts goes into the first
 * @param globalFiles known_hosts files of the whole machine
 * @param revoked     files of keys never to believe
 * @param names       under which a key may be known, the surest first
 * @param newKeys     what to do about a host without a known key
 * @param hashed      true when names are written so that nobody can read them
 */
public record HostKeyRules(List<Path> userFiles, List<Path> globalFiles, List<Path> revoked, List<String> names,
        NewKeys newKeys, boolean hashed) {

    public enum NewKeys { REFUSE, ASK, ACCEPT }

    /** What to type to forget a key. @param line where it stands, as FILE:NUMBER */
    public String forget(String line) {
        var name = names.get(0);
        return "ssh-keygen -f " + Plain.quoted(line.substring(0, line.lastIndexOf(':'))) + " -R "
                + (name.startsWith("[") ? "'" + name + "'" : name);
    }

    /** Where a key that was accepted is written. */
    Path file() {
        return userFiles.isEmpty() ? Path.of("/dev/null") : userFiles.get(0);
    }
}
