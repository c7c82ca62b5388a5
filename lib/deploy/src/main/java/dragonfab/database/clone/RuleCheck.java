package dragonfab.database.clone;

import dragonfab.config.ColumnRule;
import dragonfab.config.ColumnRule.Rule;
import java.util.Map;
import java.util.Set;

/** Which rule goes with which column. */
final class RuleCheck {
    private static final int SHORTEST_EMAIL = 24;
    private static final Set<String> TEXTS = Set.of("text", "texts", "json");
    private static final Map<Rule, Set<String>> KINDS = Map.of(
            Rule.EMPTY,
            Set.of("text", "texts", "array", "json", "hstore", "tsvector", "bytea", "xml", "composite", "range",
                    "other"),
            Rule.HASH, Set.of("text", "texts", "json", "uuid", "inet", "int4", "int8"),
            Rule.EMAIL, TEXTS, Rule.NAME, TEXTS, Rule.TEXT, TEXTS,
            Rule.PHONE, Set.of("text", "texts", "json", "int8"),
            Rule.IP, Set.of("text", "texts", "json", "inet"));

    private RuleCheck() {
    }

    /** What is wrong with changing rows of it; null when nothing is. */
    static String ofTable(ColumnFacts table) {
        return switch (table.relation()) {
            case "v", "m" -> "is a view: declare the columns of its tables";
            case "f" -> "lies in another database: only keep may be said of it";
            case "partition" -> "is a partition: declare the table that it is a part of";
            default -> table.foreign() ? "has a partition in another database: only keep may be said of it" : null;
        };
    }

    /** What is wrong with the rule there; null when nothing is. */
    static String of(ColumnRule rule, ColumnFacts column) {
        if (rule.rule() == Rule.KEEP) {
            return null;
        }
        if (ofTable(column) != null) {
            return ofTable(column);
        }
        if (column.generated()) {
            return column.base().isEmpty() ? "is generated: only keep may be said of it" : "is generated: declare "
                    + String.join(", ", column.baseNames());
        }
        if (rule.rule() == Rule.NULL) {
            return column.notNull() ? "null is not allowed there" : null;
        }
        if (KINDS.containsKey(rule.rule()) && !KINDS.get(rule.rule()).contains(column.kind())) {
            return rule.rule().word() + " does not fit its type";
        }
        return rule.rule() == Rule.EMAIL && column.length() < SHORTEST_EMAIL
                ? "is too short for email (" + column.length() + " letters; it takes " + SHORTEST_EMAIL + ")" : null;
    }
}
