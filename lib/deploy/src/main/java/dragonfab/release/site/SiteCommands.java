package dragonfab.release.site;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.PythonApp;
import dragonfab.config.SiteName;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import dragonfab.shell.ShellScript;
import dragonfab.state.Artifact;
import dragonfab.state.ReleaseId;
import dragonfab.state.TargetState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a target runs where its releases are sites: packages side by side, and a link to one of them. */
record SiteCommands(TargetState state) {
    private static final String SCRIPTS = "release/site/host/";

    private String name() {
        return state.name();
    }

    SiteName site() {
        return SiteName.of(name());
    }

    Command facts() {
        return state.facts(SCRIPTS + "facts.pl");
    }

    /** Prints the release that serves, where it is whole. */
    Command running() {
        return ShellScript.of(SCRIPTS + "running", name()).asking();
    }

    /** Prints the units that do not run; without names, those of the release that serves. */
    Command failing(List<String> units) {
        return ShellScript.of(SCRIPTS + "services", name()).with(units.toArray()).asRoot().asking();
    }

    Command logs(int lines, boolean follow, List<String> units) {
        return ShellScript.of(SCRIPTS + "logs", name(), lines, follow ? "follow" : "all").with(units.toArray()).asRoot()
                .asking();
    }

    Command drift() {
        return ShellScript.of(SCRIPTS + "drift", name()).asRoot().asking();
    }

    /** Where a package lies for the time of its installation. */
    String incoming(Artifact artifact) {
        return state.folder() + "/incoming/" + artifact.name();
    }

    /** Installs a release beside the one that serves. @param sent those of its files that came; they are gone then */
    Command install(ReleaseId release, Environment environment, List<Artifact> sent) {
        var command = ShellScript.after("release/lists", SCRIPTS + "install", name(), release.version(),
                environment.get(Key.INSTALL_RECOMMENDS) ? "" : "--no-install-recommends");
        for (var artifact : release.artifacts()) {
            command =
                    command.with(artifact.sha256(), artifact.name(), sent.contains(artifact) ? incoming(artifact) : "");
        }
        return command.asRoot();
    }

    /** Gives a release its variables, behind the mark by which they are known again. */
    Command variables(String version, Map<String, String> variables, String mark) {
        var lines = new ArrayList<Object>();
        lines.add(Secret.of(mark + "\n"));
        variables.forEach((variable, value) -> {
            lines.add(variable + "=");
            lines.add(Secret.of(quoted(value)));
            lines.add("\n");
        });
        return ShellScript.of(SCRIPTS + "app_env", name(), version).reading(Input.of(lines.toArray())).asRoot();
    }

    /** For systemd and a shell alike: outside of quotes they read a backslash differently. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\"'\"'") + "'";
    }

    /** Loads a release as its user, before it serves anybody. */
    Command preflight(String version, PythonApp app) {
        return ShellScript.of(SCRIPTS + "preflight", name(), version,
                app.by().name().toLowerCase(Locale.ROOT) + (app.isDjango() ? "" : ":" + app.object())).asRoot();
    }

    /** Prints "empty" where the database of a release has no table. */
    Command tables(String version) {
        return ShellScript.of(SCRIPTS + "tables", name(), version).asRoot().asking();
    }

    /** Makes a release serve, that is here. @param first whether this target runs what only one does */
    Command activate(String version, Environment environment, boolean first) {
        var path =
                environment.find(Key.HEALTH).map(check -> check.url()).filter(url -> url.startsWith("/")).orElse("/");
        return ShellScript.of(SCRIPTS + "switch", name(), version, path, environment.get(Key.HEALTH_TIMEOUT),
                environment.find(Key.SITE_NAME).orElse("localhost"), first ? "once" : "others").asRoot();
    }

    /** Restarts the release that serves, with other variables. */
    Command restart() {
        return ShellScript.of(SCRIPTS + "restart", name()).asRoot();
    }

    Command repair() {
        return ShellScript.of(SCRIPTS + "repair", name()).asRoot();
    }

    /** Takes away the first release of all. */
    Command remove() {
        return ShellScript.of(SCRIPTS + "remove", name()).asRoot();
    }

    /** Removes what nobody goes back to, but for the releases of these packages. */
    Command prune(List<Artifact> keep) {
        return ShellScript.of(SCRIPTS + "prune", name()).with(keep.stream().map(Artifact::sha256).toArray()).asRoot();
    }
}
