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
    private static final String NAMES = SCRIPTS + "names";
    private static final String DEFAULT_SITE = "scaffold/default-site";

    /** For a person too, who has the package alone. */
    static String switching() {
        return ShellScript.joined(List.of(NAMES, DEFAULT_SITE, SCRIPTS + "switch"));
    }

    private Command script(String which, Object... arguments) {
        return ShellScript.after(NAMES, SCRIPTS + which, name()).with(arguments);
    }

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
        return script("running").asking();
    }

    /** Prints the units that do not run; without names, those of the release that serves. */
    Command failing(List<String> units) {
        return script("services").with(units.toArray()).asRoot().asking();
    }

    Command logs(int lines, boolean follow, List<String> units) {
        return script("logs", lines, follow ? "follow" : "all").with(units.toArray()).asRoot()
                .asking();
    }

    Command drift() {
        return script("drift").asRoot().asking();
    }

    /** Where a package lies for the time of its installation. */
    String incoming(Artifact artifact) {
        return state.folder() + "/incoming/" + artifact.name();
    }

    /** Installs a release beside the one that serves. @param sent those of its files that came; they are gone then */
    Command install(ReleaseId release, Environment environment, List<Artifact> sent) {
        var command = ShellScript.after(List.of(NAMES, "release/lists"), SCRIPTS + "install", name(), release.version(),
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
        lines.add(Secret.of("# " + mark + "\n"));
        variables.forEach((variable, value) -> {
            lines.add(variable + "=");
            lines.add(Secret.of(quoted(value)));
            lines.add("\n");
        });
        return script("app_env", version).reading(Input.of(lines.toArray())).asRoot();
    }

    /** Gives a release the variables that it had before this deploy, if it has others now. */
    Command variablesBefore(String version) {
        return script("app_env_back", version).asRoot();
    }

    /** The variables that releases have now stay. */
    Command keepVariables() {
        return script("app_env_keep").asRoot();
    }

    /** For systemd and a shell alike: outside of quotes they read a backslash differently. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\"'\"'") + "'";
    }

    /** Loads a release as its user, before it serves anybody. */
    Command preflight(String version, PythonApp app) {
        return script("preflight", version,
                app.by().name().toLowerCase(Locale.ROOT) + (app.isDjango() ? "" : ":" + app.object())).asRoot();
    }

    /** Prints "empty" where the database of a release has no table. */
    Command tables(String version) {
        return script("tables", version).asRoot().asking();
    }

    /** Makes a release serve, that is here. @param first whether this target runs what only one does */
    Command activate(String version, Environment environment, boolean first) {
        var path =
                environment.find(Key.HEALTH).map(check -> check.url()).filter(url -> url.startsWith("/")).orElse("/");
        return ShellScript.after(List.of(NAMES, DEFAULT_SITE), SCRIPTS + "switch", name(), version, path,
                environment.get(Key.HEALTH_TIMEOUT),
                environment.find(Key.SITE_NAME).orElse("localhost"), first ? "once" : "others").asRoot();
    }

    /** Restarts the release that serves, with other variables. */
    Command restart() {
        return script("restart").asRoot();
    }

    Command repair() {
        return script("repair").asRoot();
    }

    /** Takes away the first release of all. */
    Command remove() {
        return script("remove").asRoot();
    }

    /** Removes what nobody goes back to, but for the releases of these packages. */
    Command prune(List<Artifact> keep) {
        return script("prune").with(keep.stream().map(Artifact::sha256).toArray()).asRoot();
    }
}
