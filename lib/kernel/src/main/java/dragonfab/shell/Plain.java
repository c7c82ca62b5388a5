package dragonfab.shell;

import java.util.regex.Pattern;

/** A word that anyone may see; whatever it holds reaches the command as one argument, to the letter. */
public record Plain(String value) implements Word {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public Plain {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL byte cannot stand in a command");
        }
    }

    @Override
    public String typed() {
        return quoted(value);
    }

    /** For a POSIX shell to read. */
    public static String quoted(String value) {
        return SAFE.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    @Override
    public String shown() {
        return typed();
    }
}
