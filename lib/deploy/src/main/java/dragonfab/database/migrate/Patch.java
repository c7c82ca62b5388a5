package dragonfab.database.migrate;

import dragonfab.database.Database;
import dragonfab.files.Checksum;
import dragonfab.files.TextFile;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;

/**
 * A file of SQL, a patch or a fixture: applied whole or not at all, unless its first line says that it runs alone.
 *
 * @param name of the file, in one spelling whatever file system it comes from
 */
public record Patch(Kind kind, String name, String text) implements Change {
    private static final String ALONE = "-- dragonfab: no transaction";

    /** The patches of a folder in order of name; hidden files and folders are none. */
    public static List<Patch> in(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).filter(Patch::named).map(Patch::read)
                    .sorted(Comparator.comparing(Patch::name)).toList();
        } catch (IOException e) {
            throw Failure.usage("environments.yml", "patches: " + folder + " is no folder that can be read");
        }
    }

    private static boolean named(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".sql") && !name.startsWith(".");
    }

    private static Patch read(Path file) {
        var name = Normalizer.normalize(file.getFileName().toString(), Normalizer.Form.NFC);
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw Failure.usage(file.toString(), "has a control character in its name");
        }
        return new Patch(Kind.PATCH, name, TextFile.read(file));
    }

    @Override
    public String sha256() {
        return Checksum.of(text);
    }

    /** One that runs outside a transaction may be there in part when it was cut off. */
    @Override
    public boolean whole() {
        return text.lines().findFirst().filter(line -> line.stripTrailing().equals(ALONE)).isEmpty();
    }

    /** Says "applied" in its last line, or "there" when somebody else was first. */
    public Command apply(Database database, String by) {
        return row(database, whole() ? "whole" : "alone", Input.of(text), by);
    }
}
