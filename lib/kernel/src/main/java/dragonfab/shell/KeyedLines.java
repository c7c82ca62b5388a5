package dragonfab.shell;

import java.util.List;
import java.util.Optional;

/** What a script answered in lines of a key, a blank and a value; a key may stand in several. */
public record KeyedLines(List<String> lines) {

    public KeyedLines {
        lines = List.copyOf(lines);
    }

    /** Also those that are empty. */
    public List<String> all(String key) {
        return lines.stream().filter(line -> line.startsWith(key + " ")).map(line -> line.substring(key.length() + 1))
                .toList();
    }

    /** The first. */
    public Optional<String> value(String key) {
        return all(key).stream().findFirst();
    }

    /** The first that says something. */
    public Optional<String> filled(String key) {
        return all(key).stream().filter(value -> !value.isBlank()).findFirst();
    }
}
