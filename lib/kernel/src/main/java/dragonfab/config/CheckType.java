package dragonfab.config;

import java.util.List;
import java.util.Map;

/** A check: a path alone, or a mapping of what to ask and what to expect. */
final class CheckType implements ValueType<Check> {
    private static final int OK = 200;
    private static final ValueType<Integer> STATUS = ValueTypes.number(100, 599);
    private static final List<String> KEYS = List.of("url", "status", "contains", "host", "from");

    @Override
    public Check read(YamlNode node, ReadContext at) {
        if (node instanceof YamlNode.Text text) {
            return text.value() == null ? null : checked(node, text.value(), OK, null, null, "target", at);
        }
        if (!(node instanceof YamlNode.Entries mapping)) {
            return at.wrong(node, "should be a path or a mapping");
        }
        return read(mapping, at);
    }

    private static Check read(YamlNode.Entries mapping, ReadContext at) {
        at.requireKnown(mapping, KEYS);
        if (!mapping.entries().containsKey("url")) {
            return at.wrong(mapping.line(), "needs a url");
        }
        var url = text(mapping, "url", at, null);
        var status = mapping.entries().containsKey("status")
                ? STATUS.read(mapping.entries().get("status"), at.at(".status")) : Integer.valueOf(OK);
        var contains = text(mapping, "contains", at, null);
        var host = text(mapping, "host", at, null);
        var from = text(mapping, "from", at, "target");
        return url == null || status == null || from == null ? null
                : checked(mapping, url, status, contains, host, from, at);
    }

    private static String text(YamlNode.Entries mapping, String key, ReadContext at, String otherwise) {
        var node = mapping.entries().get(key);
        return node == null ? otherwise : ValueTypes.TEXT.read(node, at.at("." + key));
    }

    private static Check checked(YamlNode node, String url, int status, String contains, String host, String from,
            ReadContext at) {
        try {
            return new Check(url, status, contains, host != null ? host : at.siteName().get(), from);
        } catch (IllegalArgumentException wrong) {
            return at.wrong(node.line(), wrong.getMessage());
        }
    }

    @Override
    public Map<String, Object> schema() {
        var text = ValueTypes.TEXT.schema();
        var url = Map.of("type", "string");
        var properties = Map.of("url", url, "status", STATUS.schema(), "contains", text, "host", text,
                "from", Map.of("enum", List.of("target", "local")));
        var mapping = Map.of("type", "object", "additionalProperties", false, "required", List.of("url"),
                "properties", properties);
        return Map.of("anyOf", List.of(url, mapping));
    }
}
