package dragonfab.database.clone;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dragonfab.config.ColumnRule;
import dragonfab.report.Failure;
import java.util.ArrayList;
import java.util.List;

/** One column as the database describes it: its type, and how many of a sample look like what; never a value. */
record ColumnFacts(JsonObject json) {
    /** Of a hundred values, for what is often something else. */
    private static final int ENOUGH = 20;
    private static final int FEW = 5;
    private static final int MOSTLY = 80;
    /** From so many values on, a pattern is none by chance. */
    private static final int SERIES = 10;
    /** In bytes. */
    private static final int SHORTEST_DIGEST = 16;
    private static final int LONGEST_DIGEST = 64;

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
        return relation().equals("lo") ? table() : ColumnRule.name(schema(), table(), column());
    }

    boolean inTable(String schema, String table) {
        return schema().equals(schema) && table().equals(table);
    }

    /** r is a table, p one of partitions, m and v are views, f lies elsewhere; "partition" is a part, "lo" none. */
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
        if (values() > 0 && PersonalDataNames.fit(column(), kind())) {
            reasons.add("its name");
        }
        json.getObject("fields", new JsonObject()).forEach((field, kind) -> {
            if (values() > 0 && PersonalDataNames.fit(field, (String) kind)) {
                reasons.add("its field " + field);
            }
        });
        add(reasons, json.getInt("emails", 0), values(), "like e-mail addresses", 0);
        add(reasons, json.getInt("emails_of_all", 0), json.getInt("rows", 0), "like e-mail addresses", 0);
        add(reasons, phones(), values(), "like phone numbers", json.getInt("sure_phones", 0) > 0 ? 0 : ENOUGH);
        add(reasons, json.getInt("ips", 0), values(), "like IP addresses", ENOUGH);
        add(reasons, json.getInt("devices", 0), values(), "like hardware addresses", ENOUGH);
        add(reasons, json.getInt("ibans", 0), values(), "like bank accounts", 1);
        add(reasons, json.getInt("places", 0), values(), "like postal addresses", FEW);
        add(reasons, json.getInt("keys", 0), values(), "as if they had personal fields", 0);
        return reasons;
    }

    /** Numbers that were counted one after the other begin alike. */
    private int phones() {
        var digits = json.getInt("digits", 0);
        var counted = digits >= SERIES && json.getInt("prefixes", 0) == 1;
        return Math.max(json.getInt("phones", 0), counted ? 0 : digits);
    }

    private int values() {
        return json.getInt("values", 0);
    }

    private static void add(List<String> reasons, int hits, int values, String like, int percent) {
        if (hits > 0 && (long) hits * 100 >= (long) values * percent) {
            reasons.add(hits + " of " + values + " values look " + like);
        }
    }

    /** Why nobody can say whether it is personal; null when it was searched. */
    String unsearched() {
        if (json.has("failed")) {
            return "cannot be looked at (error " + json.getString("failed") + ")";
        }
        if (foreign() && told()) {
            return "cannot be looked at (a partition of it lies in another database)";
        }
        var unknown = json.getArray("unknown", new JsonArray());
        if (values() > 0 && !unknown.isEmpty()) {
            return "cannot be looked at (nothing is known of the type "
                    + String.join(", ", unknown.stream().map(String.class::cast).toList()) + ")";
        }
        // Short ones of one length are digests and keys.
        var digests = json.getInt("sizes", 0) == 1 && json.getInt("largest", 0) <= LONGEST_DIGEST
                && json.getInt("largest", 0) >= SHORTEST_DIGEST;
        return json.getInt("binary", 0) > 0 && !digests
                ? "cannot be looked at (" + json.getInt("binary", 0) + " of " + values() + " values are no text)"
                : null;
    }

    /** Whether its type can hold text that somebody can read. */
    private boolean told() {
        return json.getBoolean("told");
    }

    /** Whether only a person can tell: mostly different texts, as titles are, and names of people. */
    boolean questionable() {
        return kind().equals("text") && !json.getBoolean("extension") && !generated() && values() >= SERIES
                && json.getInt("different", 0) * 100 >= values() * MOSTLY && json.getInt("worded", 0) * 2 >= values();
    }

    /** What is known of a questionable one. */
    String difference() {
        return json.getInt("different", 0) + " of " + values() + " values are different";
    }
}
