package dragonfab.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.files.Checksum;
import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.Login;
import dragonfab.lab.OnContainers;
import dragonfab.lab.SshServer;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import dragonfab.state.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two releases of a package of 50 MB, one file apart, as deb-build makes them; each is sent where the other is kept.
 */
@OnContainers
class RsyncDeltaTest {
    private static final int FILES = 50;
    private static final int SIZE = 1_000_000;
    private static final String KEPT = "/var/lib/dragonfab/dldelta/packages";
    private static final Pattern TOLD = Pattern.compile("upload \\S+: ([0-9.]+ [kM]?B) of ([0-9]+) MB( \\(.*\\))?\n");

    private static Path folder;
    private static Shell inside;
    private static SshServer holder;
    private static List<Path> releases = List.of();

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("dragonfab-difference");
        inside = Lab.container("delta");
        holder = SshServer.start();
        Login.in(folder).to("delta", inside, "deploy ALL=(ALL) NOPASSWD: ALL");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  __all__: {package_name: dldelta, package_dir: dist, build: host, web_server: none}
                  container: {lxc: %1$sdelta}
                  held: {lxc: %1$sdelta, lxc_host: holder, ssh_config: %3$s}
                  host: {hosts: %2$s, ssh_config: ssh_config}
                  openssh: {hosts: %2$s, ssh_config: ssh_config, transport: openssh}
                """.formatted(Lab.PREFIX, Lab.address("delta"), holder.config()));
        sources();
        releases = List.of(release("2026-01-01"));
        Files.write(folder.resolve("files/deep/file20"), bytes(new Random(7)));
        releases = List.of(releases.get(0), release("2026-02-02"));
        well(Cli.in(folder).run("deb-deploy", "container", releases.get(0).toString()));
    }

    @AfterAll
    static void remove() {
        Lab.remove("delta");
        holder.close();
    }

    private static void sources() throws IOException {
        var files = Files.createDirectories(folder.resolve("project/files/deep"));
        var random = new Random(6);
        for (int n = 0; n < FILES; n++) {
            Files.write(files.resolve("file" + n), bytes(random));
        }
        var debian = Files.createDirectories(folder.resolve("project/debian"));
        Files.writeString(debian.resolve("control"), """
                Source: dldelta
                Section: misc
                Maintainer: Test <test@example.org>
                Rules-Requires-Root: no

                Package: dldelta
                Architecture: all
                Description: fifty files
                """);
        Files.writeString(debian.resolve("changelog"), """
                dldelta (1.0) bookworm; urgency=medium

                  * First.

                 -- Test <test@example.org>  Thu, 01 Jan 2026 00:00:00 +0000
                """);
        Files.writeString(debian.resolve("rules"), """
                #!/usr/bin/make -f
                build clean:
                binary binary-indep:
                \tinstall -d debian/dldelta/DEBIAN debian/dldelta/usr/share/dldelta
                \tcp -a files debian/dldelta/usr/share/dldelta/
                \tdpkg-gencontrol -Pdebian/dldelta
                \tdpkg-deb --root-owner-group -b debian/dldelta ..
                """);
        Files.move(folder.resolve("environments.yml"), folder.resolve("project/environments.yml"));
        for (var name : List.of("ssh_config", "known_hosts")) {
            Files.copy(folder.resolve(name), folder.resolve("project").resolve(name));
        }
        Files.writeString(folder.resolve("project/.gitignore"), "dist\nssh_config\nknown_hosts\n.dragonfab\n");
        folder = folder.resolve("project");
        Cli.in(folder).tool("git", "init", "-q");
    }

    private static byte[] bytes(Random random) {
        var bytes = new byte[SIZE];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Committed and built. */
    private static Path release(String day) throws IOException {
        var at = day + "T12:00:00Z";
        var cli = Cli.in(folder).with("GIT_COMMITTER_DATE", at).with("GIT_AUTHOR_DATE", at);
        cli.tool("git", "add", "-A");
        cli.tool("git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-q", "-m", day);
        well(cli.run("deb-build", "container"));
        try (var files = Files.list(folder.resolve("dist"))) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .filter(file -> !releases.contains(file))
                    .findFirst().orElseThrow();
        }
    }

    private static Cli.Ran well(Cli.Ran ran) {
        assertEquals(0, ran.exit(), ran.toString());
        return ran;
    }

    /** The release that does not run; it is not there any more. */
    private static Path other() {
        var version = inside.read(Command.of("dpkg-query", "-W", "-f", "${Version}", "dldelta"));
        var next = releases.get(releases.get(0).toString().contains("_" + version + "_") ? 1 : 0);
        inside.read(Command.of("rm", "-f", kept(next)).asRoot());
        return next;
    }

    private static String kept(Path release) {
        return KEPT + "/" + new Artifact(release.getFileName().toString(), Checksum.of(release)).kept();
    }

    private static void arrived(Path release) throws IOException {
        assertEquals(Checksum.of(release), inside.read(Command.of("sha256sum",
                kept(release)).asRoot()).split(" ")[0]);
        assertEquals("", inside.read(Command.script("cd \"$1\"; find . -name '.*.part'", KEPT).asRoot()));
        assertTrue(release.toString().contains("_" + inside.read(
                Command.of("dpkg-query", "-W", "-f", "${Version}", "dldelta")) + "_"));
    }

    private static long passed() {
        return inside.read(Command.script("cd /sys/class/net/eth0/statistics; echo $(cat rx_bytes) $(cat tx_bytes)"))
                .transform(counts -> Long.parseLong(counts.split(" ")[0]) + Long.parseLong(counts.split(" ")[1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "openssh", "container", "held"})
    void oneChangedFileCostsATenthAtMost(String environment) throws IOException {
        var release = other();
        long before = passed();

        var deploy = well(Cli.in(folder).run("deb-deploy", environment, release.toString()));

        long passed = passed() - before;
        long size = Files.size(release);
        System.err.println(environment + ": " + passed + " of " + size + " bytes on the wire");
        assertTrue(passed < size / 10, passed + " bytes of " + size + "\n" + deploy);
        assertTrue(TOLD.matcher(deploy.out()).find(), deploy.toString());
        arrived(release);
    }

    @Test
    void aFileThatStaysKeepsItsTimeAndTheSameCommitIsTheSamePackage() throws IOException {
        var times = releases.stream().map(file -> Lab.HERE.read(Command.script(
                "dpkg-deb -c \"$1\" | grep -e deep/file[12]0$ | cut -c 24- | tr -s ' '", file))).toList();
        assertEquals(times.get(0).lines().toList().get(0), times.get(1).lines().toList().get(0));
        assertFalse(times.get(0).lines().toList().get(1).equals(times.get(1).lines().toList().get(1)));

        var sum = Checksum.of(releases.get(1));
        well(Cli.in(folder).run("deb-build", "container", "--again"));
        assertEquals(sum, Checksum.of(releases.get(1)));
    }

    @Test
    void whatIsKeptMayBeDamaged() throws IOException {
        var release = other();
        Lab.run(inside, "dd if=/dev/urandom of=$(echo \"$1\"/*.deb) bs=1000000 seek=20 count=2 conv=notrunc", KEPT);

        var deploy = well(Cli.in(folder).run("deb-deploy", "host", release.toString(), "--allow-no-rollback"));

        assertTrue(TOLD.matcher(deploy.out()).find(), deploy.toString());
        arrived(release);
    }

    @Test
    void withoutRsyncAllOfItGoes() throws IOException {
        var release = other();
        Lab.run(inside, "mv /usr/bin/rsync /root/rsync");
        try {
            var deploy = well(Cli.in(folder).run("deb-deploy", "host", release.toString()));

            assertFalse(deploy.out().contains(release.getFileName() + ": "), deploy.toString());
            arrived(release);
        } finally {
            Lab.run(inside, "mv /root/rsync /usr/bin/rsync");
        }
    }

    @Test
    void anRsyncThatDiesInTheMiddleCostsOnlyBytes() throws IOException {
        var release = other();
        replaceRsync("(sleep 0.1; kill -KILL $$) </dev/null >/dev/null 2>&1 & exec /root/rsync \"$@\"");
        try {
            var deploy = well(Cli.in(folder).run("deb-deploy", "host", release.toString()));

            assertTrue(deploy.out().contains(": whole, for rsync ended with 137: it was killed"), deploy.toString());
            arrived(release);
        } finally {
            Lab.run(inside, "mv /root/rsync /usr/bin/rsync");
        }
    }

    @Test
    void afterOurOwnDeathInTheMiddleTheNextDeployIsWell() throws Exception {
        var release = other();
        replaceRsync("cat >/dev/null");
        try {
            var process = Cli.in(folder).start("deb-deploy", "host", release.toString());
            await("cd " + KEPT + " && find . -path './.*.part/file' | grep .");
            process.destroyForcibly();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            await("! ls -A " + KEPT + " | grep part");
        } finally {
            Lab.run(inside, "mv /root/rsync /usr/bin/rsync");
        }

        well(Cli.in(folder).run("deb-deploy", "host", release.toString()));
        arrived(release);
    }

    private static void replaceRsync(String script) {
        Lab.run(inside, "mv /usr/bin/rsync /root/rsync; printf '#!/bin/sh\\n%s\\n' \"$1\" > /usr/bin/rsync;"
                + "chmod 0755 /usr/bin/rsync", script);
    }

    private static void await(String condition) throws InterruptedException {
        for (int i = 0; i < 240; i++) {
            if (inside.ask(Command.script(condition).asRoot()).ok()) {
                return;
            }
            Thread.sleep(250);
        }
        throw new AssertionError("never came: " + condition);
    }
}
