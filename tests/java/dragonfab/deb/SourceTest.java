package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dragonfab.shell.Result;
import dragonfab.lab.Cli;
import dragonfab.shell.Command;
import dragonfab.shell.LocalShell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What git says of a project, whatever a hook, a user and a clone have made of git. */
class SourceTest {
    private static final String CHANGELOG = "shop (1.0) bookworm; urgency=medium\n\n  * First.\n\n"
            + " -- Ann <ann@example.org>  Mon, 01 Jan 2024 00:00:00 +0000\n";

    @TempDir
    Path room;
    private Path shop;

    @BeforeEach
    void aProject() throws IOException {
        shop = Files.createDirectories(room.resolve("shop"));
        write("debian/changelog", CHANGELOG);
        write("debian/control", "Source: shop\n\nPackage: shop\n");
        write("app/page.txt", "a page\nof two lines\n");
        git(shop, "init", "-q", "-b", "main");
        commit("first");
        write("app/page.txt", "another page\nof two lines\n");
        commit("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GIT_DIR=.", "GIT_DIR=/nowhere", "GIT_WORK_TREE=/", "GIT_INDEX_FILE=/nowhere/index",
        "GIT_OBJECT_DIRECTORY=/nowhere", "GIT_CEILING_DIRECTORIES=/", "GIT_LITERAL_PATHSPECS=1", "LC_ALL=xx_YY",
        "GIT_PREFIX=app/"})
    void theVariablesOfAHookSayNothing(String variable) throws IOException {
        assertEquals(history(shop).lines(), history(shop, variable).lines());
        assertEquals(List.of("app/page.txt", "debian/changelog", "debian/control"), packed(shop, "commit", variable));
    }

    @ParameterizedTest
    @ValueSource(strings = {"log.showSignature true", "log.follow true", "log.decorate full", "format.pretty fuller",
        "status.showUntrackedFiles no", "core.autocrlf true", "core.eol crlf", "color.ui always", "core.pager less",
        "core.quotePath true", "tar.umask user", "diff.ignoreSubmodules all", "core.abbrev 4", "log.date relative",
        "core.fsmonitor /bin/false", "log.diffMerges off", "status.short true"})
    void theSettingsOfAUserChangeNothing(String setting) throws IOException {
        write("gr\u00fc\u00dfe.txt", "not committed");
        var history = history(shop).lines();
        var sources = sources(shop);
        assertTrue(history.contains("?? gr\u00fc\u00dfe.txt"), history.toString());

        git(shop, ("config " + setting).split(" "));

        assertEquals(history, history(shop).lines());
        assertEquals(sources, sources(shop));
    }

    /** What is checked out, and not committed, has no part in it. */
    @Test
    void aRevisionIsPackedWithoutBeingCheckedOut() throws IOException {
        git(shop, "tag", "v1", "HEAD~1");
        write("debian/changelog", "rubbish");
        write("environments.yml", "environments: {here: {package_name: shop, build: host, hosts: app.test},"
                + " nothing: {package_name: shop, hosts: app.test, deploy: [test]}}\n");

        var built = Cli.in(shop).run("deb-build", "here", "--revision", "v1", "-n");
        assertEquals(0, built.exit(), built.toString());
        assertTrue(built.out().contains("build shop 1.0\n"), built.out());
        built = Cli.in(shop).run("deb-build", "here", "--revision", "main", "-n");
        assertTrue(built.out().contains("build shop 1.0+1.g"), built.toString());

        var none = Cli.in(shop).run("deb-build", "here", "--revision", "nothing", "-n");
        assertEquals(3, none.exit(), none.toString());
        assertTrue(none.err().endsWith("there is no commit nothing here\ntry: git fetch --tags\n"), none.err());
        assertEquals(2, Cli.in(shop).run("deb-build", "here", "--revision", "v1", "--dirty").exit());
        assertEquals(2, Cli.in(shop).run("deploy", "nothing", "--revision", "v1").exit());
        assertEquals(2, Cli.in(shop).run("deploy", "here", "--revision", "v1", "--resume").exit());
    }

    /** What is refused without a target comes before the first step, which would make a container. */
    @Test
    void uncommittedWorkIsRefusedBeforeAnythingIsMade() throws IOException {
        write("environments.yml", "environments: {lxc: {package_name: shop, lxc: dragonfab-test-never-made}}\n");

        var refused = Cli.in(shop).run("deploy", "lxc");

        assertEquals(3, refused.exit(), refused.toString());
        assertTrue(refused.err().contains("there is uncommitted work"), refused.err());
        assertFalse(refused.out().contains("clone"), refused.out());
    }

    @Test
    void aCloneThatIsCutOffIsNotCounted() throws IOException {
        git(room, "clone", "-q", "--depth", "1", "file://" + shop, "cut");
        assertRefused(history(room.resolve("cut")), "this clone is shallow", "git fetch --unshallow");
        git(room, "clone", "-q", "--depth", "2", "file://" + shop, "two");
        assertRefused(history(room.resolve("two")), "this clone is shallow", "git fetch --unshallow");

        git(room.resolve("cut"), "fetch", "-q", "--unshallow");

        assertEquals(history(shop).lines(), history(room.resolve("cut")).lines());
    }

    /** As that of a site, whose version goes by the commit alone. */
    @Test
    void aCloneThatIsCutOffIsGoodEnoughWithoutAChangelog() throws IOException {
        git(shop, "rm", "-q", "-r", "debian");
        commit("without");
        git(room, "clone", "-q", "--depth", "1", "file://" + shop, "cut");

        var cut = history(room.resolve("cut"));

        assertTrue(cut.ok(), cut.err());
        assertEquals(history(shop).lines().get(0), cut.lines().get(0));
        assertEquals(history(shop).lines().get(2), cut.lines().get(2));
    }

    /** What is counted lies behind the cut. */
    @Test
    void aCloneThatIsCutOffBeforeTheChangelogIsCounted() throws IOException {
        write("debian/changelog", CHANGELOG.replace("1.0", "1.1") + "\n" + CHANGELOG);
        commit("1.1");
        write("app/page.txt", "third");
        commit("third");

        git(room, "clone", "-q", "--depth", "3", "file://" + shop, "cut");

        assertEquals("1", history(shop).lines().get(1));
        assertEquals(history(shop).lines(), history(room.resolve("cut")).lines());
    }

    @Test
    void whatGitRefusesIsNoProjectWithoutGit() throws IOException {
        Files.writeString(shop.resolve(".git/HEAD"), "rubbish");
        assertRefused(history(shop), "not a git repository", null);
        Files.delete(shop.resolve(".git/HEAD"));
        assertRefused(history(shop), "not a git repository", null);
        Files.createDirectories(room.resolve("bin"));
        for (var tool : List.of("sh", "env", "sed")) {
            Files.createSymbolicLink(room.resolve("bin/" + tool), Path.of("/usr/bin/" + tool));
        }
        assertRefused(history(shop, "PATH=" + room.resolve("bin")), "there is no git", "sudo apt-get install git");
    }

    @Test
    void whatBelongsToAnotherIsNoProjectWithoutGit() {
        assumeTrue(new LocalShell(room, null).ask(Command.of("chown", "-R", "nobody", "shop")).ok(), "needs root");

        assertRefused(history(shop, "HOME=" + room, "XDG_CONFIG_HOME=" + room, "GIT_CONFIG_NOSYSTEM=1"),
                "detected dubious ownership", "git config --global --add safe.directory " + shop);
    }

    @Test
    void aRepositoryWithoutACommitSaysWhatToType() throws IOException {
        var fresh = Files.createDirectories(room.resolve("fresh"));
        git(fresh, "init", "-q");

        assertRefused(history(fresh), "nothing of this folder is committed yet", "git add . && git commit");
    }

    @Test
    void withoutARepositoryThereIsNone() throws IOException {
        var plain = Files.createDirectories(room.resolve("plain/debian"));

        assertEquals(3, history(plain.getParent()).ended().code());
    }

    @Test
    void submodulesArePackedAsTheyAreCommitted() throws IOException {
        var theme = Files.createDirectories(room.resolve("theme"));
        git(theme, "init", "-q", "-b", "main");
        Files.writeString(theme.resolve("style.css"), "old\r\n");
        commit(theme, "first");
        var fonts = Files.createDirectories(room.resolve("fonts"));
        git(fonts, "init", "-q", "-b", "main");
        Files.writeString(fonts.resolve("serif"), "a font");
        commit(fonts, "first");
        git(theme, "-c", "protocol.file.allow=always", "submodule", "-q", "add", fonts.toString(), "my fonts");
        commit(theme, "fonts");
        git(shop, "-c", "protocol.file.allow=always", "submodule", "-q", "add", theme.toString(), "app/lib/theme");
        git(shop, "-c", "protocol.file.allow=always", "submodule", "-q", "update", "--init", "--recursive");
        commit("theme");
        Files.writeString(shop.resolve("app/lib/theme/style.css"), "new");

        var whole = packed(shop, "commit");
        assertTrue(whole.containsAll(List.of("app/lib/theme/style.css", "app/lib/theme/my fonts/serif")),
                whole.toString());
        assertEquals(" M app/lib/theme", history(shop).lines().get(3));
        assertTrue(packed(shop, "dirty").containsAll(List.of("app/lib/theme/style.css",
                "app/lib/theme/my fonts/serif", "app/page.txt")));

        git(room, "clone", "-q", shop.toString(), "bare");
        assertRefused(history(room.resolve("bare")), "the submodule app/lib/theme is not here",
                "git submodule update --init --recursive");
        git(room.resolve("bare"), "-c", "protocol.file.allow=always", "submodule", "-q", "update", "--init");
        assertRefused(history(room.resolve("bare")), "the submodule app/lib/theme/my fonts is not here",
                "git submodule update --init --recursive");
    }

    @Test
    void aPackageIsNotMadeWithoutItsDebianFolder() throws IOException {
        write(".gitattributes", "debian/ export-ignore\n");
        commit("no debian/ in archives");

        assertRefused(history(shop), ".gitattributes keeps debian/ out", "take export-ignore away");
    }

    @Test
    void filesOfLfsArePackedOrRefused() throws IOException {
        write(".gitattributes", "*.bin filter=lfs\n");
        write("app/large.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n");
        commit("large");
        assertRefused(history(shop), "app/large.bin is kept by git LFS", "sudo apt-get install git-lfs");

        git(shop, "config", "filter.lfs.smudge", "sed 's/.*/whole/'");

        assertEquals(0, history(shop).ended().code());
        assertTrue(sources(shop).contains("whole"));
    }

    private static void assertRefused(Result answer, String why, String remedy) {
        assertEquals(4, answer.ended().code(), answer.out() + answer.err());
        assertTrue(answer.err().contains(why), answer.err());
        assertTrue(remedy == null || answer.err().contains("try: " + remedy), answer.err());
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(shop.resolve(file).getParent());
        Files.writeString(shop.resolve(file), text);
    }

    private void commit(String message) {
        commit(shop, message);
    }

    private static void commit(Path folder, String message) {
        git(folder, "add", "-A");
        git(folder, "commit", "-q", "-m", message);
    }

    private static void git(Path folder, String... words) {
        var command = new ArrayList<>(List.of("git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org"));
        command.addAll(List.of(words));
        var answer = new LocalShell(folder, null).ask(Command.of(command.toArray()));
        assertTrue(answer.ok(), answer.out() + answer.err());
    }

    private static Result history(Path folder, String... variables) {
        return new LocalShell(folder, null).ask(in(source(folder).history(List.of()), variables));
    }

    private static SourceCommands source(Path folder) {
        return new SourceCommands(folder, Optional.empty());
    }

    private static Command in(Command command, String... variables) {
        var words = new ArrayList<Object>(List.of("env"));
        words.addAll(List.of(variables));
        return command.behind(words.toArray());
    }

    private static byte[] archive(Path folder, String how, String... variables) {
        var archive = new ByteArrayOutputStream();
        var said = new ByteArrayOutputStream();
        var export = source(folder).export("HEAD", how.equals("dirty"), List.of());
        var ended = new LocalShell(folder, null).execute(in(export, variables), archive, said, Duration.ofMinutes(1));
        assertEquals(0, ended.code(), said.toString());
        return archive.toByteArray();
    }

    /** Its files. */
    private List<String> packed(Path folder, String how, String... variables) throws IOException {
        var archive = Files.write(room.resolve("archive.tar"), archive(folder, how, variables));
        return new LocalShell(room, null).ask(Command.of("tar", "-tf", archive)).out().lines()
                .filter(name -> !name.endsWith("/") && !name.equals(".dragonfab-times")).sorted().toList();
    }

    /** Names, modes, times and contents. */
    private String sources(Path folder) throws IOException {
        var archive = Files.write(room.resolve("archive.tar"), archive(folder, "commit"));
        return new LocalShell(room, null).ask(Command.script("TZ=UTC tar -tvf \"$1\" | grep -v times;"
                + " tar -xOf \"$1\" --exclude=.dragonfab-times", archive)).out();
    }
}
