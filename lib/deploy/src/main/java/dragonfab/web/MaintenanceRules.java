package dragonfab.web;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.WebServer;
import dragonfab.files.Checksum;
import dragonfab.shell.ResourceText;
import dragonfab.state.TargetState;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The configuration with which a web server closes a site while its flag is there.
 *
 * <p>It depends on the environment only, so that a switch leaves it, and the running server, alone.
 *
 * @param rules  what the site's own block includes
 * @param access who passes; empty where the rules say that too
 */
public record MaintenanceRules(String rules, String access) {
    /** nginx refuses names of variables that its hash has no room for. */
    private static final int LONGEST_NAME = 24;
    private static final Pattern LOOPBACK = Pattern.compile("127\\..*|::1(/128)?");

    static MaintenanceRules of(TargetState state, WebServer server, Environment environment) {
        // This machine passes anyway, and may also be where a proxy brings all visitors from.
        var allow = environment.find(Key.MAINTENANCE_ALLOW).orElse(List.of()).stream()
                .filter(address -> !LOOPBACK.matcher(address).matches()).distinct().toList();
        Function<String, String> filled = file -> ResourceText.of(file)
                .replace("@ID@", id(state.name())).replace("@NAME@", state.name())
                .replace("@STATE@", state.folder())
                .replace("@PATTERN@", state.name().replace(".", "\\.").replace("+", "\\+"))
                .replace("@RETRY@", String.valueOf(environment.get(Key.MAINTENANCE_RETRY_AFTER)))
                .replace("@ALLOW@", joined(allow, passing(server)));
        return switch (server) {
            case APACHE -> new MaintenanceRules(filled.apply("web/maintenance/apache.conf"), "");
            case CADDY -> new MaintenanceRules(filled.apply("web/maintenance/caddy.conf"), "");
            default -> new MaintenanceRules(filled.apply("web/maintenance/nginx.conf"),
                    filled.apply("web/maintenance/nginx-access.conf"));
        };
    }

    private static String passing(WebServer server) {
        return switch (server) {
            case APACHE -> " && !(-R '%s')";
            case CADDY -> "\tnot remote_ip %s\n";
            default -> "    %s allowed;\n";
        };
    }

    private static String joined(List<String> addresses, String each) {
        return addresses.stream().map(each::formatted).collect(Collectors.joining());
    }

    /** The package's name as a part of a variable's; two packages never share one. */
    static String id(String name) {
        var id = name.replace("-", "__").replace(".", "_2e").replace("+", "_2b");
        return id.length() <= LONGEST_NAME ? id : "h" + Checksum.of(name).substring(0, 16);
    }

    String mark() {
        return Checksum.of(rules + access);
    }
}
