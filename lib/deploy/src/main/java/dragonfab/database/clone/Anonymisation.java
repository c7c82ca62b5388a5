package dragonfab.database.clone;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dragonfab.config.ColumnRule;
import dragonfab.config.ColumnRule.Rule;
import dragonfab.config.ColumnRules;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.RuleSet;
import dragonfab.database.Database;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes a cloned database fit to be seen: other values for personal ones, and what the project does after a clone.
 *
 * <p>No value of the database, and no salt, is in any text that it gives.
 *
 * @param sets   ready rules, for what they find
 * @param after  SQL
 * @param domain null leaves Django's sites alone
 */
public record Anonymisation(ColumnRules rules, List<RuleSet> sets, List<String> after, String domain) {
    private static final int SALT_BYTES = 32;

    public static Anonymisation of(Environment environment) {
        return new Anonymisation(environment.find(Key.ANONYMISE).orElse(ColumnRules.NONE),
                environment.get(Key.ANONYMISE_SETS), environment.get(Key.AFTER_CLONE),
                environment.get(Key.SITE_DOMAIN));
    }

    /** With the rules of its sets in place of the sets, for the columns and tables that the facts name. */
    public Anonymisation withSetsFor(List<String> facts) {
        return new Anonymisation(rules.with(SetRules.of(sets, ColumnFacts.of(facts))), List.of(), after, domain);
    }

    /** The sets that would leave fewer findings. */
    public List<String> fitting(List<String> facts) {
        return Stream.of(RuleSet.values()).filter(set -> {
            var more = new Anonymisation(rules, List.of(set), after, domain).withSetsFor(facts);
            return more.findings(facts).size() < findings(facts).size();
        }).map(RuleSet::word).toList();
    }

    /** Whether the file says that nothing is looked at and nothing changed. */
    public boolean off() {
        return rules.off();
    }

    /** Asks what columns there are, and what they look like. */
    public Command inspect(Database database, String name) {
        return database.named(name)
                .byDba("database/clone/anonymise/facts",
                        Input.of(escaped(PersonalDataNames.PATTERN), escaped(PostalAddresses.PATTERN)))
                .asking();
    }

    /** The columns that look personal and have no rule, each with its reasons. */
    public List<String> findings(List<String> facts) {
        var findings = new ArrayList<String>();
        for (var column : ColumnFacts.of(facts)) {
            if (covered(column)) {
                continue;
            }
            if (!column.reasons().isEmpty()) {
                var base = column.base().isEmpty() ? ""
                        : ", and is generated: declare " + String.join(", ", column.baseNames());
                findings.add(column.name() + ": looks personal (" + String.join("; ", column.reasons()) + ")" + base);
            } else if (column.unsearched() != null) {
                findings.add(column.name() + ": " + column.unsearched());
            }
        }
        return findings;
    }

    /** The columns of text that nothing tells about, and that only a person can judge. */
    public List<String> questions(List<String> facts) {
        return ColumnFacts.of(facts).stream().filter(column -> column.questionable() && !covered(column)
                && column.reasons().isEmpty() && column.unsearched() == null)
                .map(column -> column.name() + ": is it personal? (" + column.difference() + ")").toList();
    }

    private boolean covered(ColumnFacts column) {
        return declared(column, column.column()) || column.generated() && !column.base().isEmpty()
                && column.base().stream().allMatch(base -> declared(column, base));
    }

    private boolean declared(ColumnFacts of, String column) {
        return rules.of(of.schema(), of.table(), column).isPresent();
    }

    /** The rules that have no column there, or one that they do not fit. */
    public List<String> missing(List<String> facts) {
        var columns = ColumnFacts.of(facts);
        return rules.rules().stream().flatMap(rule -> problem(rule, columns).map(what -> rule.name() + ": " + what)
                .stream()).toList();
    }

    private static Optional<String> problem(ColumnRule rule, List<ColumnFacts> columns) {
        var table = columns.stream().filter(each -> each.inTable(rule.schema(), rule.table())).toList();
        if (table.isEmpty()) {
            return Optional.of("there is no such table");
        }
        if (rule.column() == null) {
            return Optional.ofNullable(RuleCheck.ofTable(table.get(0)));
        }
        var column = table.stream().filter(each -> each.column().equals(rule.column())).findFirst();
        return column.isEmpty() ? Optional.of("there is no such column")
                : Optional.ofNullable(RuleCheck.of(rule, column.get()));
    }

    /** Large objects are in no table. */
    private List<ColumnRule> tableRules() {
        return rules.rules().stream().filter(rule -> !rule.ofLargeObjects()).toList();
    }

    /** Whether the large objects go. */
    public boolean dropsLargeObjects() {
        return rules.rules().stream().anyMatch(rule -> rule.ofLargeObjects() && rule.rule() == Rule.DROP);
    }

    /** Whatever refers to them leads nowhere afterwards. */
    public Command dropLargeObjects(Database database, String name) {
        return database.named(name).byDba("database/clone/anonymise/large-objects", Input.NOTHING);
    }

    /** Whether there is anything to change in tables. */
    public boolean changes() {
        return tableRules().stream().anyMatch(rule -> rule.rule() != Rule.KEEP);
    }

    /** As "anonymise 14 columns of 6 tables and empty 1 table". */
    public String title() {
        var tables = new TreeSet<String>();
        var columns = 0;
        var emptied = 0;
        for (var rule : tableRules()) {
            if (rule.column() == null) {
                emptied++;
            } else if (rule.rule() != Rule.KEEP) {
                columns++;
                tables.add(ColumnRule.name(rule.schema(), rule.table(), null));
            }
        }
        var changed = columns == 0 ? ""
                : "anonymise " + count(columns, "column") + " of " + count(tables.size(), "table");
        var empty = emptied == 0 ? "" : "empty " + count(emptied, "table");
        return changed + (columns > 0 && emptied > 0 ? " and " : "") + empty;
    }

    /** "1 column", "2 columns". */
    public static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** All rules in one transaction. @param facts without anything {@link #missing} */
    public Command apply(Database database, String name, List<String> facts) {
        var columns = ColumnFacts.of(facts);
        var rows = new JsonArray();
        tableRules().stream().filter(rule -> rule.rule() != Rule.KEEP).forEach(rule -> rows.add(row(rule, columns)));
        return database.named(name).byDba("database/clone/anonymise",
                Input.of(Secret.of(salt()), "\n", copied(JsonWriter.string(rows))));
    }

    private static JsonObject row(ColumnRule rule, List<ColumnFacts> columns) {
        var row = new JsonObject();
        columns.stream().filter(each -> each.inTable(rule.schema(), rule.table())
                && each.column().equals(rule.column())).findFirst().ifPresent(facts -> {
                    row.put("class", facts.kind());
                    row.put("length", facts.json().get("length"));
                    row.put("folded", facts.json().get("folded"));
                });
        row.put("schema", rule.schema());
        row.put("table", rule.table());
        row.put("column", rule.column());
        row.put("rule", rule.rule().word());
        row.put("value", rule.value());
        return row;
    }

    private static String salt() {
        var bytes = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The project's own statements, all or none. */
    public Command runAfter(Database database, String name) {
        return database.named(name)
                .byDba("database/clone/sql", Input.of(copied(JsonWriter.string(new JsonArray(after)))));
    }

    /** Says "changed" or "same", or else why there was no site to change. */
    public Command moveSite(Database database, String name) {
        return database.named(name).byDba("database/clone/site", Input.NOTHING).with("-v", "domain=" + domain);
    }

    /** With letters beyond ASCII as escapes: the database may have another encoding. */
    private static String escaped(String pattern) {
        return copied(pattern.codePoints().mapToObj(letter -> letter < 128 ? Character.toString(letter)
                : String.format("\\u%04x", letter)).collect(Collectors.joining()));
    }

    /** One line of what COPY reads. */
    private static String copied(String line) {
        return line.replace("\\", "\\\\") + "\n";
    }
}
