package dragonfab.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the file says of each environment, and how it is laid over what they share. */
final class Layers {
    static final String SHARED = "__all__";
    static final String SET = "--set";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");

    private final Map<String, Map<Key<?>, Entry>> layers = new LinkedHashMap<>();
    private final String file;
    private final Problems problems;

    private Layers(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    static Layers of(YamlNode root, String file, Problems problems) {
        var layers = new Layers(file, problems);
        if (root instanceof YamlNode.Entries top) {
            layers.top(top);
        } else if (root != null && !(root instanceof YamlNode.Text text && text.value() == null)) {
            problems.add(root.line(), "",
                    "should be a mapping with the key environments, found " + root.what());
        }
        return layers;
    }

    private void top(YamlNode.Entries top) {
        top.entries().forEach((key, value) -> {
            if (!key.equals("environments")) {
                problems.add(value.line(), key, "unknown key" + Suggestion.of(key, List.of("environments"))
                        + "; there is only environments at the top");
            } else if (value instanceof YamlNode.Entries environments) {
                environments.entries().forEach(this::layer);
            } else if (!(value instanceof YamlNode.Text text && text.value() == null)) {
                problems.add(value.line(), key, "should be a mapping of environments, found " + value.what());
            }
        });
        if (top.entries().isEmpty()) {
            problems.add(top.line(), "", "has no key environments");
        } else if (top.entries().get("environments") instanceof YamlNode.Entries inner && names().isEmpty()) {
            problems.add(inner.line(), "environments", "names no environment");
        }
    }

    private void layer(String name, YamlNode value) {
        if (!name.equals(SHARED) && !NAME.matcher(name).matches()) {
            problems.add(value.line(), name,
                    "should be a name of lower case letters, digits, _ and -, beginning with a letter");
        }
        if (value instanceof YamlNode.Entries keys) {
            layers.put(name, entries(name, keys));
            return;
        }
        layers.put(name, Map.of());
        if (!(value instanceof YamlNode.Text text && text.value() == null)) {
            problems.add(value.line(), name, "should be a mapping of keys, found " + value.what());
        }
    }

    private Map<Key<?>, Entry> entries(String layer, YamlNode.Entries keys) {
        var entries = new LinkedHashMap<Key<?>, Entry>();
        keys.entries().forEach((name, value) -> {
            var key = Key.named(name);
            if (key == null) {
                problems.add(value.line(), layer + "." + name, "unknown key" + meant(name));
            } else {
                entries.put(key, new Entry(key, value, layer, file + ":" + value.line()));
            }
        });
        return entries;
    }

    static String meant(String name) {
        return Suggestion.of(name, Key.all().stream().map(Key::name).toList());
    }

    List<String> names() {
        return layers.keySet().stream().filter(name -> !name.equals(SHARED)).toList();
    }

    Map<Key<?>, Entry> shared() {
        return layers.getOrDefault(SHARED, Map.of());
    }

    /** Key by key; only of hosts and lxc an environment has one, so its own drops the other. */
    Map<Key<?>, Entry> merged(String name, Map<Key<?>, Entry> set) {
        var merged = new LinkedHashMap<>(shared());
        for (var over : List.of(layers.get(name), set)) {
            if (over.containsKey(Key.HOSTS) && !over.containsKey(Key.LXC)) {
                merged.remove(Key.LXC);
                merged.remove(Key.LXC_HOST);
            } else if (over.containsKey(Key.LXC) && !over.containsKey(Key.HOSTS)) {
                merged.remove(Key.HOSTS);
            }
            merged.putAll(over);
        }
        if (!merged.containsKey(Key.LXC) && merged.containsKey(Key.LXC_HOST)
                && merged.get(Key.LXC_HOST).layer().equals(SHARED)) {
            merged.remove(Key.LXC_HOST);
        }
        return merged;
    }
}
