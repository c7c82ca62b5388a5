package dragonfab.shell;

import java.util.Objects;

/** A value that is never shown: its text is {@code ***} to everyone who does not ask for it by name. */
public final class Secret implements Word {
    private final String value;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself, for standard input or a private file; never for an argument. */
    public String reveal() {
        return value;
    }

    @Override
    public String typed() {
        throw new IllegalStateException("a secret in an argument list is readable by every user of the machine");
    }

    @Override
    public String shown() {
        return toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
