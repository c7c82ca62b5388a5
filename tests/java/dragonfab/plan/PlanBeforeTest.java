package dragonfab.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.state.InstallationBefore;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that an earlier dragonfab saved, where a release is called a package, is carried out or refused as any. */
class PlanBeforeTest {
    @TempDir
    Path folder;

    private final ScriptedConnector world = new ScriptedConnector();

    @BeforeEach
    void thePlanAndItsPackage() throws IOException {
        Files.createDirectories(folder.resolve("dist"));
        Files.copy(InstallationBefore.FILES.resolve("dist/app_2.0_all.deb"), folder.resolve("dist/app_2.0_all.deb"));
        Files.writeString(folder.resolve("plan.json"), Files.readString(InstallationBefore.FILES.resolve("plan.json"))
                .replace("@FOLDER@", folder.toString()));
        Files.writeString(folder.resolve("environments.yml"),
                "environments: {staging: {hosts: app.test, package_name: app, deploy: [deb-deploy]}}");
    }

    private Launch carryOut(String installed) {
        world.at("app.test").answering("[root] package-facts app", "architecture amd64\nrunning " + installed + "\n")
                .answering("[root] package-ready coming false /var/lib/dragonfab/app/packages/app_2.0_all.SUM.deb", "")
                .answering("[root] package-preview false app --", "lists fresh\nfree /usr / 900000\npackage app\n"
                        + "version " + installed + "\nsize 10\n"
                        + "file 2542b79651fab56d0ebfff75a0fdf7be /usr/share/app/version\ncode 0\n")
                .answering("[root] lock-facts /var/lib/dragonfab/app", "")
                .answering("[root] package-services app failing", "")
                .answering("package-running app", "2.0");
        return Launch.of("deploy", world, "-f", folder.resolve("environments.yml").toString(), "staging", "--plan",
                folder.resolve("plan.json").toString(), "--allow-no-rollback");
    }

    @Test
    void itIsCarriedOut() {
        var launch = carryOut("1.0");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("changed    app.test: install app 2.0\n"), launch.out());
    }

    @Test
    void whatMovedSinceIsNamed() {
        var launch = carryOut("1.5");

        assertEquals(3, launch.exit());
        assertTrue(launch.err().contains("  app.test: installed version: 1.0 -> 1.5\n"), launch.err());
        assertEquals("", world.changes());
    }
}
