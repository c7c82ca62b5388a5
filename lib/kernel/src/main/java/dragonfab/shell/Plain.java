package dragonfab.shell;

import dragonfab.report.TypedLine;

/** A word that anyone may see; whatever it holds reaches the command as one argument, to the letter. */
public record Plain(String value) implements Word {
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
        return TypedLine.quoted(value);
    }

    @Override
    public String shown() {
        return typed();
    }
}
