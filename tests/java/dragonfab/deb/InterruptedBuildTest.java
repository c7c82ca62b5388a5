package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.lab.SshServer;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build that ends in the middle, by whatever happens to its client, leaves no container. */
@OnContainers
class InterruptedBuildTest {
    private static final String BASE = Lab.PREFIX + "cut-build";
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration NOTICED = Duration.ofSeconds(90);

    private static Cli project;

    @BeforeAll
    static void aProjectWhoseBuildTakesLong() throws IOException, InterruptedException {
        project = Cli.in(SlowPackage.in(Files.createTempDirectory("dragonfab-cut"), Lab.PREFIX + "cut"));
        var build = project.start("deb-build", "lab");
        await(LONGEST, () -> containers().contains(BASE) && runs(BASE, "apt-get"));
        kill("KILL", build);
        await(NOTICED, () -> containers().isEmpty());
    }

    @AfterAll
    static void remove() {
        Lab.HERE.ask(Command.of("rm", "-rf", "--", project.folder()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "INT"})
    void itsContainerIsGone(String signal) throws IOException, InterruptedException {
        endsBy(signal);
    }

    /** Silence is noticed after a minute. */
    @Test
    @Tag("long")
    void aBuildWhoseClientHangsIsGoneToo() throws IOException, InterruptedException {
        endsBy("STOP");
    }

    /** This machine has no LXC then, so the one that holds the environment's container builds. */
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "INT"})
    @Tag("long")
    void norDoesItLeaveOneOnAnotherMachine(String signal) throws IOException, InterruptedException {
        try (var holder = SshServer.start()) {
            var bin = Files.createTempDirectory("dragonfab-bin");
            Lab.run(Lab.HERE, """
                    ln -s -- /usr/bin/* /usr/sbin/* "$1" 2>/dev/null
                    rm -- "$1"/lxc-*
                    """, bin);
            var there = Cli.in(project.folder()).with("PATH", bin.toString());
            var alone = there.run("deb-build", "lab", "--dirty");
            assertTrue(alone.toString().contains("there is no LXC here"), alone.toString());
            var file = project.folder().resolve("environments.yml");
            var before = Files.readString(file);
            Files.writeString(file, before.replace("build: container",
                    "build: container, lxc_host: holder, ssh_config: " + holder.config()));
            try {
                endsBy(signal, there.start("deb-build", "lab", "--dirty"));
            } finally {
                Files.writeString(file, before);
                Lab.HERE.ask(Command.of("rm", "-rf", "--", bin));
            }
        }
    }

    private static void endsBy(String signal) throws IOException, InterruptedException {
        endsBy(signal, project.start("deb-build", "lab"));
    }

    private static void endsBy(String signal, Process build) throws IOException, InterruptedException {
        await(LONGEST, () -> !build.isAlive()
                || containers().stream().anyMatch(name -> !name.equals(BASE) && runs(name, "sleep 600")));
        assertTrue(build.isAlive());

        kill(signal, build);

        await(NOTICED, () -> containers().equals(List.of(BASE)));
        assertEquals("STOPPED", Lab.HERE.read(Command.of("lxc-info", "-n", BASE, "-sH").asRoot()));
        build.destroyForcibly().waitFor();
    }

    @Test
    void theNextBuildFindsNothingInItsWay() throws IOException {
        var quick = Files.writeString(project.folder().resolve("quick"), "");

        var built = project.run("deb-build", "lab", "--dirty");

        Files.delete(quick);
        assertEquals(0, built.exit(), built.toString());
        assertEquals(List.of(BASE), containers());
    }

    private static List<String> containers() {
        return Lab.HERE.read(Command.of("lxc-ls", "-1").asRoot()).lines().filter(name -> name.startsWith(BASE))
                .toList();
    }

    private static boolean runs(String container, String words) {
        return Lab.HERE.ask(Command.of("lxc-attach", "-n", container, "--", "pgrep", "-f", words).asRoot()).ok();
    }

    /** To all of them, as a terminal does. */
    private static void kill(String signal, Process client) {
        var whole = Stream.concat(Stream.of(client.toHandle()), signal.equals("INT") ? client.descendants()
                : Stream.empty()).map(ProcessHandle::pid).toList();
        Lab.HERE.read(Command.of("kill", "-" + signal).with(whole.toArray()));
    }

    private static void await(Duration longest, BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "still there: " + containers());
            Thread.sleep(500);
        }
    }
}
