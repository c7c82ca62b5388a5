package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.report.Exit;
import dragonfab.report.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An environments.yml of a test, in a folder of its own. */
record Written(Path folder) {

    Environments load(String text, String... variables) {
        try {
            var file = Files.writeString(folder.resolve("environments.yml"), text);
            return Environments.load(file, variables(variables));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> variables(String... variables) {
        var all = new HashMap<String, String>();
        for (int i = 0; i < variables.length; i += 2) {
            all.put(variables[i], variables[i + 1]);
        }
        return all;
    }

    /** The environment staging, whose keys these are, each on a line of its own from line 3 on. */
    Environment staging(String keys, String... variables) {
        return load("environments:\n  staging:\n" + keys.indent(4), variables)
                .environment("staging", Map.of());
    }

    /** All that a failure says: message, tail and remedy. */
    static String refused(Runnable work) {
        var failure = assertThrows(Failure.class, work::run);
        assertEquals(Exit.USAGE, failure.exit());
        var said = failure.place() + ": " + failure.getMessage() + "\n" + String.join("\n", failure.tail());
        return (said.strip() + (failure.remedy() == null ? "" : "\ntry: " + failure.remedy())).strip();
    }
}
