package dragonfab.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mapping of names to workers: a command line, or a mapping of what it is and how often it runs. */
final class WorkersType implements ValueType<Map<String, Worker>> {
    private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final List<String> KEYS = List.of("command", "count", "once");
    private static final ValueType<Integer> COUNT = ValueTypes.number(1, 64);

    @Override
    public Map<String, Worker> read(YamlNode node, ReadContext at) {
        if (!(node instanceof YamlNode.Entries mapping)) {
            return node instanceof YamlNode.Text text && text.value() == null ? null
                    : at.wrong(node, "should be a mapping of names to commands");
        }
        var read = new LinkedHashMap<String, Worker>();
        mapping.entries().forEach((name, value) -> {
            var here = at.at("." + name);
            if (!name.matches(NAME)) {
                here.wrong(value.line(), "is no name (a-z, 0-9 and - inside)");
            }
            var worker = worker(value, here);
            if (worker != null) {
                read.put(name, worker);
            }
        });
        return Collections.unmodifiableMap(read);
    }

    private static Worker worker(YamlNode node, ReadContext at) {
        if (!(node instanceof YamlNode.Entries mapping)) {
            var line = ValueTypes.TEXT.read(node, at);
            return line == null ? null : new Worker(line, 1, false);
        }
        at.requireKnown(mapping, KEYS);
        var entries = mapping.entries();
        if (!entries.containsKey("command")) {
            return at.wrong(mapping.line(), "needs command");
        }
        var line = ValueTypes.TEXT.read(entries.get("command"), at.at(".command"));
        var count =
                entries.containsKey("count") ? COUNT.read(entries.get("count"), at.at(".count")) : Integer.valueOf(1);
        var once =
                entries.containsKey("once") ? ValueTypes.FLAG.read(entries.get("once"), at.at(".once")) : Boolean.FALSE;
        if (line == null || count == null || once == null) {
            return null;
        }
        return once && count > 1 ? at.wrong(mapping.line(), "once is one, so it has no count")
                : new Worker(line, count, once);
    }

    @Override
    public Map<String, Object> schema() {
        var line = Map.of("type", "string", "minLength", 1);
        var mapping = Map.of("type", "object", "additionalProperties", false, "required", List.of("command"),
                "properties", Map.of("command", line, "count", COUNT.schema(), "once", ValueTypes.FLAG.schema()));
        return Map.of("type", "object", "propertyNames", Map.of("pattern", "^" + NAME + "$"),
                "additionalProperties", Map.of("anyOf", List.of(line, mapping)));
    }
}
