package dragonfab.database.clone;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dragonfab.config.ColumnRule;
import dragonfab.report.Failure;
import java.util.ArrayList;
import java.util.List;

/** One column as the database describes it: its type, and how many of a sample look like what; never a value. */
record ColumnFacts(JsonObject json) {
    /** Of a hundred values, for all but e-mail addresses: those are seldom anything else. */
    private static final int ENOUGH = 20;

    /** All that were asked for, in the order of the answer. */
    static List<ColumnFacts> of(List<String> lines) {
        return lines.stream().filter(line -> !line.isBlank()).map(ColumnFacts::of).toList();
    }

    private static ColumnFacts of(String line) {
        try {
            return new ColumnFacts(JsonParser.object().from(line));
        } catch (JsonParserException e) {
            throw Failure.failed("database", "its answer about its columns was cut off");
        }
    }

    String schema() {
        return json.getString("schema");
    }

    String table() {
        return json.getString("table");
    }

    String column() {
        return json.getString("column");
    }

    String kind() {
        return json.getString("class");
    }

    /** As the file would name it. */
    String name() {
        return ColumnRule.name(schema(), table(), column());
    }

    boolean inTable(String schema, String table) {
        return schema().equals(schema) && table().equals(table);
    }

    /** r is a table, p one of partitions, m and v are views, f lies elsewhere; "partition" is a part of one. */
    String relation() {
        return json.getString("relation");
    }

    boolean foreign() {
        return json.getBoolean("foreign");
    }

    boolean generated() {
        return json.getBoolean("generated");
    }

    boolean notNull() {
        return json.getBoolean("not_null");
    }

    /** How many letters it takes; any number is the greatest one. */
    int length() {
        return json.getInt("length", Integer.MAX_VALUE);
    }

    /** What a generated column is made from. */
    List<String> base() {
        return json.getArray("base").stream().map(String.class::cast).toList();
    }

    /** The columns that a generated one is made from, as the file would name them. */
    List<String> baseNames() {
        return base().stream().map(each -> ColumnRule.name(schema(), table(), each)).toList();
    }

    /** Why it looks personal; empty when it does not. */
    List<String> reasons() {
        var reasons = new ArrayList<String>();
        if (json.getInt("values", 0) > 0 && PersonalDataNames.fit(column(), kind())) {
            reasons.add("its name");
        }
        add(reasons, "emails", "like e-mail addresses", 0);
        add(reasons, "phones", "like phone numbers", ENOUGH);
        add(reasons, "ips", "like IP addresses", ENOUGH);
        add(reasons, "ibans", "like bank accounts", ENOUGH);
        add(reasons, "keys", "as if they had personal fields", 0);
        return reasons;
    }

    private void add(List<String> reasons, String fact, String like, int percent) {
        var hits = json.getInt(fact, 0);
        var values = json.getInt("values", 0);
        if (hits > 0 && hits * 100 >= values * percent) {
            reasons.add(hits + " of " + values + " values look " + like);
        }
    }
}
