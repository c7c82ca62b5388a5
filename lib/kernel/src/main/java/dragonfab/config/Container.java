package dragonfab.config;

import java.util.regex.Pattern;

/**
 * An LXC container; its name is a host name too.
 *
 * @param on the machine that holds it; null is this one
 */
public record Container(String name, Host on) implements Target {
    static final String RULE = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";
    static final String SAYING =
            "should be a container name (a-z, 0-9 and -, beginning with a letter, at most 63)";

    private static final Pattern NAME = Pattern.compile(RULE);

    public Container {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(SAYING);
        }
    }
}
