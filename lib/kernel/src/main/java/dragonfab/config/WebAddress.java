package dragonfab.config;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An http address in its parts, as it is written: its host may be a name with an underscore, an IPv6 address in brackets
 * with its interface, or a name in any letters, which then stands here as DNS has it.
 *
 * @param login with the sign behind it; empty where there is none
 * @param port  0 where it is the usual one
 * @param path  from its first slash on; empty where there is none
 */
public record WebAddress(String scheme, String login, String host, int port, String path) {
    private static final Pattern FORM = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<login>[^@/?#]*@)?"
            + "(?<host>\\[[^\\]/]*]|[^:/?#\\[\\]]*)(?::(?<port>[0-9]{1,5}))?(?<path>[/?#].*)?", Pattern.DOTALL);

    private static final Pattern LOOPBACK = Pattern.compile("127([.][0-9]{1,3}){0,3}"
            + "|\\[((0{1,4}:){7}0{0,3}1|(0{1,4}(:0{1,4})*)?::(0{1,4}:)*0{0,3}1|::(ffff:)?127([.][0-9]{1,3}){3})]");

    /** @throws IllegalArgumentException where it is none */
    public static WebAddress of(String text) {
        var form = FORM.matcher(text);
        if (!form.matches() || form.group("host").isEmpty()) {
            throw new IllegalArgumentException("is no address such as https://app.example.com/: " + text);
        }
        return new WebAddress(form.group("scheme").toLowerCase(Locale.ROOT), or(form.group("login")),
                ascii(form.group("host")), form.group("port") == null ? 0 : Integer.parseInt(form.group("port")),
                or(form.group("path")));
    }

    public static boolean isOne(String text) {
        var form = FORM.matcher(text);
        return form.matches() && !form.group("host").isEmpty();
    }

    /** Of a machine that is named by this name or address. The sign before an interface is written %25. */
    public static WebAddress ofHost(String host) {
        return new WebAddress("http", "", host.indexOf(':') >= 0 ? "[" + host.replace("%", "%25") + "]" : ascii(host),
                0, "");
    }

    /** A name as DNS has it; what is ASCII already stays as it is, whatever DNS would say. */
    public static String ascii(String host) {
        return host.chars().allMatch(letter -> letter < 128) ? host : IDN.toASCII(host);
    }

    /** Whether it leads every machine to itself. */
    public boolean isLoopback() {
        var name = host.toLowerCase(Locale.ROOT).replaceFirst("[.]$", "");
        return name.equals("localhost") || name.endsWith(".localhost") || LOOPBACK.matcher(name).matches();
    }

    /** Where no port is written, the scheme's. */
    public int anyPort() {
        return port > 0 ? port : scheme.equals("https") ? 443 : 80;
    }

    /** As a program takes it. */
    @Override
    public String toString() {
        return scheme + "://" + login + host + (port > 0 ? ":" + port : "") + path;
    }

    private static String or(String text) {
        return text == null ? "" : text;
    }
}
