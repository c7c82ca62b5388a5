package dragonfab.deb;

import java.util.stream.Stream;

/** The fields of Debian's control files, each on a line of its own as "Name: value". */
final class ControlFields {
    private ControlFields() {
    }

    /** All of that name, in their order. */
    static Stream<String> named(String name, String text) {
        return text.lines().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip());
    }
}
