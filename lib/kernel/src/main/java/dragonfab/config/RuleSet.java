package dragonfab.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Rules for the tables of a well-known application, as its own migrations make them, in whatever schema.
 *
 * <p>Versions differ: a table or column that a database lacks is no error.
 */
public enum RuleSet {
    DJANGO, ALLAUTH, CELERY, OSCAR, WAGTAIL;

    private List<ColumnRule> rules;

    /** As in the file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public synchronized List<ColumnRule> rules() {
        if (rules == null) {
            rules = read("anonymise/" + word());
        }
        return rules;
    }

    private static List<ColumnRule> read(String name) {
        try (var file = RuleSet.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.split(": ", 2))
                    .map(line -> ColumnRule.of(line[0], line[1])).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
