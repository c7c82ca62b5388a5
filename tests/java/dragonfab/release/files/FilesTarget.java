package dragonfab.release.files;

import dragonfab.files.Checksum;
import dragonfab.recipe.Launch;
import dragonfab.recipe.Script;
import dragonfab.shell.ScriptedShell;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One scripted host with releases 0.9 and 1.0 in its two directories, and release 1.1 here. */
final class FilesTarget {
    static final String OLD = "0".repeat(64);
    static final String NOW = "1".repeat(64);
    static final String FACTS = "[root] files-facts app";
    static final String UNITS = "[root] files-services app";

    final ScriptedConnector world = new ScriptedConnector();
    final Path folder;
    final String coming;
    /** More keys of the environment, each behind a comma. */
    String keys = "";

    FilesTarget(Path folder) throws IOException {
        this.folder = folder;
        this.coming = Checksum.of(Files.writeString(folder.resolve("app_1.1.tar"), "a release"));
    }

    ScriptedShell at() {
        return world.at("app.test");
    }

    /** The link is at a, and 0.9 was there before. */
    FilesTarget asUsual() {
        return saying(kept("a", NOW, "1.0") + kept("b", OLD, "0.9") + "running 1.0\ncurrent a\n"
                + entry("1", "deploy", "0.9", OLD, "done") + entry("2", "deploy", "1.0", NOW, "done"));
    }

    FilesTarget saying(String facts) {
        at().answering(FACTS, facts).answering(UNITS, "");
        return this;
    }

    /** What is asked once a release runs. */
    FilesTarget thenRunning(String version) {
        at().answering("files-running app", version);
        return this;
    }

    static String kept(String folder, String sum, String version) {
        return "kept " + sum + " " + artifact(version, sum) + "\nfolder " + folder + " " + sum + "\n";
    }

    static String artifact(String version, String sum) {
        return "app_" + version + ".tar-" + sum.substring(0, 12);
    }

    static String entry(String id, String action, String version, String sum, String outcome) {
        return ("journal {'event':'intent','id':'%1$s','at':'2026-01-0%1$sT00:00:00Z','action':'%2$s','version':'%3$s',"
                + "'commit':'','files':['%4$s'],'checksums':['%5$s'],'by':'me'}\n"
                + "journal {'event':'outcome','id':'%1$s','outcome':'%6$s'}\n")
                .formatted(id, action, version, artifact(version, sum), sum, outcome).replace('\'', '"');
    }

    Launch run(String script, String... words) {
        var all = new ArrayList<>(List.of("staging"));
        all.addAll(List.of(words));
        return Launch.of(environments(), script, world, all.toArray(String[]::new));
    }

    Launch run(Script script) {
        return Launch.of(environments(), script, world, "staging");
    }

    private String environments() {
        return """
                environments:
                  staging: {hosts: app.test, kind: files, app_name: app, package_dir: %s%s}
                """.formatted(folder, keys);
    }

    /** What was done to it, without what is another each time. */
    String changes() {
        return at().changes().replace(coming, "SUM").replace(coming.substring(0, 12), "SHORT").replace(NOW, "NOW")
                .replaceAll("'\\{\"event\":\"(\\w+)\",\"id\":\"[^\"]*\","
                        + ".*?(\"(version|state|outcome)\":\"[^\"]*\").*?\\}'", "$1 $2");
    }
}
