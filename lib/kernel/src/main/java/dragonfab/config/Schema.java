package dragonfab.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The JSON Schema of environments.yml for editors, from the same keys as the checks. */
public final class Schema {
    private Schema() {
    }

    public static String json() {
        var root = new LinkedHashMap<String, Object>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "environments.yml of dragonfab");
        root.put("type", "object");
        root.put("additionalProperties", false);
        root.put("required", List.of("environments"));
        root.put("properties", Map.of("environments", environments()));
        root.put("$defs", Map.of("environment", environment()));
        return text(root, "\n") + "\n";
    }

    private static Map<String, Object> environments() {
        return Map.of("type", "object", "propertyNames", Map.of("pattern", "^(__all__|[a-z][a-z0-9_-]*)$"),
                "additionalProperties", Map.of("$ref", "#/$defs/environment"));
    }

    private static Map<String, Object> environment() {
        var properties = new LinkedHashMap<String, Object>();
        Key.all().forEach(key -> properties.put(key.name(), property(key)));
        return Map.of("type", "object", "additionalProperties", false, "properties", properties,
                "not", Map.of("required", List.of("hosts", "lxc")));
    }

    private static Map<String, Object> property(Key<?> key) {
        var property = new LinkedHashMap<String, Object>();
        property.put("description", key.description()
                + (key.defaultText() == null ? "" : " Default: " + key.defaultText() + "."));
        property.putAll(new TreeMap<>(key.kind().schema()));
        return property;
    }

    private static String text(Object value, String line) {
        var deeper = line + "  ";
        if (value instanceof Map<?, ?> map) {
            var ordered = map instanceof LinkedHashMap ? map : new TreeMap<>(map);
            return ordered.entrySet().stream()
                    .map(each -> deeper + quoted(each.getKey()) + ": " + text(each.getValue(), deeper))
                    .collect(Collectors.joining(",", "{", line + "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(each -> text(each, deeper)).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String ? quoted(value) : String.valueOf(value);
    }

    private static String quoted(Object text) {
        return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
