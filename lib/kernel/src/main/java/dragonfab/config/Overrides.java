package dragonfab.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of --set: to the letter for keys of one text, YAML for the others.
 *
 * <p>{@code vars.NAME} and {@code app_env.NAME} set one name and leave the others.
 */
final class Overrides {
    private final Map<Key<?>, Entry> below;
    private final Problems problems;
    private final Map<Key<?>, Entry> entries = new LinkedHashMap<>();

    Overrides(Map<Key<?>, Entry> below, Problems problems) {
        this.below = below;
        this.problems = problems;
    }

    Map<Key<?>, Entry> entries(Map<String, String> set) {
        set.forEach(this::add);
        return entries;
    }

    private void add(String name, String value) {
        var dot = name.indexOf('.');
        var key = Key.named(dot < 0 ? name : name.substring(0, dot));
        if (key == null || dot >= 0 && !List.of(Key.VARS, Key.APP_ENV).contains(key)) {
            problems.add(0, name, "unknown key" + Layers.meant(name));
        } else if (value == null || value.isEmpty()) {
            problems.add(0, name, "has no value");
        } else {
            var node = dot >= 0 ? with(key, name.substring(dot + 1), value)
                    : key.kind().single() ? new YamlNode.Text(0, value) : YamlReader.of(value, name, problems);
            put(key, node);
        }
    }

    private void put(Key<?> key, YamlNode node) {
        if (node != null) {
            entries.put(key, new Entry(key, node, Layers.SET, Layers.SET));
        }
    }

    private YamlNode with(Key<?> key, String name, String value) {
        var all = new LinkedHashMap<String, YamlNode>();
        var before = entries.getOrDefault(key, below.get(key));
        if (before != null && before.value() instanceof YamlNode.Entries mapping) {
            all.putAll(mapping.entries());
        }
        all.put(name, new YamlNode.Text(0, value));
        return new YamlNode.Entries(0, all);
    }
}
