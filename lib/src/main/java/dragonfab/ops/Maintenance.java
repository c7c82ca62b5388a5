package dragonfab.ops;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.WebServer;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The maintenance mode of one site: a flag on the target, which its web server looks for at each request.
 *
 * @param host the name that visitors use, or empty
 */
public record Maintenance(Site site, WebServer server, String host, MaintenanceRules rules, MaintenancePage page) {

    public static Maintenance of(Environment environment) {
        var server = environment.get(Key.WEB_SERVER);
        if (server == WebServer.NONE) {
            throw Failure.usage("environments.yml", environment.name() + ": web_server is none, and it is the web"
                    + " server that shows the maintenance page").remedy("set web_server to nginx or apache");
        }
        var site = new Site(environment.require(Key.PACKAGE_NAME, "web-mode"));
        var host = environment.find(Key.SITE_NAME).map(name -> name.replaceFirst(":[0-9]+$", "")).orElse("");
        return new Maintenance(site, server, host, MaintenanceRules.of(site, server, environment),
                MaintenancePage.of(environment));
    }

    public String serverName() {
        return server.name().toLowerCase(Locale.ROOT);
    }

    public Command facts() {
        return command("facts", host).asking();
    }

    /** Puts the rules there and reloads the web server once; what was there comes back when it refuses them. */
    public Command putRules() {
        return command("rules", rules.mark(), size(rules.rules()), size(rules.access()))
                .reading(Input.of(rules.rules(), rules.access()));
    }

    /** Prints "changed" when it was open or said something else. */
    public Command close(MaintenanceNotice notice) {
        var html = page.html(notice.message());
        var json = page.json(notice.message());
        return command("close", notice.line(), size(html), size(json)).reading(Input.of(html, json));
    }

    public Command open() {
        return command("open");
    }

    private Command command(String verb, Object... more) {
        return Snippet.of("maintenance-" + verb, site.name(), serverName()).with(more).asRoot();
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether the running web server has exactly these rules. */
    public boolean installed(MaintenanceFacts facts) {
        return facts.rules().equals(rules.mark()) && facts.loaded().equals(rules.mark());
    }

    /** Whether visitors read what this notice says. */
    public boolean says(MaintenanceFacts facts, MaintenanceNotice notice) {
        return facts.page().equals(Checksum.of(page.html(notice.message()) + page.json(notice.message())));
    }

    /** What the site's block has to hold. */
    public String line() {
        return server == WebServer.APACHE ? "IncludeOptional /etc/apache2/dragonfab/" + site.name() + "/*.conf"
                : "include /etc/nginx/dragonfab/" + site.name() + "/*.conf;";
    }

    /** What the web server calls the block of a site. */
    public String block() {
        return server == WebServer.APACHE ? "virtual host" : "server block";
    }
}
