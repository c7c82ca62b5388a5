package dragonfab.web;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.WebServer;
import dragonfab.files.Checksum;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.ShellScript;
import dragonfab.state.TargetState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The maintenance mode of one site: a flag on the target, which its web server looks for at each request.
 *
 * @param host      the name that visitors use, or empty
 * @param staysOpen the names or files of blocks that are not closed
 * @param pages     the page, which may have to be fetched first
 */
public record Maintenance(TargetState state, WebServer server, String host, List<String> staysOpen,
        MaintenanceRules rules, Supplier<MaintenancePage> pages) {

    public static Maintenance of(Environment environment) {
        var server = environment.get(Key.WEB_SERVER);
        if (server == WebServer.NONE) {
            throw Failure.usage("environments.yml", environment.name() + ": web_server is none, and it is the"
                    + " web server that shows the maintenance page")
                    .remedy("set web_server to nginx, apache or caddy, or give it a web_hook that closes the site");
        }
        var state = new TargetState(environment.application("web-mode"));
        var host = environment.find(Key.SITE_NAME).orElse("").replaceFirst(":[0-9]+$", "");
        if (environment.elsewhere(Key.MAINTENANCE_PAGE).isEmpty()) {
            // One that cannot be read is told before anything is asked.
            MaintenancePage.of(environment);
        }
        return new Maintenance(state, server, host, environment.find(Key.MAINTENANCE_OPEN).orElse(List.of()),
                MaintenanceRules.of(state, server, environment), () -> MaintenancePage.of(environment));
    }

    public MaintenancePage page() {
        return pages.get();
    }

    public String serverName() {
        return server.name().toLowerCase(Locale.ROOT);
    }

    public Command facts() {
        return command(Map.of("sites", ShellScript.joined(List.of("web/maintenance/" + serverName() + ".pl",
                "web/maintenance/sites.pl"))), "facts", host).asking();
    }

    /** Puts the rules there and reloads the web server; what was there comes back when it refuses them. */
    public Command putRules(MaintenanceFacts facts) {
        return command("rules", rules.mark(), size(rules.rules()), size(rules.access()))
                .with(facts.access().filter(path -> path.startsWith("/")).stream().toArray())
                .reading(Input.of(rules.rules(), rules.access()));
    }

    /** Prints "changed" when the site was open or said something else. */
    public Command close(MaintenanceNotice notice) {
        var page = page();
        var html = page.html(notice.message());
        var json = page.json(notice.message());
        return command("close", notice.line(), size(html), size(json)).reading(Input.of(html, json));
    }

    public Command open() {
        return command("open");
    }

    private Command command(String verb, Object... more) {
        return command(Map.of(), verb, more);
    }

    private Command command(Map<String, String> texts, String verb, Object... more) {
        return ShellScript
                .printing(texts, List.of("state/tighten", "web/caddy", "web/server", "state/maintenance/switch"),
                        "web/maintenance/" + verb, state.name(), serverName())
                .with(more).asRoot();
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether the running web server has exactly these rules. */
    public boolean installed(MaintenanceFacts facts) {
        return facts.rules().equals(rules.mark()) && facts.loaded().equals(rules.mark())
                && !facts.stale();
    }

    /** Whether the page says what this notice says. */
    public boolean says(MaintenanceFacts facts, MaintenanceNotice notice) {
        var page = page();
        return facts.page().equals(Checksum.of(page.html(notice.message()) + page.json(notice.message())));
    }

    /** Why the site cannot be closed there. */
    public Optional<Failure> refusal(String place, MaintenanceFacts facts) {
        if (facts.nothingThere(host)) {
            return Optional.empty();
        }
        if (!facts.server()) {
            return Optional.of(Failure.refused(place, serverName() + " is not installed there")
                    .remedy("set web_server to the one that is, or to none"));
        }
        if (!facts.broken().isEmpty()) {
            // What runs can be switched although the files beside it would not be loaded again.
            return installed(facts) ? Optional.empty()
                    : Optional.of(Failure.refused(place, serverName() + " refuses its configuration as it is")
                            .listing(facts.broken())
                            .remedy("mend what " + serverName() + " names, then the same command again"));
        }
        var main = facts.access().filter(path -> path.startsWith("none "));
        if (main.isPresent()) {
            return Optional.of(Failure.refused(place,
                    "nginx reads no folder in its http block, and the addresses that pass"
                            + " belong there")
                    .remedy("put this line into the http block of " + main.get().substring(5)
                            + ": include /etc/nginx/conf.d/dragonfab-*.conf;"));
        }
        var open = facts.open(staysOpen);
        return !open.isEmpty() ? Optional.of(stayingOpen(place, open))
                : facts.included() ? Optional.empty() : Optional.of(notIncluded(place, facts));
    }

    private Failure stayingOpen(String place, List<MaintenanceFacts.Served> open) {
        return Failure.refused(place, serverName() + " would still let visitors through to the application")
                .listing(open.stream().map(site -> site.shown() + " " + site.fault()).toList())
                .remedy("put this line first into each " + block() + " of these: " + line()
                        + " (or name those that are to stay open in maintenance_open)");
    }

    private Failure notIncluded(String place, MaintenanceFacts facts) {
        var files = facts.candidates(host);
        return Failure.refused(place, "no " + block() + " of " + serverName() + " includes the rules of"
                + " maintenance").remedy("put this line first into the site's " + block()
                        + (files.isEmpty() ? "" : " (" + String.join(", ", files) + ")") + ": " + line());
    }

    /** What the site's block has to hold. */
    public String line() {
        return switch (server) {
            case APACHE -> "IncludeOptional /etc/apache2/dragonfab/" + state.name() + "/*.conf";
            case CADDY -> "import /etc/caddy/dragonfab/" + state.name() + "/*.conf";
            default -> "include /etc/nginx/dragonfab/" + state.name() + "/*.conf;";
        };
    }

    /** What the web server calls the block of a site. */
    public String block() {
        return switch (server) {
            case APACHE -> "virtual host";
            case CADDY -> "site block";
            default -> "server block";
        };
    }
}
