package dragonfab.config;

import java.util.Map;

/**
 * The value of one key, and where it stands.
 *
 * @param layer  the environment's name, __all__, or --set
 * @param source for people: file and line, or --set
 */
record Entry(Key<?> key, YamlNode value, String layer, String source) {

    /** The default where there is no entry; null when there is none either. */
    static YamlNode valueOf(Key<?> key, Map<Key<?>, Entry> entries) {
        var entry = entries.get(key);
        return entry == null ? key.fallback() : entry.value();
    }

    String path() {
        return layer.equals(Layers.SET) ? key.name() : layer + "." + key.name();
    }
}
