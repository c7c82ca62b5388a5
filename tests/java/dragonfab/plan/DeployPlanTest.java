package dragonfab.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.deb.BuiltWith;
import dragonfab.deb.DebPackage;
import dragonfab.files.Checksum;
import dragonfab.recipe.Launch;
import dragonfab.shell.Command;
import dragonfab.shell.LocalShell;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** deploy --plan, at its command line: made, kept, carried out, and refused. */
class DeployPlanTest {
    private static final String ASKED = "[root] package-preview false app -- /etc/app.conf";

    private static final String COMMIT = "abcdef1234567890abcdef1234567890abcdef12";

    @TempDir
    Path room;
    Path folder;

    private final ScriptedConnector world = new ScriptedConnector();
    private String sequence = "[deb-deploy]";

    @BeforeEach
    void aPackageAndAHost() throws IOException {
        folder = Files.createDirectory(room.resolve("my shop"));
        var root = folder.resolve("root");
        Files.createDirectories(root.resolve("DEBIAN"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/app.conf"), "new\n");
        Files.writeString(root.resolve("DEBIAN/conffiles"), "/etc/app.conf\n");
        Files.writeString(root.resolve("DEBIAN/control"), """
                Package: app
                Version: 1.1
                Architecture: all
                Maintainer: Test <test@example.org>
                Description: an app
                """);
        Files.createDirectories(folder.resolve("dist"));
        var built = new LocalShell(folder, null).ask(Command.of("dpkg-deb", "--root-owner-group", "-b", "root",
                "dist/app_1.1_all.deb"));
        Assumptions.assumeTrue(built.ok(), "dpkg-deb is not here");
        host(world, "1.0", "a".repeat(32));
    }

    private static void host(ScriptedConnector world, String version, String disk) {
        world.at("app.test")
                .answering("[root] package-facts app", "architecture amd64\nrunning " + version + "\n")
                .answering("[root] package-ready coming false /var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb", "")
                .answering(ASKED, "lists fresh\nfree /usr / 900000\ndisk " + disk + " /etc/app.conf\npackage app\n"
                        + "version " + version + "\nsize 10\nconffile " + "a".repeat(32) + " /etc/app.conf\ncode 0\n")
                .answering("[root] lock-facts /var/lib/dragonfab/app", "");
    }

    @Test
    void showsWhatWouldHappenAndKeepsIt() throws IOException {
        var launch = plan();

        assertEquals(0, launch.exit(), launch.err());
        var lines = launch.out().lines().toList();
        assertEquals(List.of("step  does        where", "1     deb-deploy  app.test"), lines.subList(0, 2));
        assertTrue(launch.out().contains("""
                app.test  ok     installed version        1.0
                app.test  ok     new version              1.1
                app.test  ok     conffile /etc/app.conf   becomes that of the new package
                app.test  ok     files of app             all as they are
                app.test  ok     disk /                   0 MB needed, 879 MB free
                """), launch.out());
        assertEquals("", world.changes());
        var kept = kept();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
        assertEquals("*\n", Files.readString(kept.resolveSibling(".gitignore")));
        assertTrue(launch.out().endsWith("to do exactly this: jbang deploy@dragonfab staging --plan '" + kept + "' -f '"
                + folder.resolve("environments.yml") + "'\n"), launch.out());
    }

    @Test
    void whatToTypeNextIsTypedAsThePersonTypesAndWithTheSameFileAndKeys() throws IOException {
        var plan = Launch.installed("deploy", world, words("--set", "package_name=app"));

        assertTrue(plan.out().endsWith("to do exactly this: dragonfab deploy staging --plan '" + kept() + "' -f '"
                + folder.resolve("environments.yml") + "' --set package_name=app\n"), plan.out());

        var narrowed = Launch.installed("deploy", world, words("--host", "app*", "--host", "app.test"));
        assertTrue(narrowed.out().endsWith("--plan '" + kept() + "' --host 'app*,app.test' -f '"
                + folder.resolve("environments.yml") + "'\n"), narrowed.out());

        builds("3");
        world.at("app.test").answering("[root] package-preview false app --", "lists fresh\n");
        var unbuilt = Launch.installed("deploy", world, words());

        assertTrue(unbuilt.out().contains("this plan is not kept: dragonfab deb-build staging -f '"
                + folder.resolve("environments.yml") + "', then --plan again\n"), unbuilt.out());
    }

    @Test
    void isCarriedOutWhenNothingHasMoved() throws IOException {
        sequence = "[{run: make}, deb-deploy]";
        var shown = plan();
        world.at("app.test").answering("[root] package-services app failing", "")
                .answering("package-running app", "1.1");

        assertEquals(0, shown.exit(), shown.err());
        var launch = plan(kept().toString(), "--allow-no-rollback");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(world.changes().contains("file app_1.1_all.deb"), world.changes());
    }

    @Test
    void isRefusedWithTheNamesOfWhatMoved() throws IOException {
        plan();
        var later = new ScriptedConnector();
        host(later, "1.0.1", "b".repeat(32));

        var launch = Launch.of("deploy", later, words(kept().toString(), "--host", "app.test"));

        assertEquals(3, launch.exit(), launch.out() + launch.err());
        assertTrue(launch.err().contains("try: jbang deploy@dragonfab staging --plan --host app.test -f "),
                launch.err());
        assertTrue(launch.err().contains("deploy: staging: this has moved since the plan was made\n"), launch.err());
        assertTrue(launch.err().contains("  app.test: installed version: 1.0 -> 1.0.1\n"), launch.err());
        assertTrue(launch.err().contains("  app.test: conffile /etc/app.conf: becomes that of the new package"
                + " -> changed on the host and by the new package: stays,"), launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void anotherPackageOfTheSameNameIsRefused() throws IOException {
        plan();
        Files.writeString(folder.resolve("root/DEBIAN/conffiles"), "/etc/app.conf\n");
        Files.writeString(folder.resolve("root/etc/app.conf"), "newer\n");
        new LocalShell(folder, null).ask(Command.of("dpkg-deb", "--root-owner-group", "-b", "root",
                "dist/app_1.1_all.deb"));

        var launch = plan(kept().toString());

        assertEquals(3, launch.exit(), launch.out());
        assertTrue(launch.err().contains("local: package app_1.1_all.deb: "), launch.err());
    }

    @Test
    void anotherSequenceIsRefused() throws IOException {
        plan();
        sequence = "[deb-deploy, {run: more}]";

        var launch = plan(kept().toString());

        assertEquals(3, launch.exit(), launch.out());
        assertTrue(launch.err().contains("  sequence: step 2: nothing -> run: more\n"), launch.err());
    }

    @Test
    void aPlanOfAnotherEnvironmentIsRefused() throws IOException {
        plan();
        Files.move(kept(), folder.resolve("plan.json"));
        var words = words(folder.resolve("plan.json").toString());
        words[2] = "other";

        assertEquals(2, Launch.of("deploy", world, words).exit());
    }

    @Test
    void aProblemIsShownAndRefusedLater() throws IOException {
        world.at("app.test").answering("[root] lock-facts /var/lib/dragonfab/app", "hold {\"by\":\"ann@desk\"}\n");
        var other = new ScriptedConnector();
        other.at("app.test")
                .answering("[root] package-facts app", "architecture amd64\nrunning 1.0\narmed x\n")
                .answering(ASKED, "lists fresh\n")
                .answering("[root] lock-facts /var/lib/dragonfab/app", "hold {\"by\":\"ann@desk\"}\n");

        var made = Launch.of("deploy", other, words());

        assertEquals(0, made.exit(), made.err());
        assertTrue(made.out().contains("problem  freeze"), made.out());
        assertTrue(made.err().contains("there are 2 problems: a deploy by this plan would be refused"), made.err());
        var carried = Launch.of("deploy", other, words(kept().toString()));
        assertEquals(3, carried.exit());
        assertTrue(carried.err().contains("  app.test: freeze: deploy freeze by ann@desk\n"), carried.err());
        assertEquals("", other.changes());
    }

    @Test
    void aContainerThatIsNotThereIsNotMade() throws IOException {
        world.here().answering("[root] lxc-info -n app-lxc -sH", 1, "");
        var launch = Launch.of("deploy", world, words(new String[0], "lxc: app-lxc"));

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("target                   is not there yet: the deploy makes it"),
                launch.out());
        assertFalse(Files.exists(folder.resolve(".dragonfab")));
        assertEquals("", world.changes());
    }

    @Test
    void whatNoTargetCanSayIsToldToo() throws IOException {
        world.here().answering("[root] lxc-info -n app-lxc -sH", 1, "");
        var whole = Launch.of("deploy", world, words(new String[0], "lxc: app-lxc, rollback: snapshot"));
        assertEquals(0, whole.exit(), whole.err());
        assertTrue(whole.out().contains("note       app-lxc: is stopped for a snapshot first"), whole.out());

        world.at("other.test").answering("[root] package-facts app", "architecture amd64\nrunning 1.0\n")
                .answering(ASKED, "lists fresh\n").answering("[root] lock-facts /var/lib/dragonfab/app", "");
        var rolling = Launch.of("deploy", world,
                words(new String[0], "hosts: [app.test, other.test], batch: [1, 100%]"));
        assertEquals(0, rolling.exit(), rolling.err());
        assertTrue(rolling.out().contains("note       staging: in 2 batches of 1, 1 targets"), rolling.out());
        assertFalse(whole.out().contains("batches"), whole.out());
    }

    @Test
    void itTellsWhatIsAskedWhereAndOfWhom() throws IOException {
        world.at("other.test").answering("[root] package-facts app", "architecture amd64\nrunning 1.0\n")
                .answering(ASKED, "lists fresh\n").answering("[root] lock-facts /var/lib/dragonfab/app", "");

        var rolling = Launch.of("deploy", world, words(new String[0], "hosts: {app.test: {}, other.test: {health:"
                + " 'http://localhost:8081/up'}}, batch: [1, 100%], health: /up,"
                + " url: 'https://www.test', checks: [{url: /, from: local}]"));

        assertEquals(0, rolling.exit(), rolling.err());
        assertEquals("""
                note       app.test: health /up is asked on the target itself, between batches and at the end
                note       app.test: health /up is asked from this machine, of whichever target answers: at the end
                note       app.test, other.test: check / is asked from this machine, at the end
                note       other.test: health http://localhost:8081/up is asked on the target itself, between batches \
                and at the end
                """, rolling.out().lines().filter(line -> line.contains(" is asked "))
                .map(line -> line + "\n").collect(Collectors.joining()));
    }

    @Test
    void aPackageThatIsNotBuiltYetIsNamedAndNoPlanIsKept() throws IOException {
        builds("3");
        world.at("app.test").answering("[root] package-preview false app --", "lists fresh\n");

        var launch = plan();

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("1.1+3.gabcdef1, not built yet: what it changes is known after deb-build"),
                launch.out());
        assertTrue(launch.out().contains("this plan is not kept: jbang deb-build@dragonfab staging"), launch.out());
        assertFalse(Files.exists(folder.resolve(".dragonfab")));
    }

    @Test
    void whatIsBuiltAlreadyIsDeployedAndNotBuiltAgain() throws IOException {
        builds("0");
        var deb = DebPackage.of(folder.resolve("dist/app_1.1_all.deb"));
        builtWith("false", "bookworm", deb);
        world.at("app.test").answering(MACHINE, "bookworm amd64");
        plan();
        world.at("app.test").answering("[root] package-services app failing", "")
                .answering("package-running app", "1.1");

        var launch = plan(kept().toString(), "--allow-no-rollback");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("note       staging: 1/1 deb-deploy\n"), launch.out());
    }

    @ParameterizedTest
    @CsvSource({"true, bookworm, bookworm, ''", "false, trixie, bookworm, ''",
        "false, trixie, bookworm, 'build_suite: bookworm,'", "false, '', bookworm, 'build_suite: bookworm,'"})
    void whatWasBuiltWithAnotherKeyOrForAnotherReleaseIsNotBuiltYet(String wheel, String suite, String there,
            String keys) throws IOException {
        builds("0");
        sequence += ", " + keys;
        builtWith(wheel, suite, DebPackage.of(folder.resolve("dist/app_1.1_all.deb")));
        world.at("app.test").answering(MACHINE, there + " amd64")
                .answering("[root] package-preview false app --", "lists fresh\n");

        assertTrue(plan().out().contains("1.1, not built yet: what it changes is known after deb-build"));
    }

    @ParameterizedTest
    @CsvSource({"bookworm, ''", "trixie, 'build_suite: trixie,'", "'', ''", "'', 'build: host,'"})
    void whatWasBuiltWithTheSameIsNot(String suite, String keys) throws IOException {
        builds("0");
        sequence += ", " + keys;
        builtWith("false", suite, DebPackage.of(folder.resolve("dist/app_1.1_all.deb")));
        world.at("app.test").answering(MACHINE, "bookworm amd64");

        assertFalse(plan().out().contains("not built yet"));
    }

    @Test
    void whereTheTargetCannotSayWhatItIsWhatIsBuiltIsTaken() throws IOException {
        builds("0");
        builtWith("false", "trixie", DebPackage.of(folder.resolve("dist/app_1.1_all.deb")));
        world.here().answering("[root] lxc-info -n app-lxc -sH", 1, "");

        var launch = Launch.of("deploy", world, words(new String[0], "lxc: app-lxc"));

        assertEquals(0, launch.exit(), launch.err());
        assertFalse(launch.out().contains("not built yet"), launch.out());
    }

    private static final String MACHINE =
            "sh -c '. /etc/os-release; echo \"$VERSION_CODENAME $(dpkg --print-architecture)\"' sh";

    /** As deb-build writes it down. */
    private static void builtWith(String wheel, String suite, DebPackage deb) throws IOException {
        var keys = new TreeMap<>(Map.of("wheel", wheel, "collectstatic", "false", "companions", "",
                "dependencies", Checksum.of("[]")));
        if (wheel.equals("true")) {
            keys.put("wheelserver", Checksum.of(""));
        }
        new DebPackage("app", deb.version(), "all", deb.file(), deb.sha256(), COMMIT, List.of(),
                new BuiltWith(suite, "amd64", keys)).writeManifest();
    }

    private void builds(String later) throws IOException {
        sequence = "[deb-build, deb-deploy]";
        Files.createDirectories(folder.resolve("debian"));
        Files.writeString(folder.resolve("debian/changelog"), "app (1.1) unstable; urgency=low\n");
        Files.writeString(folder.resolve("debian/control"), "Source: app\n\nPackage: app\n");
        world.here().answering("source-history '' dist dumps .dragonfab", COMMIT + "\n" + later + "\n1700000000\n");
    }

    @Test
    void pendingMigrationsAreThoseOfTheReleaseThatIsThere() throws IOException {
        sequence = "[deb-deploy, db-migrate], remote_path: /srv/app";
        world.at("app.test").answering("[www-data] app-command - /srv/app 'python3 manage.py' showmigrations --plan",
                "[X]  entries.0001_initial\n[ ]  entries.0002_more\n");

        var launch = plan();

        assertTrue(launch.out().contains("ok     migration entries.0002_more  pending\n"), launch.out());
        assertTrue(launch.out().contains("ok     migrations                   those of the new release are known after"
                + " it is installed\n"), launch.out());
        assertFalse(launch.out().contains("0001_initial"), launch.out());
    }

    @Test
    void jsonHasTheSameRows() throws IOException {
        var launch = plan("", "--json");

        assertTrue(launch.out().contains("\"table\":\"preview\",\"row\":{\"place\":\"app.test\",\"level\":\"ok\","
                + "\"about\":\"installed version\",\"text\":\"1.0\"}"), launch.out());
        assertTrue(launch.out().contains("\"table\":\"saved\",\"row\":{\"fingerprint\":\""), launch.out());
    }

    private Launch plan(String... options) throws IOException {
        return Launch.of("deploy", world, words(options));
    }

    private String[] words(String... options) throws IOException {
        return words(options, "hosts: app.test");
    }

    private String[] words(String[] options, String targets) throws IOException {
        var file = Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  staging: {%s, package_name: app, deploy: %s}
                  other: {%s, package_name: app, deploy: %s}
                """.formatted(targets, sequence, targets, sequence));
        var words = new ArrayList<>(List.of("-f", file.toString(), "staging", "--plan"));
        words.addAll(java.util.Arrays.stream(options).filter(word -> !word.isEmpty()).toList());
        return words.toArray(String[]::new);
    }

    private Path kept() throws IOException {
        try (var files = Files.list(folder.resolve(".dragonfab/plans"))) {
            return files.filter(file -> file.getFileName().toString().matches("staging-[0-9a-f]{12}\\.json"))
                    .findFirst().orElseThrow();
        }
    }
}
