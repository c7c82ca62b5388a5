package dragonfab.database.clone;

import dragonfab.config.ColumnRule;
import dragonfab.config.RuleSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of ready sets for one database: in each schema that has their tables, and for a user model of its own. */
final class SetRules {
    private static final Set<String> TABLES = Set.of("r", "p");
    private static final String DJANGOS_USERS = "auth_user";
    /** What Django's AbstractUser always has: a name for the login and an address may be left out. */
    private static final Map<String, String> SHAPE_OF_USERS = Map.of("password", "text", "last_login", "date",
            "is_superuser", "bool", "is_staff", "bool", "is_active", "bool", "date_joined", "date");

    /** Named as the file would name it. */
    private record Table(String schema, String name) {
    }

    private final Map<Table, List<ColumnFacts>> tables;

    private SetRules(List<ColumnFacts> columns) {
        this.tables =
                columns.stream().filter(column -> TABLES.contains(column.relation())).collect(Collectors.groupingBy(
                        column -> new Table(column.schema(), column.table()), LinkedHashMap::new, Collectors.toList()));
    }

    /** For the tables and columns that the facts name. */
    static List<ColumnRule> of(List<RuleSet> sets, List<ColumnFacts> columns) {
        var there = new SetRules(columns);
        return sets.stream().flatMap(set -> set.rules().stream()).flatMap(there::everywhere).toList();
    }

    private Stream<ColumnRule> everywhere(ColumnRule rule) {
        return tables.entrySet().stream().filter(table -> table.getKey().name().equals(rule.table())
                || rule.table().equals(DJANGOS_USERS) && rule.column() != null && areUsers(table.getValue()))
                .filter(table -> rule.column() == null || table.getValue().stream().anyMatch(column -> column.column()
                        .equals(rule.column())))
                .map(Map.Entry::getKey)
                .map(table -> new ColumnRule(table.schema(), table.name(), rule.column(), rule.rule(), rule.value()));
    }

    private static boolean areUsers(List<ColumnFacts> columns) {
        return SHAPE_OF_USERS.entrySet().stream().allMatch(wanted -> columns.stream().anyMatch(column -> column.column()
                .equals(wanted.getKey()) && column.kind().equals(wanted.getValue())));
    }
}
