package dragonfab.config;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What comes between the first batch and the second.
 *
 * @param pause in which the first is asked for its health again and again; null is a question to whoever is there
 */
public record Canary(Duration pause) {
    static final String SAYING = "should be ask, or a time such as 30s, 5m or 1h";
    static final String PATTERN = "ask|[1-9][0-9]{0,4}[smh]";
    private static final Pattern FORM = Pattern.compile(PATTERN);

    static Canary parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(SAYING);
        }
        return new Canary(text.equals("ask") ? null : Duration.parse("PT" + text));
    }

    public boolean asks() {
        return pause == null;
    }
}
