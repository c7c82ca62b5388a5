package dragonfab.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of one column, or of a whole table, of a cloned database.
 *
 * @param column null is the whole table, which goes with DROP alone, or all large objects
 * @param value  what FIXED sets; null with all others
 */
public record ColumnRule(String schema, String table, String column, Rule rule, String value) {
    static final String SAYING = "should be keep, null, empty, hash, email, name, phone, ip, text or fixed VALUE,"
            + " or drop for a table";
    static final String COLUMN =
            "is no column (write table.column or schema.table.column, quoted as in SQL where needed)";
    static final String TABLE = "is no table, and drop is for whole tables (write table or schema.table)";

    static final String LARGE_OBJECTS = "(large objects)";
    static final String OF_LARGE_OBJECTS = "should be keep or drop";

    /** The rules, by their words in the file. */
    public enum Rule {
        KEEP, NULL, EMPTY, FIXED, HASH, EMAIL, NAME, PHONE, IP, TEXT, DROP;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException that says what is wrong */
    static ColumnRule of(String name, String text) {
        var space = text.indexOf(' ');
        var fixed = text.startsWith("fixed ");
        var word = fixed ? text.substring(0, space) : text;
        var rule = Arrays.stream(Rule.values()).filter(each -> each.word().equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(SAYING + Suggestion.of(word, words())));
        if (rule == Rule.FIXED && !fixed) {
            throw new IllegalArgumentException("fixed needs a value (write fixed VALUE)");
        }
        if (name.equals(LARGE_OBJECTS)) {
            if (rule != Rule.KEEP && rule != Rule.DROP) {
                throw new IllegalArgumentException(OF_LARGE_OBJECTS);
            }
            return new ColumnRule("public", name, null, rule, null);
        }
        var parts = SqlName.parts(name);
        var whole = rule == Rule.DROP;
        var least = whole ? 1 : 2;
        if (parts.size() < least || parts.size() > least + 1) {
            throw new IllegalArgumentException(whole ? TABLE : COLUMN);
        }
        var at = parts.size() == least ? 0 : 1;
        return new ColumnRule(at == 0 ? "public" : parts.get(0), parts.get(at), whole ? null : parts.get(at + 1), rule,
                fixed ? text.substring(space + 1) : null);
    }

    static List<String> words() {
        return Arrays.stream(Rule.values()).map(Rule::word).toList();
    }

    /** Whether it speaks of the large objects, which are in no table. */
    public boolean ofLargeObjects() {
        return table.equals(LARGE_OBJECTS) && column == null;
    }

    /** As in the file, which is also how messages name columns. */
    public String name() {
        return ofLargeObjects() ? table : name(schema, table, column);
    }

    /** @param column null for a table */
    public static String name(String schema, String table, String column) {
        var prefix = schema.equals("public") ? "" : SqlName.written(schema) + ".";
        return prefix + SqlName.written(table) + (column == null ? "" : "." + SqlName.written(column));
    }
}
