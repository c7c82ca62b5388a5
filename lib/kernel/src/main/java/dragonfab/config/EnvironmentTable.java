package dragonfab.config;

import dragonfab.files.WebFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An environment as a table for people: names written out, references as they stand, secrets as stars. */
final class EnvironmentTable {
    private static final String STARS = "***";
    private static final int SHORTEST_HIDDEN = 4;

    private final Map<Key<?>, Entry> entries;
    private final List<String> hidden;
    private final List<Map<String, String>> rows = new ArrayList<>();

    EnvironmentTable(Map<Key<?>, Entry> entries) {
        this.entries = entries;
        this.hidden = Stream.concat(entries.values().stream(),
                HostOverrides.of(entries).values().stream().flatMap(own -> own.values().stream()))
                .filter(entry -> entry.key().kind().secret())
                .map(entry -> written(entry.key(), entry.value()))
                .filter(text -> text.length() >= SHORTEST_HIDDEN && !text.startsWith("${")).toList();
    }

    List<Map<String, String>> rows() {
        Key.all().forEach(this::add);
        return rows;
    }

    private void add(Key<?> key) {
        var entry = entries.get(key);
        if (key == Key.HOSTS && entry != null && entry.value() instanceof YamlNode.Entries mapping) {
            hosts((YamlNode.Entries) key.kind().own(mapping), entry.source());
        } else if (entry != null) {
            add(key, entry, "");
        } else if (key.fallback() != null) {
            add(key.name(), key, key.fallback(), "default");
        }
    }

    /** Each with its roles, then what it says of its own, as it is there. */
    private void hosts(YamlNode.Entries hosts, String source) {
        var own = HostOverrides.of(entries);
        hosts.entries().forEach((name, words) -> {
            add("hosts." + name, Key.HOSTS, words, source);
            var shown = new EnvironmentTable(HostOverrides.over(entries, own.get(name)));
            own.get(name).forEach((key, entry) -> shown.add(key, entry, "hosts." + name + "."));
            rows.addAll(shown.rows);
        });
    }

    private void add(Key<?> key, Entry entry, String before) {
        if (entry.value() instanceof YamlNode.Entries mapping && key != Key.HEALTH) {
            mapping.entries().forEach((name, each) -> add(before + key + "." + name, key, each, entry.source()));
        } else {
            add(before + key, key, entry.value(), entry.source());
        }
    }

    private void add(String name, Key<?> key, YamlNode value, String source) {
        var row = new LinkedHashMap<String, String>();
        row.put("key", name);
        row.put("value", key.kind().secret() ? STARS : hiding(written(key, value)));
        row.put("source", source);
        rows.add(row);
    }

    /** A secret in clear text may stand in another key too. */
    private String hiding(String text) {
        for (var secret : hidden) {
            text = text.replace(secret, STARS);
        }
        return text;
    }

    private String written(Key<?> key, YamlNode value) {
        if (value instanceof YamlNode.Entries mapping) {
            return mapping.entries().entrySet().stream()
                    .map(each -> each.getKey() + ": " + written(key, each.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof YamlNode.Items list) {
            return list.items().stream().map(each -> written(key, each)).collect(Collectors.joining(", "));
        }
        return new References(entries, new AsWritten()).resolved(key, ((YamlNode.Text) value).value());
    }

    private static final class AsWritten implements References.Purpose {
        @Override
        public String fetch(Template.Fetch reference) {
            return reference.written();
        }

        @Override
        public String part(Template.Fetch reference) {
            return null;
        }

        @Override
        public boolean takesStars() {
            return true;
        }

        @Override
        public String file(WebFile file) {
            return file.written();
        }

        @Override
        public String secret(Key<?> key, String value) {
            return "${" + key + "}";
        }
    }
}
