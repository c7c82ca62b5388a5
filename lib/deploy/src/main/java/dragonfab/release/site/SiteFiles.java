package dragonfab.release.site;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.PythonApp;
import dragonfab.config.SiteName;
import dragonfab.config.WebServer;
import dragonfab.config.Worker;
import dragonfab.report.Failure;
import dragonfab.shell.ResourceText;
import dragonfab.shell.ShellScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files that a site is made of, besides what Django collects: units, nginx's part, and what starts it.
 *
 * @param site     its name
 * @param env      the hash of its Python environment
 * @param src      the hash of its sources
 * @param settings Django's settings module; empty for what is no Django project
 * @param folder   of the project, below which manage.py or the module lies; "" for the project's own
 * @param roots    folders of the sources that Python finds modules in, relative to them
 * @param database whether the host has a database for it
 */
record SiteFiles(SiteName site, Environment environment, String env, String src, Optional<String> settings,
        String folder, List<String> roots, boolean database, String commit) {
    private static final String TEMPLATES = "release/site/package/";
    private static final Pattern MARK = Pattern.compile("@([A-Za-z]+)@");
    private static final Pattern INCLUDE = Pattern.compile("(?m)^@include (\\S+)@\\n");
    private static final String UNIT_MODE = "0644";
    private static final String PROGRAM_MODE = "0755";

    SiteFiles {
        roots = List.copyOf(roots);
        if (database && environment.targets().size() > 1) {
            throw Failure.usage("environments.yml", environment.name() + ": each of its " + environment.targets().size()
                    + " hosts would have a database of its own, and visitors would see now this one and now that")
                    .remedy("db_host: HOST in environments.yml, with db_name, db_user and db_password; or DATABASE_URL in"
                            + " app_env");
        }
    }

    /** A file, or a link to what its content names. @param mode as chmod has it, or "link" */
    record File(String mode, String path, String content) {

        /** As the build reads it. */
        String line() {
            return mode + " " + path + " "
                    + Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)) + "\n";
        }
    }

    /** Those of one version; what lies below release/ is where the release lies, all else where the package does. */
    List<File> of(String version) {
        var files = new ArrayList<File>();
        files.add(new File(UNIT_MODE, "release/release", filled("release", version, Map.of())));
        files.add(new File("link", "release/env", "/usr/lib/" + site.software() + "-env/" + env));
        files.add(new File("link", "release/src", "/usr/lib/" + site.software() + "-src/" + src));
        files.add(new File("link", "release/web.sock", "/run/" + site.user() + "-" + version + ".sock"));
        files.add(new File(PROGRAM_MODE, "release/bin/run", filled("run.sh", version, Map.of())));
        files.add(new File(PROGRAM_MODE, "release/bin/manage", filled("manage.sh", version, Map.of())));
        files.add(new File(UNIT_MODE, "release/bin/preflight", filled("preflight.py", version, Map.of())));
        files.add(new File(UNIT_MODE, "release/bin/tables", filled("tables.py", version, Map.of())));
        if (settings.isPresent()) {
            files.add(new File(UNIT_MODE, "release/python/deployed_settings.py",
                    filled("settings.py", version, Map.of())));
            files.add(new File(UNIT_MODE, "release/python/deployed_wsgi.py",
                    filled("deployed_wsgi.py", version, Map.of())));
        }
        var web = site.user() + "@" + version;
        files.add(new File(UNIT_MODE, "release/units/" + web + ".socket", filled("web.socket", version, Map.of())));
        files.add(new File(UNIT_MODE, "release/units/" + web + ".service",
                unit("web.service", version, Map.of("COMMAND", web(version)))));
        environment.find(Key.WORKERS).orElse(Map.of()).forEach((name, worker) -> files.addAll(
                workers(name, worker, version)));
        files.add(new File(UNIT_MODE, "release/once", once(version)));
        if (hasNginx()) {
            files.add(new File(UNIT_MODE, "release/nginx.conf", filled("nginx", version, Map.of())));
        }
        for (var script : List.of("postinst", "prerm", "postrm")) {
            files.add(new File(PROGRAM_MODE, "DEBIAN/" + script, filled(script, version, Map.of())));
        }
        files.add(new File(UNIT_MODE, "DEBIAN/control", filled("control", version, Map.of())));
        files.add(new File(UNIT_MODE, site.folder().substring(1) + "/switch",
                SiteCommands.switching()));
        return files;
    }

    /** The units that only one host runs. */
    private String once(String version) {
        return environment.find(Key.WORKERS).orElse(Map.of()).entrySet().stream().filter(each -> each.getValue().once())
                .map(each -> site.user() + "-" + each.getKey() + "@" + version + ".service\n")
                .collect(Collectors.joining());
    }

    private boolean hasNginx() {
        return environment.get(Key.WEB_SERVER) == WebServer.NGINX;
    }

    private List<File> workers(String name, Worker worker, String version) {
        var units = new ArrayList<File>();
        for (int i = 1; i <= worker.count(); i++) {
            var unit = site.user() + "-" + name + (worker.count() > 1 ? "-" + i : "") + "@" + version + ".service";
            units.add(new File(UNIT_MODE, "release/units/" + unit, unit("worker.service", version,
                    Map.of("WORKER", name, "COMMAND", escaped(version, worker.command())))));
        }
        return units;
    }

    /** systemd fills in what stands behind a percent sign, and a shell what stands behind a dollar. */
    private String escaped(String version, String command) {
        return site.release(version) + "/bin/run " + command.replace("%", "%%").replace("$", "$$");
    }

    private String web(String version) {
        var python = site.release(version) + "/env/bin/python -m ";
        var workers = " --workers " + environment.get(Key.WEB_WORKERS);
        var app = app();
        return app.by() == PythonApp.Interface.ASGI
                ? python + "uvicorn --fd 3 --proxy-headers --forwarded-allow-ips *" + workers + " " + app.object()
                : python + "gunicorn" + workers + " --timeout 30 --graceful-timeout 20 "
                        + (app.isDjango() ? "deployed_wsgi:application" : app.object());
    }

    private PythonApp app() {
        return environment.require(Key.APP, "site-build");
    }

    /** With what all processes of the site have in common, in front of where it is installed. */
    private String unit(String template, String version, Map<String, String> more) {
        return filled(template, version, more).replace("\n[Install]", filled("process", version, Map.of())
                + ResourceText.of("scaffold/hardening") + ResourceText.of(TEMPLATES + "hardening") + "\n[Install]");
    }

    private String filled(String template, String version, Map<String, String> more) {
        var text =
                INCLUDE.matcher(ResourceText.of(TEMPLATES + template)).replaceAll(include -> Matcher.quoteReplacement(
                        ResourceText.of(TEMPLATES + include.group(1))));
        var values = values(version);
        values.putAll(more);
        return MARK.matcher(text).replaceAll(mark -> Matcher.quoteReplacement(
                values.getOrDefault(mark.group(1), mark.group())));
    }

    private Map<String, String> values(String version) {
        var values = new HashMap<String, String>();
        var release = site.release(version);
        values.put("at", "@");
        values.put("NAME", site.toString());
        values.put("WORD", site.user().replace('-', '_'));
        values.put("SOFTWARE", site.software());
        values.put("VARIANT", site.variant());
        values.put("USER", site.user());
        values.put("VERSION", version);
        values.put("COMMIT", commit.isEmpty() ? "none" : commit);
        values.put("ENV", env);
        values.put("SRC", src);
        values.put("FOLDER", site.folder());
        values.put("ETC", site.settings());
        values.put("DATA", site.data());
        values.put("STATE", site.software() + "-site/" + site.variant());
        values.put("RELEASE", release);
        values.put("BELOW", folder.isEmpty() ? "" : "/" + folder);
        values.put("PYTHONPATH", String.join(":", paths(release)));
        values.put("SETTINGS", settings.orElse(""));
        values.put("TYPE", app().by() == PythonApp.Interface.ASGI ? "exec" : "notify");
        values.put("DJANGO", settings.isPresent() ? "DJANGO_SETTINGS_MODULE=deployed_settings" : "");
        values.put("TOOL", settings.isPresent() ? " python manage.py" : "");
        var names = environment.find(Key.SITE_NAME).map(name -> name.replaceFirst(":[0-9]+$", ""));
        values.put("SERVER", names.orElse("_"));
        values.put("DEFAULT", names.isPresent() ? "" : " default_server");
        values.put("UPLOAD", environment.get(Key.UPLOAD_SIZE));
        values.put("DATABASE", database ? "local" : "none");
        values.put("DEPENDS", (hasNginx() ? ", nginx" : "") + (database ? ", postgresql" : ""));
        return values;
    }

    private List<String> paths(String release) {
        var paths = new ArrayList<String>();
        if (settings.isPresent()) {
            paths.add(release + "/python");
        }
        roots.forEach(root -> paths.add(release + "/src" + (root.isEmpty() ? "" : "/" + root)));
        return paths;
    }
}
