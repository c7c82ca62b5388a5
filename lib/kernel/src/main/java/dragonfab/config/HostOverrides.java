package dragonfab.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What single hosts say of keys, over what their environment says; only of keys that are used host by host. */
final class HostOverrides {
    static final List<Key<?>> KEYS = List.of(Key.IDENTITY_FILE, Key.SSH_CONFIG, Key.TRANSPORT, Key.CONNECT_TIMEOUT,
            Key.SUDO_PASSWORD, Key.PACKAGES, Key.DEBCONF, Key.CONFFILES, Key.INSTALL_RECOMMENDS, Key.SERVICES,
            Key.REMOTE_PATH, Key.APP_USER, Key.APP_ENV, Key.MANAGE, Key.WEB_SERVER, Key.WEB_RESTART, Key.SITE_NAME,
            Key.URL, Key.MAINTENANCE_PAGE, Key.MAINTENANCE_ALLOW, Key.MAINTENANCE_OPEN, Key.MAINTENANCE_RETRY_AFTER,
            Key.HEALTH, Key.HEALTH_TIMEOUT, Key.CHECKS, Key.TESTS, Key.VARS);

    private HostOverrides() {
    }

    /** Whether a key of that name may be a host's own. */
    static boolean allows(String name) {
        var key = Key.named(name);
        return key != null && KEYS.contains(key);
    }

    /** Each host in the order of the file, as it is written there; empty where hosts are a list. */
    static Map<String, Map<Key<?>, Entry>> of(Map<Key<?>, Entry> entries) {
        var hosts = entries.get(Key.HOSTS);
        var all = new LinkedHashMap<String, Map<Key<?>, Entry>>();
        if (hosts != null && hosts.value() instanceof YamlNode.Entries mapping) {
            mapping.entries().forEach((name, value) -> all.put(name,
                    value instanceof YamlNode.Entries words ? own(hosts, name, words) : Map.of()));
        }
        return all;
    }

    private static Map<Key<?>, Entry> own(Entry hosts, String name, YamlNode.Entries words) {
        var own = new LinkedHashMap<Key<?>, Entry>();
        words.entries().forEach((word, value) -> {
            if (allows(word)) {
                var key = Key.named(word);
                own.put(key, new Entry(key, value, hosts.path() + "." + name,
                        hosts.source().replaceFirst(":[0-9]+$", ":" + value.line())));
            }
        });
        return own;
    }

    static YamlNode.Entries without(YamlNode.Entries words) {
        var left = new LinkedHashMap<>(words.entries());
        left.keySet().removeIf(HostOverrides::allows);
        return new YamlNode.Entries(words.line(), left);
    }

    /** Key by key, and for mappings name by name; what --set says wins over both. */
    static Map<Key<?>, Entry> over(Map<Key<?>, Entry> entries, Map<Key<?>, Entry> own) {
        var all = new LinkedHashMap<>(entries);
        own.forEach((key, entry) -> {
            var below = entries.get(key);
            if (below != null && below.value() instanceof YamlNode.Entries names
                    && entry.value() instanceof YamlNode.Entries over && List.of(Key.VARS, Key.APP_ENV).contains(key)) {
                all.put(key, new Entry(key, both(names, over), entry.layer(), entry.source()));
            } else if (below == null || !below.layer().equals(Layers.SET)) {
                all.put(key, entry);
            }
        });
        return all;
    }

    private static YamlNode both(YamlNode.Entries below, YamlNode.Entries over) {
        var names = new LinkedHashMap<>(below.entries());
        over.entries().forEach((name, value) -> {
            // Only a name that --set gives stands in no line.
            if (!names.containsKey(name) || names.get(name).line() > 0) {
                names.put(name, value);
            }
        });
        return new YamlNode.Entries(over.line(), names);
    }
}
