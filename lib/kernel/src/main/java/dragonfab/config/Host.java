package dragonfab.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A machine that SSH reaches; nothing in it can be taken for an option, nor break out of a line.
 *
 * @param user    null when the SSH configuration decides
 * @param address a host name, an alias of the SSH configuration, or an IP address without brackets
 * @param port    0 when the SSH configuration decides
 * @param roles   what it is there for; empty for everything
 */
public record Host(String user, String address, int port, List<String> roles) implements Target {
    static final String SAYING = "should be a host such as deploy@app1.example.com:2222";

    private static final int LAST_PORT = 65535;
    private static final Pattern USER = Pattern.compile("(?:[A-Za-z0-9_.-]+\\\\)?[A-Za-z_][A-Za-z0-9_.-]*\\$?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    /** What YAML has for a number or a flag, and nobody for a host. */
    private static final Pattern NO_NAME = Pattern.compile("[0-9]+|(?i:true|false|yes|no|on|off|null)");
    private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?");
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<user>[^@]*)@)?(?:\\[(?<six>[^\\[\\]]*)]|(?<name>[^:\\[\\]@]*))(?::(?<port>[0-9]{1,5}))?");

    public Host {
        if (user != null && !USER.matcher(user).matches()) {
            throw new IllegalArgumentException(SAYING + " (its user is no user name)");
        }
        if (NO_NAME.matcher(address).matches() || !NAME.matcher(address).matches() && !six(address)) {
            throw new IllegalArgumentException(SAYING);
        }
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException(SAYING + " (ports go from 1 to " + LAST_PORT + ")");
        }
        roles = List.copyOf(roles);
    }

    public Host(String user, String address, int port) {
        this(user, address, port, List.of());
    }

    /** Reads {@code [user@]address[:port]}; an IPv6 address stands in brackets, and a name in any letters. */
    public static Host parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(text.indexOf(':') == text.lastIndexOf(':') ? SAYING
                    : SAYING + " (an IPv6 address stands in brackets)");
        }
        var six = form.group("six");
        if (six != null && !six(six)) {
            throw new IllegalArgumentException(SAYING + " (an IPv6 address stands in brackets)");
        }
        var port = form.group("port");
        if (port != null && Integer.parseInt(port) == 0) {
            throw new IllegalArgumentException(SAYING + " (ports go from 1 to " + LAST_PORT + ")");
        }
        return new Host(form.group("user"), six != null ? six : WebAddress.ascii(form.group("name")),
                port == null ? 0 : Integer.parseInt(port));
    }

    private static boolean six(String address) {
        return SIX.matcher(address).matches() && Network.six(address.replaceFirst("%.*", ""));
    }

    /** The address, with the port where one is given, since two ports may be two machines. */
    @Override
    public String name() {
        var bracketed = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return port == 0 ? address : bracketed + ":" + port;
    }
}
