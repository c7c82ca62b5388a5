package dragonfab.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words as a person types them into a POSIX shell, each quoted where the shell would read it otherwise. */
public final class TypedLine {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private TypedLine() {
    }

    public static String of(List<String> words) {
        return words.stream().map(TypedLine::quoted).collect(Collectors.joining(" "));
    }

    public static String quoted(String word) {
        return SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
