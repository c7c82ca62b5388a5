package dragonfab.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules for columns: a mapping of their names, or off. */
final class ColumnRulesType implements ValueType<ColumnRules> {
    private static final String SAYING = "should be off or a mapping of columns to rules";

    @Override
    public ColumnRules read(YamlNode node, ReadContext at) {
        if (node instanceof YamlNode.Text text) {
            return text.value() == null ? null
                    : text.value().equals("off") ? ColumnRules.OFF : at.wrong(node, SAYING);
        }
        if (!(node instanceof YamlNode.Entries mapping)) {
            return at.wrong(node, SAYING);
        }
        var read = new LinkedHashMap<String, ColumnRule>();
        mapping.entries().forEach((name, value) -> {
            var here = at.at("." + name);
            var rule = rule(name, value, here);
            if (rule != null && read.putIfAbsent(rule.name(), rule) != null) {
                here.wrong(value.line(), "names a column that has a rule already");
            }
        });
        read.values().stream().filter(rule -> rule.column() == null).forEach(drop -> read.values().stream()
                .filter(rule -> rule.column() != null && rule.table().equals(drop.table())
                        && rule.schema().equals(drop.schema()))
                .forEach(rule -> at.at("." + rule.name()).wrong(mapping.line(),
                        "is a column of a table that is dropped")));
        return new ColumnRules(false, List.copyOf(read.values()));
    }

    private static ColumnRule rule(String name, YamlNode value, ReadContext at) {
        if (!(value instanceof YamlNode.Text text)) {
            return at.wrong(value, ColumnRule.SAYING);
        }
        if (text.value() == null) {
            return null;
        }
        try {
            return ColumnRule.of(name, text.value());
        } catch (IllegalArgumentException wrong) {
            return wrong.getMessage().startsWith("is no ") ? at.wrong(value.line(), wrong.getMessage())
                    : at.wrong(value, wrong.getMessage());
        }
    }

    /** A column's new value is no value, so null is a word here. */
    @Override
    public boolean takesNull() {
        return true;
    }

    @Override
    public Map<String, Object> schema() {
        var words = ColumnRule.words().stream().filter(word -> !word.equals("fixed")).collect(Collectors.joining("|"));
        var rule = Map.of("type", List.of("string", "null"), "pattern", "^((" + words + ")$|fixed )|\\$\\{");
        var mapping = Map.of("type", "object", "additionalProperties", rule);
        return Map.of("anyOf", List.of(Map.of("enum", List.of("off")), mapping));
    }
}
