package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.deb.SmallDeb;
import dragonfab.files.Checksum;
import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One release for hosts of two architectures: each gets its file, and to all else it is one release. */
class ArchitecturesTest {
    static final Map<String, String> HOSTS = Map.of("a.test", "amd64", "b.test", "arm64");

    @TempDir
    Path packages;

    final ScriptedConnector world = new ScriptedConnector();
    /** What each says of itself, beside its architecture. */
    final Map<String, String> said = new HashMap<>();

    @BeforeEach
    void twoBuilds() throws IOException {
        for (var architecture : HOSTS.values()) {
            SmallDeb.write(packages.resolve("app_1.1_" + architecture + ".deb"), "for " + architecture);
        }
    }

    private String sum(String host) throws IOException {
        return Checksum.of(packages.resolve("app_1.1_" + HOSTS.get(host) + ".deb"));
    }

    private static String entry(String host, String id, String version, String sum, String outcome) {
        return FourHosts.entry(id, "2026-01-0" + id, version, sum, outcome).replace("_all.deb",
                "_" + HOSTS.get(host) + ".deb");
    }

    /** It was deployed there, and runs. */
    private void has(String host) throws IOException {
        said.put(host, "running 1.1\nkept " + sum(host) + " app_1.1_" + HOSTS.get(host) + ".deb\n"
                + entry(host, "2", "1.1", sum(host), "deployed"));
    }

    private Launch launch(String script, String... words) {
        HOSTS.forEach((host, architecture) -> world.at(host)
                .answering("[root] package-facts app",
                        "architecture " + architecture + "\n" + said.getOrDefault(host, "installed \n"))
                .answering("[root] package-ready coming false /var/lib/dragonfab/app/packages/app_1.1_" + architecture
                        + ".SUM.deb", "")
                .answering("[root] package-services app failing", "")
                .answering("package-running app", "1.1")
                .answering("[root] lock-facts /var/lib/dragonfab/app", "")
                .answering("[root] package-preview false app --", "code 0\n"));
        return Launch.of("""
                environments:
                  __all__:
                    package_name: app
                    package_dir: %s
                    repository_host: apt.test
                    repository_url: http://apt.test
                  staging: {hosts: [a.test, b.test]}
                  production: {hosts: [a.test, b.test]}
                """.formatted(packages), script, world, words);
    }

    private boolean installed(String host) {
        return world.at(host).changes().contains("'install app 1.1' 'package-install app 1.1 keep false"
                + " /var/lib/dragonfab/app/packages/app_1.1_" + HOSTS.get(host) + ".SUM.deb'");
    }

    @Test
    void eachHostGetsTheFileOfItsArchitecture() {
        var launch = launch("deb-deploy", "staging");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(installed("a.test") && installed("b.test"), world.changes());
        assertTrue(launch.out().contains("b.test: upload app_1.1_arm64.deb\n"), launch.out());
        assertFalse(launch.out().contains("b.test: upload app_1.1_amd64.deb\n"), launch.out());
    }

    @Test
    void whereThereIsNoneForAHostNothingChanges() throws IOException {
        Files.delete(packages.resolve("app_1.1_arm64.deb"));

        var launch = launch("deb-deploy", "staging");

        assertEquals(3, launch.exit(), launch.err());
        assertTrue(launch.err().contains("b.test: app 1.1 is for amd64, and this machine is arm64"), launch.err());
        assertFalse(installed("a.test"), world.changes());
    }

    @Test
    void whoeverHasItsOwnFileIsNotLeft() throws IOException {
        has("a.test");

        var launch = launch("deb-deploy", "staging", "--resume");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("staging: app 1.1 is left for b.test\n"), launch.out());
        assertTrue(installed("b.test") && !installed("a.test"), world.changes());
    }

    @Test
    void nothingIsLeftWhereBothHaveTheirs() throws IOException {
        has("a.test");
        has("b.test");

        var launch = launch("deb-deploy", "staging", "--resume");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("nothing is left: app 1.1 is on a.test, b.test\n"), launch.out());
    }

    @Test
    void theyGoBackToOneRelease() throws IOException {
        for (var host : HOSTS.keySet()) {
            has(host);
            var before = "app_1.0_" + HOSTS.get(host) + ".deb";
            said.merge(host, "kept sum" + HOSTS.get(host) + " " + before + "\n"
                    + entry(host, "1", "1.0", "sum" + HOSTS.get(host), "deployed"), (now, more) -> more + now);
            world.at(host).answering("[root] package-ready kept false /var/lib/dragonfab/app/packages/app_1.1_"
                    + HOSTS.get(host) + ".deb", "")
                    .answering("[root] package-ready kept false /var/lib/dragonfab/app/packages/" + before, "")
                    .answering("package-running app", "1.0");
        }

        var launch = launch("rollback", "staging", "--yes");

        assertFalse(launch.err().contains("different releases"), launch.err());
        assertEquals(0, launch.exit(), launch.out() + launch.err());
    }

    @Test
    void thePlanHasEachFileAndNoProblem() throws IOException {
        var launch = launch("deploy", "staging", "--plan", "--set", "deploy=[deb-deploy]");

        assertEquals(0, launch.exit(), launch.out() + launch.err());
        assertFalse(launch.out().contains("is for a"), launch.out());
    }

    @Test
    void allAreInTheRepositoryAndEachPullsItsOwn() throws IOException {
        for (var file : new String[] {"app_1.1_amd64.deb", "app_1.1_arm64.deb"}) {
            world.at("apt.test").answering("[root] repository-facts /srv/apt staging " + file,
                    "ready 1 http://apt.test\nkey a public key\n");
        }

        var publish = launch("deb-publish", "staging");

        assertEquals("""
                changed    apt.test: upload app_1.1_amd64.deb
                changed    apt.test: publish app 1.1 for amd64 in staging
                changed    apt.test: upload app_1.1_arm64.deb
                changed    apt.test: publish app 1.1 for arm64 in staging
                4 changed
                """, publish.out() + publish.err());
        repository("staging", published());
        HOSTS.keySet().forEach(host -> world.at(host).answering("[root] repository-trial app http://apt.test staging",
                "shared yes\n"));
        var deploy = launch("deb-deploy", "staging", "--set", "install_from=repository");
        assertEquals(0, deploy.exit(), deploy.out() + deploy.err());
        assertTrue(world.at("b.test").changes().contains("repository-pull app http://apt.test staging 7 app 1.1 "
                + sum("b.test") + " app_1.1_arm64.SUM.deb"), world.changes());
        assertTrue(installed("a.test") && installed("b.test"), world.changes());
    }

    @Test
    void whatBothRunIsPromotedForBoth() throws IOException {
        has("a.test");
        has("b.test");
        repository("staging", published());
        repository("production", "");

        var launch = launch("deb-publish", "production", "--from", "staging");

        assertEquals(0, launch.exit(), launch.out() + launch.err());
        assertEquals("$ [root] repository-publish /srv/apt production 5 staging '' " + sum("a.test")
                + " app_1.1_amd64.deb " + sum("b.test") + " app_1.1_arm64.deb\n", world.at("apt.test").changes());
    }

    private void repository(String suite, String more) {
        world.at("apt.test").answering("[root] repository-facts /srv/apt " + suite,
                "ready 1 http://apt.test\nkey a public key\n" + more);
    }

    private String published() throws IOException {
        var lines = new StringBuilder();
        for (var host : HOSTS.keySet()) {
            lines.append("published 7 app 1.1 " + HOSTS.get(host) + " " + sum(host) + " app_1.1_" + HOSTS.get(host)
                    + ".deb commit= with=\n");
        }
        return lines.toString();
    }
}
