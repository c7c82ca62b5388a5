package dragonfab.deb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What pip.conf says of package indexes, by the names of the variables that would say the same. */
final class PipConfig {
    private static final Set<String> KEYS = Set.of("index-url", "extra-index-url", "trusted-host");
    private static final Set<String> SECTIONS = Set.of("[global]", "[wheel]");

    private PipConfig() {
    }

    /** The machine's, then the user's, then the one that a variable names: the last word counts. */
    static Map<String, String> read(Map<String, String> variables, Path home) {
        var all = new HashMap<String, String>();
        var files = Stream.of(Path.of("/etc/pip.conf"), home.resolve(".pip/pip.conf"),
                home.resolve(".config/pip/pip.conf"), Path.of(variables.getOrDefault("PIP_CONFIG_FILE", "/dev/null")));
        files.filter(Files::isRegularFile).forEach(file -> {
            try {
                all.putAll(of(Files.readAllLines(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return all;
    }

    static Map<String, String> of(List<String> lines) {
        var values = new TreeMap<String, String>();
        String key = null;
        boolean ours = false;
        for (var line : lines) {
            var text = line.strip();
            if (text.startsWith("[")) {
                ours = SECTIONS.contains(text);
                key = null;
            } else if (!text.isEmpty() && !text.startsWith("#") && !text.startsWith(";")) {
                // A value goes on in the lines below that are indented.
                boolean more = Character.isWhitespace(line.charAt(0)) && key != null;
                var parts = text.split("\\s*[=:]\\s*", 2);
                key = more ? key : parts[0].toLowerCase(Locale.ROOT).replace('_', '-');
                var value = more ? text : parts.length > 1 ? parts[1] : "";
                if (ours && KEYS.contains(key)) {
                    values.merge("PIP_" + key.toUpperCase(Locale.ROOT).replace('-', '_'), value,
                            more ? (above, below) -> (above + " " + below).strip() : (above, below) -> below);
                }
            }
        }
        return values;
    }
}
