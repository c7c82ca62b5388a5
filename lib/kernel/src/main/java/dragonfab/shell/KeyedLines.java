package dragonfab.shell;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** A count or a size that another machine names; nothing where it is garbled. */
    public static OptionalLong number(String text) {
        return text.strip().matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text.strip()))
                : OptionalLong.empty();
    }

    /** The first that says something. */
    public Optional<String> filled(String key) {
        return all(key).stream().filter(value -> !value.isBlank()).findFirst();
    }
}
