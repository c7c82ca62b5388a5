package dragonfab.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What becomes of the columns of a cloned database; no column has two rules.
 *
 * @param off true when nothing is inspected and nothing is changed
 */
public record ColumnRules(boolean off, List<ColumnRule> rules) {
    public static final ColumnRules NONE = new ColumnRules(false, List.of());
    static final ColumnRules OFF = new ColumnRules(true, List.of());

    public ColumnRules {
        rules = List.copyOf(rules);
    }

    /** These, and those of the others whose columns, or whole table, have no rule here. */
    public ColumnRules with(List<ColumnRule> more) {
        return new ColumnRules(off, Stream.concat(rules.stream(), more.stream().filter(each -> rules.stream()
                .noneMatch(own -> own.schema().equals(each.schema()) && own.table().equals(each.table())
                        && (own.column() == null || each.column() == null || own.column().equals(each.column())))))
                .toList());
    }

    /** The rule of the column, or else that of its table. */
    public Optional<ColumnRule> of(String schema, String table, String column) {
        return rules.stream().filter(rule -> rule.schema().equals(schema) && rule.table().equals(table)
                && (rule.column() == null || rule.column().equals(column))).findFirst();
    }
}
