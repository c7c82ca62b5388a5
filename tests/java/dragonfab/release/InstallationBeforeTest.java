package dragonfab.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Shell;
import dragonfab.state.InstallationBefore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A target as an earlier dragonfab left it is understood, put right and deployed to by this one. */
@OnContainers
class InstallationBeforeTest {
    private static Path folder;
    private static Shell inside;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("dragonfab-before");
        inside = Lab.container("before");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  staging: {lxc: %sbefore, package_name: app, web_server: none}
                """.formatted(Lab.PREFIX));
        Cli.in(folder).tool("tar", "-cf", "before.tar", "--owner=0", "--group=0",
                "-C", InstallationBefore.FILES.toString(), ".");
    }

    @AfterAll
    static void stop() {
        Lab.remove("before");
    }

    /** Release 2.0 is installed over 1.0, and the state is that of the journal. */
    private static void leave(String state) throws IOException {
        var ended = inside.execute(Command.script("""
                set -eu
                before=$(mktemp -d) folder=/var/lib/dragonfab/app
                tar -xf - -C "$before"
                rm -rf "$folder"
                mkdir -p "$folder"
                cp -r "$before/state/." "$before/dist" "$folder/"
                mv "$folder/dist" "$folder/packages"
                mkdir "$folder/way-back/new" "$folder/way-back/site"
                chmod 0700 "$folder/way-back" "$folder/step" "$folder/packages"
                cp "$before/$1.journal" "$folder/journal"
                dpkg -i "$folder/packages/app_1.0_all.deb" "$folder/packages/app_2.0_all.deb"
                if [ "$1" = good ]; then
                    rm "$folder/way-back/armed"
                    exit
                fi
                cp "$before"/units/* /etc/systemd/system/
                mkdir -p /etc/systemd/system/timers.target.wants
                ln -s /etc/systemd/system/dragonfab-way-back-app.timer /etc/systemd/system/timers.target.wants/
                """, state).reading(Input.file(folder.resolve("before.tar"))).asRoot(), OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(), Duration.ofMinutes(1));
        assertEquals(0, ended.code());
        assertEquals("2.0", installed());
    }

    private static String installed() {
        return inside.read(Command.of("cat", "/usr/share/app/version"));
    }

    private static String run(String script, String... words) {
        var ran = Cli.in(folder).run(script, Stream.concat(Stream.of("staging"), Stream.of(words))
                .toArray(String[]::new));
        assertEquals(0, ran.exit(), ran.toString());
        return ran.out();
    }

    /** Version and outcome of each, as releases has them. */
    private static List<String> releases() {
        return run("releases").lines().skip(1).map(line -> line.split(" {2,}"))
                .map(words -> words[1] + " " + words[2] + ", kept: " + words[words.length - 1]).toList();
    }

    @Test
    void aDeployThatWasCutOffIsTakenBackByHealAndTheNextOneGoesWell() throws IOException {
        leave("cut-off");
        var status = run("status", "--json");
        assertTrue(status.contains("\"release\":\"2.0\",\"journal\":\"2.0 in progress\""), status);
        assertTrue(status.contains("\"rollback\":\"armed: a deploy is under way or was cut off\""), status);
        assertEquals(List.of("1.0 deployed, kept: yes", "2.0 in progress, kept: yes"), releases());

        assertTrue(run("heal").contains("roll back a deploy that was cut off"));

        assertEquals("1.0", installed());
        assertEquals(List.of("1.0 deployed, kept: yes", "2.0 rolled back, kept: yes"), releases());
        assertNothingIsLeft();
        next("3.0");
    }

    /** The timer and what it runs lie on the target: they need nothing of whoever comes next. */
    @Test
    void itsOwnTimerStillTakesItBack() throws Exception {
        leave("cut-off");
        Lab.run(inside, "systemctl daemon-reload; systemctl start dragonfab-way-back-app.timer");

        var armed = Command.of("test", "-e", "/var/lib/dragonfab/app/way-back/armed");
        for (int i = 0; i < 60 && inside.ask(armed).ok(); i++) {
            Thread.sleep(500);
        }

        assertEquals("1.0", installed());
        assertTrue(run("status", "--json").contains("\"release\":\"1.0\",\"journal\":\"in sync\""));
        assertNothingIsLeft();
    }

    @Test
    void afterAGoodDeployTheReleaseBeforeIsGoneBackTo() throws IOException {
        leave("good");
        assertTrue(run("status", "--json").contains("\"release\":\"2.0\",\"journal\":\"in sync\""));
        assertEquals(List.of("1.0 deployed, kept: yes", "2.0 rolled back, kept: yes", "2.0 deployed, kept: yes"),
                releases());

        run("rollback");

        assertEquals("1.0", installed());
        // Anybody could hold its locks, and read what it kept.
        assertEquals("711 /var/lib/dragonfab\n711 /var/lib/dragonfab/app\n", inside.ask(Command.script(
                "find /var/lib/dragonfab -perm /077 ! -name 'maintenance.*' -printf '%m %p\\n'").asRoot()).out());
        assertEquals(List.of("1.0 deployed, kept: yes", "2.0 rolled back, kept: yes", "2.0 reverted, kept: yes",
                "1.0 deployed, kept: yes"), releases());
        next("4.0");
    }

    private static void next(String version) throws IOException {
        var root = folder.resolve("root-" + version);
        Files.createDirectories(root.resolve("DEBIAN"));
        Files.createDirectories(root.resolve("usr/share/app"));
        Files.createDirectories(folder.resolve("dist"));
        Files.writeString(root.resolve("usr/share/app/version"), version);
        Files.writeString(root.resolve("DEBIAN/control"), """
                Package: app
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                Description: an application
                """.formatted(version));
        Cli.in(folder).tool("dpkg-deb", "--root-owner-group", "-b", root.toString(),
                "dist/app_" + version + "_all.deb");

        run("deb-deploy", folder.resolve("dist/app_" + version + "_all.deb").toString());

        assertEquals(version, installed());
        assertTrue(run("status", "--json").contains("\"release\":\"" + version + "\",\"journal\":\"in sync\""));
        assertNothingIsLeft();
    }

    private static void assertNothingIsLeft() {
        assertEquals("", inside.ask(Command.script("""
                ls /var/lib/dragonfab/app/way-back/armed
                find /etc/systemd/system -name '*dragonfab*'
                systemctl list-units --all --plain --no-legend 'dragonfab-*'
                """).asRoot()).out());
    }
}
