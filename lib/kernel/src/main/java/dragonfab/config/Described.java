package dragonfab.config;

import java.util.List;

/** What there is to know of a key, apart from which keys there are. */
abstract sealed class Described<T> permits Key {
    private final String name;
    private final ValueType<T> kind;
    private final String fallback;
    private final String example;
    private final String description;

    Described(String name, ValueType<T> kind, String fallback, String example, String description) {
        this.name = name;
        this.kind = kind;
        this.fallback = fallback;
        this.example = example;
        this.description = description;
    }

    public String name() {
        return name;
    }

    /** One sentence. */
    public String description() {
        return description;
    }

    /** As YAML. */
    public String example() {
        return example;
    }

    /** As YAML; null when there is none. */
    public String defaultText() {
        return fallback;
    }

    ValueType<T> kind() {
        return kind;
    }

    /** The default as a value of the file would be; null when there is none. */
    YamlNode fallback() {
        return fallback == null ? null
                : fallback.equals("[]") ? new YamlNode.Items(0, List.of()) : new YamlNode.Text(0, fallback);
    }

    @Override
    public String toString() {
        return name;
    }
}
