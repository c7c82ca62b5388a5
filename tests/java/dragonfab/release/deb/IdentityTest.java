package dragonfab.release.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.deb.BuiltWith;
import dragonfab.deb.DebPackage;
import dragonfab.files.Checksum;
import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A release is known by its bytes: neither the version nor the name of a file takes the place of another. */
@OnContainers
class IdentityTest {
    private static Path folder;
    private static Shell inside;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("dragonfab-identity");
        inside = Lab.container("identity");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  lxc:
                    lxc: %sidentity
                    package_name: amd
                    build: host
                    web_server: none
                    deploy: [deb-build, deb-deploy]
                """.formatted(Lab.PREFIX));
        Files.writeString(folder.resolve(".gitignore"), "dist\n.dragonfab\nroot\n*.deb\n");
        Cli.in(folder).tool("git", "init", "-q");
    }

    @AfterAll
    static void stop() {
        Lab.remove("identity");
    }

    /** Nothing is installed, and nothing was ever deployed. */
    @BeforeEach
    void anEmptyTarget() throws IOException {
        Lab.run(inside, "dpkg --purge amd other >/dev/null 2>&1 || true; rm -rf /var/lib/dragonfab/amd");
        Cli.in(folder).tool("rm", "-rf", "dist");
    }

    private static Cli.Ran run(int exit, String script, String... words) {
        var ran = Cli.in(folder).run(script, Stream.concat(Stream.of("lxc"), Stream.of(words)).toArray(String[]::new));
        assertEquals(exit, ran.exit(), ran.toString());
        return ran;
    }

    /** What the installed package brought. */
    private static String content() {
        return inside.ask(Command.of("cat", "/usr/share/amd/data")).text();
    }

    private static String journal() {
        return run(0, "status", "--json").out().replaceAll("(?s).*\"journal\":\"([^\"]*)\".*", "$1");
    }

    /** Release, outcome and short checksum of each. */
    private static List<List<String>> releases() {
        return run(0, "releases").out().lines().skip(1).map(line -> line.split(" {2,}"))
                .map(words -> List.of(words[1], words[2], words[words.length - 2])).toList();
    }

    /** A package of that content, whatever its file is called; its postinst fails where the content is bad. */
    private static Path deb(String file, String name, String version, String content) throws IOException {
        var root = folder.resolve("root");
        Cli.in(folder).tool("rm", "-rf", root.toString());
        Files.createDirectories(root.resolve("DEBIAN"));
        Files.createDirectories(root.resolve("usr/share/" + name));
        Files.writeString(root.resolve("usr/share/" + name + "/data"), content + "\n");
        Files.writeString(root.resolve("DEBIAN/control"), """
                Package: %s
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                Description: a case
                """.formatted(name, version));
        Files.writeString(root.resolve("DEBIAN/postinst"), postinst(content));
        root.resolve("DEBIAN/postinst").toFile().setExecutable(true, false);
        Cli.in(folder).tool("dpkg-deb", "--root-owner-group", "-Znone", "-b", "root", file);
        return folder.resolve(file);
    }

    private static String postinst(String content) {
        return "#!/bin/sh\n" + (content.startsWith("bad") ? "exit 1\n" : "");
    }

    private static void source(String version, String content, boolean amend) throws IOException {
        var debian = Files.createDirectories(folder.resolve("debian"));
        Files.writeString(debian.resolve("control"), """
                Source: amd
                Section: misc
                Maintainer: Test <test@example.org>
                Rules-Requires-Root: no

                Package: amd
                Architecture: all
                Description: a case of amended commits
                """);
        Files.writeString(debian.resolve("changelog"), """
                amd (%s) bookworm; urgency=medium

                  * It.

                 -- Test <test@example.org>  Thu, 01 Jan 2026 00:00:00 +0000
                """.formatted(version));
        Files.writeString(debian.resolve("rules"), """
                #!/usr/bin/make -f
                build clean:
                binary binary-indep:
                \tinstall -d debian/amd/DEBIAN debian/amd/usr/share/amd
                \tcp data debian/amd/usr/share/amd/
                \tinstall -m 755 postinst debian/amd/DEBIAN/postinst
                \tdpkg-gencontrol -Pdebian/amd
                \tdpkg-deb --root-owner-group -b debian/amd ..
                """);
        Files.writeString(folder.resolve("data"), content + "\n");
        Files.writeString(folder.resolve("postinst"), postinst(content));
        var cli = Cli.in(folder);
        cli.tool("git", "add", "-A");
        cli.tool(Stream.concat(Stream.of("git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit",
                "-q", "-m", content), amend ? Stream.of("--amend") : Stream.of()).toArray(String[]::new));
    }

    @Test
    void anAmendedCommitOfTheSameVersionTakesNothingFromTheOneThatRuns() throws IOException {
        source("1.0", "one", false);
        run(0, "deploy");
        source("1.1", "two", false);
        run(0, "deploy");
        source("1.1", "bad three", true);

        var failed = run(1, "deploy");

        assertTrue(failed.out().contains("as before again"), failed.toString());
        assertEquals("two", content());
        assertEquals("in sync", journal());
        source("1.1", "four", true);
        run(0, "deploy");
        assertEquals("four", content());
        assertTrue(run(0, "deploy").out().contains("it runs already"));
        run(0, "rollback");
        assertEquals("two", content());
        assertEquals("in sync", journal());
        assertEquals(List.of("1.0 deployed", "1.1 deployed", "1.1 rolled back", "1.1 reverted", "1.1 deployed"),
                releases().stream().map(each -> each.get(0) + " " + each.get(1)).toList());

        var ambiguous = run(2, "rollback", "1.1");
        var four = releases().get(3).get(2);
        assertTrue(ambiguous.err().contains("1.1 could be 2 releases\n"), ambiguous.toString());
        assertTrue(ambiguous.err().contains("\n  1.1 " + four + " ")
                && ambiguous.err().contains("\n  1.1 " + releases().get(1).get(2) + " "), ambiguous.toString());
        assertTrue(ambiguous.err().contains("\ntry: jbang rollback@dragonfab lxc " + four + "\n"),
                ambiguous.toString());
        run(0, "rollback", four.substring(0, 5));
        assertEquals("four", content());
        // Forward again is no verdict on the one before.
        run(0, "rollback");
        assertEquals("two", content());
    }

    @Tag("long")
    @Test
    void norDoesAFileThatSomebodyElseBuiltAgain() throws IOException {
        run(0, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1.0", "one").toString());

        run(1, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1.0", "bad two").toString());

        assertEquals("one", content());
        assertEquals("in sync", journal());
        run(0, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1.0", "three").toString());
        assertEquals("three", content());
        run(0, "rollback");
        assertEquals("one", content());
    }

    /** Debian's names have no epoch. */
    @Tag("long")
    @Test
    void norDoesOneWithAnotherEpoch() throws IOException {
        run(0, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1.0", "one").toString());

        run(1, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1:1.0", "bad two").toString());

        assertEquals("one", content());
        run(0, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1:1.0", "three").toString());
        assertEquals("three", content());
        run(0, "rollback");
        assertEquals("one", content());
        run(0, "deb-deploy", deb("amd_1.0_all.deb", "amd", "0:1.1", "no epoch").toString());
        assertEquals("no epoch", content());
        assertEquals("in sync", journal());
    }

    /** apt takes two files of one version and one size for the same, and one that lies in an archive for the better. */
    @Test
    void norDoesAnArchiveThatHasTheVersionToo() throws IOException {
        var theirs = deb("theirs.deb", "amd", "1.0", "own");
        assertTrue(inside.ask(Command.script("mkdir -p /srv/archive && cat > /srv/archive/amd.deb")
                .reading(Input.file(theirs)).asRoot()).ok());
        Lab.run(inside, """
                cd /srv/archive
                { dpkg-deb -f amd.deb; echo "Filename: ./amd.deb"; echo "Size: $(stat -c %s amd.deb)"
                    echo "SHA256: $(sha256sum amd.deb | cut -d ' ' -f 1)"; } > Packages
                echo 'deb [trusted=yes] file:/srv/archive ./' > /etc/apt/sources.list.d/archive.list
                apt-get -q update -o Dir::Etc::sourcelist=sources.list.d/archive.list -o Dir::Etc::sourceparts=-
                """);

        run(0, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1.0", "two").toString());

        assertEquals("two", content());
        run(1, "deb-deploy", deb("amd_1.1_all.deb", "amd", "1.1", "bad three").toString());
        assertEquals("two", content());
        assertEquals("in sync", journal());
        Lab.run(inside, "rm -r /srv/archive /etc/apt/sources.list.d/archive.list /var/lib/apt/lists/*archive*");
    }

    @ParameterizedTest
    @CsvSource({"amd-stable_current_amd64.deb, 1.1", "other (2)_9.9_all.deb, 1:1.1"})
    void whatAFileIsItsControlFileSays(String file, String version) throws IOException {
        run(0, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1.0", "one").toString());

        run(0, "deb-deploy", deb(file, "amd", version, "two").toString());

        assertEquals("two", content());
        assertEquals("in sync", journal());
        assertEquals(version, releases().get(1).get(0));
        run(0, "rollback");
        assertEquals("one", content());
    }

    @Test
    void anotherPackageIsRefusedBeforeAnythingIsTouched() throws IOException {
        run(0, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1.0", "one").toString());
        var there = Command.script("find /var/lib/dragonfab/amd/packages /var/lib/dpkg/info | sort");
        var before = inside.read(there);

        var refused = run(2, "deb-deploy", deb("amd_1.1_all.deb", "other", "1.1", "two").toString());

        assertTrue(refused.err().contains("is the package other, and package_name of lxc is amd"), refused.toString());
        assertEquals(before, inside.read(there));
    }

    @Test
    void whatAPersonInstalledIsNotTakenForOurs() throws IOException {
        var ours = deb("amd_1.0_all.deb", "amd", "1.0", "one");
        run(0, "deb-deploy", ours.toString());
        var good = Files.readAllBytes(ours);
        Lab.run(inside, "dpkg -i /var/lib/dragonfab/amd/packages/*.deb");
        assertEquals("in sync", journal());
        assertTrue(run(0, "deb-deploy", ours.toString()).out().contains("it runs already"));

        var theirs = Command.script("cat > /theirs.deb && dpkg -i /theirs.deb")
                .reading(Input.file(deb("theirs.deb", "amd", "1.0", "theirs"))).asRoot();
        assertTrue(inside.ask(theirs).ok());

        assertEquals("drift: journal has 1.0 with other bytes", journal());
        Files.write(ours, good);
        var refused = run(3, "deb-deploy", ours.toString());
        assertTrue(refused.err().contains("amd 1.0 was not installed by us"), refused.toString());
        assertEquals("theirs", content());
        run(0, "deb-deploy", ours.toString(), "--allow-no-rollback");
        assertEquals("one", content());
        assertEquals("in sync", journal());
    }

    @Test
    void whatWasKeptUnderItsPlainNameIsFoundGoneBackToAndPruned() throws IOException {
        run(0, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1.0", "one").toString());
        run(0, "deb-deploy", deb("amd_1.1_all.deb", "amd", "1.1", "two").toString());
        Lab.run(inside, """
                cd /var/lib/dragonfab/amd
                rm installed
                for deb in packages/*.deb; do mv "$deb" "$(echo "$deb" | sed 's/_all[.].*/_all.deb/')"; done
                """);
        assertEquals("in sync", journal());

        run(1, "deb-deploy", deb("amd_1.1_all.deb", "amd", "1.1", "bad three").toString());
        assertEquals("two", content());
        run(0, "rollback");
        assertEquals("one", content());
        run(0, "deb-deploy", deb("amd_1.2_all.deb", "amd", "1.2", "four").toString(), "--set", "keep_releases=2");

        assertEquals("amd_1.0_all.deb amd_1.2_all." + Checksum.of(folder.resolve("amd_1.2_all.deb")).substring(0, 16)
                + ".deb", inside.read(Command.script("cd /var/lib/dragonfab/amd/packages; echo *")));
        run(0, "rollback");
        assertEquals("one", content());
    }

    @Test
    void aJournalWithLinesOfOthersIsReadAsFarAsItIsWhole() throws IOException {
        run(0, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1.0", "one").toString());
        Lab.run(inside, "cat >> /var/lib/dragonfab/amd/journal <<'LINES'\n" + """
                {"event":"intent"}
                {"event":"intent","id":"x","at":"yesterday","version":"9"}
                {"event":"intent","id":"x","at":"2026-01-01T00:00:00Z","version":"9","files":[1],"checksums":"none"}
                {"event":"migration","pending":3}
                [1, 2]
                7
                LINES
                """);

        assertEquals("in sync", journal());
        assertEquals(1, releases().size());
        run(0, "deb-deploy", deb("amd_1.1_all.deb", "amd", "1.1", "two").toString());
        run(0, "rollback");
        assertEquals("one", content());
    }

    @Test
    void aPackageThatWasBuiltForAnotherDebianReleaseIsRefused() throws IOException {
        run(0, "deb-deploy", deb("amd_1.0_all.deb", "amd", "1.0", "one").toString());
        var deb = DebPackage.of(deb("amd_1.1_all.deb", "amd", "1.1", "two"));
        new DebPackage(deb.name(), deb.version(), deb.architecture(), deb.file(), deb.sha256(), "", List.of(),
                new BuiltWith("sid", "amd64", Map.of("wheel", "false"))).writeManifest();

        var refused = run(3, "deb-deploy", deb.file().toString());

        assertTrue(refused.err().contains("amd 1.1 was built for sid, and this machine is "), refused.toString());
        assertTrue(refused.err().contains("try: jbang deb-build@dragonfab lxc\n"), refused.toString());
        assertEquals("one", content());
        run(0, "deb-deploy", deb.file().toString(), "--set", "build_suite=sid");
        assertEquals("two", content());
        Files.delete(folder.resolve("amd_1.1_all.deb.json"));
    }

    @Test
    void aBuildWithAnotherKeyIsAnotherPackage() throws IOException {
        source("3.0", "one", false);
        run(0, "deb-build");
        assertTrue(run(0, "deb-build").out().contains("it is built already"));

        var other = run(0, "deb-build", "--set", "companions=[amd]");

        assertFalse(other.out().contains("it is built already"), other.toString());
        assertNotEquals("", Files.readString(folder.resolve("dist/amd_3.0_all.deb.json")));
        assertTrue(run(0, "deb-build", "--set", "companions=[amd]").out().contains("it is built already"));
    }
}
