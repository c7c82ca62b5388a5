package dragonfab.config;

import java.util.regex.Pattern;

/**
 * One question to the site over HTTP, and the answer that is right.
 *
 * @param url      a path of the site, or a whole address; may hold the words ${version} and ${release}
 * @param status   the status code that is right
 * @param contains what the answer's text must hold; null for anything
 * @param host     the Host header; null for what the address says
 * @param from     "target" asks on each target, "local" asks from this machine
 */
public record Check(String url, int status, String contains, String host, String from) {
    public static final String TARGET = "target";
    public static final String LOCAL = "local";
    static final String URL = "should be a path such as /health/ or an address such as https://example.com/";
    static final String STATUS = "should be a status from 100 to 599";
    static final String HOST = "should be a host name";
    static final String FROM = "should be target or local";

    private static final Pattern PLACE = Pattern.compile("(/|https?://[^/\\s])[^\\s\\p{Cntrl}]*");
    private static final Pattern HEADER = Pattern.compile("[^\\s\\p{Cntrl}/]+");

    public Check {
        ValueTypes.require(PLACE.matcher(url).matches() && (url.startsWith("/") || WebAddress.isOne(url)), URL);
        ValueTypes.require(status >= 100 && status <= 599, STATUS);
        ValueTypes.require(host == null || HEADER.matcher(host).matches(), HOST);
        ValueTypes.require(from.equals(TARGET) || from.equals(LOCAL), FROM);
    }

    /** Whether whoever asks it asks itself, so that of a target only the target can be asked. */
    public boolean isLoopback() {
        return !url.startsWith("/") && WebAddress.of(url).isLoopback();
    }

    /** Whether it is asked on each target, and not from this machine. */
    public boolean asksTarget() {
        return from.equals(TARGET) || isLoopback();
    }

    /** A copy that is asked from there. */
    public Check from(String place) {
        return new Check(url, status, contains, host, place);
    }
}
