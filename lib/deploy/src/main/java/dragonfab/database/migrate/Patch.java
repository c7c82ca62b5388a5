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
 * A file of SQL that a database gets once: whole or not at all, unless its first line says that it runs alone.
 *
 * @param name of the file, in one spelling whatever file system it comes from
 */
public record Patch(String name, String text) {
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
        return new Patch(name, TextFile.read(file));
    }

    public String sha256() {
        return Checksum.of(text);
    }

    /** Whether it runs outside a transaction, so that one that was cut off may be there in part. */
    public boolean alone() {
        return text.lines().findFirst().filter(line -> line.stripTrailing().equals(ALONE)).isPresent();
    }

    /** Says "applied" in its last line, or "there" when somebody else was first. */
    public Command apply(Database database, String by) {
        return database.byDba("database/patch", Input.of(text), alone() ? "alone" : "whole", name, sha256(), by);
    }

    /** Writes down that it is applied, and runs nothing. */
    public Command fake(Database database, String by) {
        return database.byDba("database/patch", Input.NOTHING, "fake", name, sha256(), by + " (fake)");
    }
}
