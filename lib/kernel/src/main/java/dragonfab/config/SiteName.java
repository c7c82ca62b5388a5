package dragonfab.config;

/**
 * The name of a site, of which all its other names are made: SOFTWARE-site-VARIANT.
 *
 * @param software what it serves
 * @param variant  which of several on one host
 */
public record SiteName(String software, String variant) {
    private static final String BETWEEN = "-site-";

    /** @param application as {@link Environment#application()} has it for a site */
    public static SiteName of(String application) {
        int at = application.lastIndexOf(BETWEEN);
        return new SiteName(application.substring(0, at), application.substring(at + BETWEEN.length()));
    }

    /** Of its Debian package. */
    @Override
    public String toString() {
        return software + BETWEEN + variant;
    }

    /** Of its user, its database and, with what a process does and the release behind it, its units. */
    public String user() {
        return software + "-" + variant;
    }

    /** What its packages and releases lie in. */
    public String folder() {
        return "/usr/lib/" + software + "-site/" + variant;
    }

    public String release(String version) {
        return folder() + "/releases/" + version;
    }

    /** Its settings, and the link to the release that serves. */
    public String settings() {
        return "/etc/" + software + "-site/" + variant;
    }

    /** The release that serves. */
    public String current() {
        return settings() + "/current";
    }

    /** What it writes. */
    public String data() {
        return "/var/lib/" + software + "-site/" + variant;
    }
}
