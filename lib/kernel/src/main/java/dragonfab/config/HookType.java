package dragonfab.config;

import java.util.List;
import java.util.Map;

/** A hook: a line of shell for this machine, or a mapping of where and what. */
final class HookType implements ValueType<Hook> {
    private static final List<String> KEYS = List.of("at", "run");

    @Override
    public Hook read(YamlNode node, ReadContext at) {
        if (!(node instanceof YamlNode.Entries mapping)) {
            var line = ValueTypes.TEXT.read(node, at);
            return line == null ? null : new Hook(null, line);
        }
        at.requireKnown(mapping, KEYS);
        if (!mapping.entries().keySet().containsAll(KEYS)) {
            return at.wrong(mapping.line(), "needs at and run");
        }
        var place = ValueTypes.HOST.read(mapping.entries().get("at"), at.at(".at"));
        var line = ValueTypes.TEXT.read(mapping.entries().get("run"), at.at(".run"));
        return place == null || line == null ? null : new Hook(place, line);
    }

    @Override
    public Map<String, Object> schema() {
        var line = Map.of("type", "string", "minLength", 1);
        var mapping = Map.of("type", "object", "additionalProperties", false, "required", KEYS,
                "properties", Map.of("at", ValueTypes.HOST.schema(), "run", line));
        return Map.of("anyOf", List.of(line, mapping));
    }
}
