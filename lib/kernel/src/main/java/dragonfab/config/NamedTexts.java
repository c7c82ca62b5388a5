package dragonfab.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mapping of names, each after one pattern, to texts, which may be empty. */
record NamedTexts(String pattern) implements ValueType<Map<String, String>> {

    @Override
    public Map<String, String> read(YamlNode node, ReadContext at) {
        if (!(node instanceof YamlNode.Entries mapping)) {
            return node instanceof YamlNode.Text text && text.value() == null ? null
                    : at.wrong(node, "should be a mapping of names to texts");
        }
        var read = new LinkedHashMap<String, String>();
        mapping.entries().forEach((name, value) -> {
            var here = at.at("." + name);
            if (!name.matches(pattern)) {
                here.wrong(value.line(), "is no name (letters, digits and _, not beginning with a digit)");
            }
            if (value instanceof YamlNode.Text text) {
                read.put(name, text.value());
            } else {
                here.wrong(value, "should be a text");
            }
        });
        return Collections.unmodifiableMap(read);
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "object", "propertyNames", Map.of("pattern", "^" + pattern + "$"),
                "additionalProperties", Map.of("type", List.of("string", "number", "boolean")));
    }
}
