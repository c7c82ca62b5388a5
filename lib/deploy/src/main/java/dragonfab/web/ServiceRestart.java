package dragonfab.web;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.WebServer;
import dragonfab.shell.Command;
import dragonfab.shell.ShellScript;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The units that make up a running site, to be started anew.
 *
 * @param units  empty for the services that the package or the site brings
 * @param server reloaded afterwards; none when the units were all named
 */
public record ServiceRestart(String name, List<String> units, WebServer server) {

    public ServiceRestart {
        units = List.copyOf(units);
    }

    public static ServiceRestart of(Environment environment) {
        var name = environment.application("web-restart");
        return environment.find(Key.WEB_RESTART).map(units -> new ServiceRestart(name, units, WebServer.NONE))
                .orElseGet(() -> new ServiceRestart(name, services(environment), environment.get(Key.WEB_SERVER)));
    }

    /** Of these two kinds the target itself knows which units a release brings. */
    private static List<String> services(Environment environment) {
        return environment.isPackaged() || environment.isSite() ? environment.find(Key.SERVICES).orElse(List.of())
                : environment.require(Key.SERVICES, "web-restart");
    }

    public Command command() {
        return ShellScript
                .after(List.of("web/caddy", "web/server", "web/restart-scripts"), "web/restart", name,
                        server.name().toLowerCase(Locale.ROOT))
                .with(units.toArray())
                .asRoot();
    }

    public String title() {
        return "restart " + (units.isEmpty() ? "the services of " + name : String.join(", ", units));
    }

    /** The one of these last words of it that says that there is nothing to start anew; then nothing was. */
    public static Optional<String> nothing(List<String> said) {
        return said.stream().filter(line -> line.startsWith("nothing of ")).findFirst();
    }

    /** Whether these last words of it say that something which ran before does not run now. */
    public static boolean leftDown(List<String> said) {
        return said.stream().anyMatch(line -> line.startsWith("down "));
    }
}
