package dragonfab.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A piece of the file and its line, as texts, lists and mappings, before anyone asks what it means. */
sealed interface YamlNode {
    int line();

    /** For "should be a text, found a list". */
    String what();

    /** A copy with other texts; a null makes a text that is not known yet. */
    YamlNode map(Function<Text, String> change);

    /** A scalar by its letters; value is null while it is not known, and then nothing is wrong with it. */
    record Text(int line, String value) implements YamlNode {
        @Override
        public String what() {
            return "a text";
        }

        @Override
        public YamlNode map(Function<Text, String> change) {
            return value == null ? this : new Text(line, change.apply(this));
        }
    }

    record Items(int line, List<YamlNode> items) implements YamlNode {
        @Override
        public String what() {
            return "a list";
        }

        @Override
        public YamlNode map(Function<Text, String> change) {
            return new Items(line, items.stream().map(item -> item.map(change)).toList());
        }
    }

    /** Entries keep the order of the file, and no key stands in it twice. */
    record Entries(int line, Map<String, YamlNode> entries) implements YamlNode {
        @Override
        public String what() {
            return "a mapping";
        }

        @Override
        public YamlNode map(Function<Text, String> change) {
            var changed = new LinkedHashMap<String, YamlNode>();
            entries.forEach((key, value) -> changed.put(key, value.map(change)));
            return new Entries(line, changed);
        }
    }
}
