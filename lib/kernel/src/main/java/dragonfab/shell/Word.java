package dragonfab.shell;

/** One word of a command, with two faces: as typed for a shell to read, and as shown to people. */
public sealed interface Word permits Plain, Secret, Nested {
    String typed();

    String shown();

    static Word of(Object value) {
        if (value instanceof Word word) {
            return word;
        }
        if (value instanceof Command command) {
            return new Nested(command);
        }
        return new Plain(String.valueOf(value));
    }
}
