package dragonfab.release.site;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.deb.DebPackage;
import dragonfab.recipe.Run;
import dragonfab.shell.Secret;
import dragonfab.state.TargetState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where a site's database is, and what it is asked before it is migrated. */
public final class SiteDatabase {
    private static final String URL = "DATABASE_URL";

    private SiteDatabase() {
    }

    /** Whether a host has one of its own, as long as no key says where another is. */
    static boolean isOnHost(Environment environment) {
        return !environment.has(Key.DB_HOST) && !environment.has(Key.DB_SERVICE)
                && !environment.find(Key.APP_ENV).orElse(Map.of()).containsKey(URL);
    }

    /** The variables of a release: those of app_env, and where db_host says so the address of its database. */
    static Map<String, String> variables(Environment environment) {
        var variables = new TreeMap<>(environment.find(Key.APP_ENV).orElse(Map.of()));
        url(environment).ifPresent(url -> variables.putIfAbsent(URL, url));
        return variables;
    }

    private static Optional<String> url(Environment environment) {
        if (!environment.has(Key.DB_HOST)) {
            return Optional.empty();
        }
        var host = environment.get(Key.DB_HOST);
        var socket = host.startsWith("/");
        var options = new ArrayList<String>();
        if (socket) {
            options.add("host=" + encoded(host));
        }
        environment.find(Key.DB_SSLMODE).ifPresent(mode -> options.add("sslmode=" + encoded(mode)));
        environment.find(Key.DB_SSLROOTCERT).ifPresent(file -> options.add("sslrootcert=" + encoded(file)));
        return Optional.of("postgresql://" + environment.find(Key.DB_USER).map(SiteDatabase::encoded).orElse("")
                + environment.find(Key.DB_PASSWORD).map(Secret::reveal).map(word -> ":" + encoded(word)).orElse("")
                + "@"
                + (socket ? "" : host.contains(":") ? "[" + host + "]" : host)
                + environment.find(Key.DB_PORT).map(port -> ":" + port).orElse("") + "/"
                + encoded(environment.require(Key.DB_NAME, "site-deploy"))
                + (options.isEmpty() ? "" : "?" + String.join("&", options)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whether it has no table yet; never where the application has no migrations. It could not be asked: a failure. */
    public static boolean isEmpty(Run run, DebPackage site) {
        var environment = run.environment();
        if (!environment.require(Key.APP, "site-deploy").isDjango() && !environment.has(Key.DB_MIGRATE)) {
            return false;
        }
        var commands = new SiteCommands(new TargetState(environment.application("site-deploy")));
        return run.database().read(commands.tables(site.version().text())).strip().equals("empty");
    }
}
