package dragonfab.deploy;

import dragonfab.deb.SmallDeb;
import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Four scripted hosts with release 1.0 of a package, and release 1.1 of it here; some may fail to take it. */
public final class FourHosts {
    static final List<String> NAMES = List.of("a.test", "b.test", "c.test", "d.test");
    public static final String INSTALL = "[root] step /var/lib/dragonfab/app ID 'install app 1.1'"
            + " 'package-install app 1.1 keep false /var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb'";
    static final String BACK = "[root] step /var/lib/dragonfab/app ID 'go back to app 1.0'"
            + " 'sh /var/lib/dragonfab/app/rollback/go /var/lib/dragonfab/app' rollback";
    static final String READY =
            "[root] package-ready coming false /var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb";
    static final String VERSION = "package-running app";

    final ScriptedConnector world = new ScriptedConnector();
    /** What runs there, where it is not 1.0; empty where nothing does. */
    final Map<String, String> before = new HashMap<>();
    /** More of what they say of themselves. */
    final Map<String, String> journals = new HashMap<>();
    final Set<String> failing = new HashSet<>();
    /** The hosts as the file has them. */
    String list = "[a.test, b.test, c.test, d.test]";
    private final Path packages;

    FourHosts(Path packages) throws IOException {
        this.packages = packages;
        SmallDeb.write(packages.resolve("app_1.1_all.deb"), "a package");
    }

    Launch deploy(String keys, String... options) {
        return run("deb-deploy", keys, options);
    }

    Launch run(String script, String keys, String... options) {
        NAMES.forEach(this::prepare);
        var words = new ArrayList<>(List.of("staging"));
        words.addAll(List.of(options));
        return Launch.of("""
                environments:
                  staging: {hosts: %s, package_name: app, package_dir: %s, %s}
                """.formatted(list, packages, keys), script, world, words.toArray(String[]::new));
    }

    /** One release could be had back; the new one can be installed unless it is to fail. */
    private void prepare(String host) {
        var version = before.getOrDefault(host, "1.0");
        var file = file(version);
        world.at(host).answering("[root] package-facts app", "architecture amd64\n" + (version.isEmpty() ? ""
                : "running " + version + "\nkept sum " + file + "\n"
                        + entry("1", "2026-01-01", version, "sum", "deployed"))
                + journals.getOrDefault(host, ""))
                .answering("[root] package-ready kept false /var/lib/dragonfab/app/packages/" + file, "")
                .answering(READY, "")
                .answering("[root] package-services app failing", "")
                .answering(VERSION, failing.contains(host) ? version : "1.1");
        if (failing.contains(host)) {
            world.at(host).answering(INSTALL, 100, "", "E: no\n");
        }
    }

    private static String file(String version) {
        return "app_" + version + "_all.deb";
    }

    /** A deploy as the journal has it. */
    static String entry(String id, String day, String version, String checksum, String outcome) {
        return ("journal {'event':'intent','id':'%1$s','at':'%2$sT00:00:00Z','action':'deploy','version':'%3$s',"
                + "'commit':'','files':['%4$s'],'checksums':['%5$s'],'by':'me'}\n"
                + "journal {'event':'outcome','id':'%1$s','outcome':'%6$s'}\n")
                .formatted(id, day, version, file(version), checksum, outcome).replace('\'', '"');
    }

    String changes(String host) {
        return world.at(host).changes();
    }

    boolean confirmed(String host) {
        return changes(host).contains("rollback-confirm");
    }

    boolean wentBack(String host) {
        return changes(host).contains(BACK);
    }

    boolean touched(String host) {
        return changes(host).contains("rollback");
    }

    /** Who is told to change and found well, in this order. */
    static List<String> course(Launch launch) {
        return launch.out().lines().map(line -> line.replaceFirst("^\\S+ +", ""))
                .filter(line -> line.matches(
                        "\\S+: (batch |install app|see that the services|before_host|after_host).*"))
                .map(line -> line.replaceFirst("^(\\S+): install app 1.1$", "install $1")
                        .replaceFirst("^(\\S+): see that.*", "well $1"))
                .toList();
    }
}
