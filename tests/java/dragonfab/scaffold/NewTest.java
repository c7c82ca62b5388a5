package dragonfab.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.config.Environments;
import dragonfab.config.Key;
import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewTest {
    static final String MANAGE = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n";

    final ScriptedConnector world = new ScriptedConnector();

    @TempDir
    Path above;

    Path folder;

    @BeforeEach
    void project() throws IOException {
        folder = Files.createDirectory(above.resolve("Guest Book"));
        world.here().answering(asked("DEBFULLNAME", "user.name"), "Ann Other\n")
                .answering(asked("DEBEMAIL", "user.email"), "ann@example.org\n");
    }

    @Test
    void writesThePackagingOfADjangoProject() throws IOException {
        git(128);
        write("manage.py", MANAGE);

        var launch = launch();

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("""
                debian/changelog debian/config debian/control debian/copyright debian/dirs debian/guest-book-manage \
                debian/guest-book.service debian/guest-book.socket debian/install debian/nginx/guest-book \
                debian/postinst debian/postrm debian/prerm debian/rules debian/site/guest_book_deployed.py \
                debian/site/guest_book_values.py debian/source/format debian/templates environments.yml manage.py\
                """, files());
        assertTrue(read("debian/changelog").startsWith("guest-book (0.1) unstable; urgency=medium\n"));
        assertTrue(read("debian/changelog").contains("\n -- Ann Other <ann@example.org>  "));
        assertTrue(read("debian/guest-book.service").contains(" mysite.wsgi\n"));
        assertTrue(read("debian/site/guest_book_deployed.py").contains("\nfrom mysite.settings import *"));
        assertTrue(Files.isExecutable(folder.resolve("debian/rules")));
    }

    @Test
    void leavesNoMarkOfATemplateBehind() throws IOException {
        git(128);
        write("src/manage.py", MANAGE);
        launch();

        for (var file : files().split(" ")) {
            assertFalse(read(file).matches("(?s).*@[A-Z]+@.*"), file);
        }
        assertTrue(read("debian/rules").contains("cd src && "));
    }

    @Test
    void writesAnEnvironmentsFileThatIsValid() throws IOException {
        git(128);
        write("manage.py", MANAGE);
        launch();

        var environments = Environments.load(folder.resolve("environments.yml"));
        var lxc = environments.environment("lxc", java.util.Map.of());

        assertEquals("", String.join("\n", environments.warnings()));
        assertEquals("guest-book", lxc.get(Key.PACKAGE_NAME));
        assertEquals("guest-book-lxc", lxc.get(Key.LXC));
        assertEquals("guest-book-manage", lxc.get(Key.MANAGE));
        // Its production is a comment, and must be valid once it is none.
        write("environments.yml", read("environments.yml").replaceAll("(?m)^#(  +)", "$1"));
        write("debconf.dat.production", "");
        assertEquals(java.util.List.of("lxc", "production"),
                Environments.load(folder.resolve("environments.yml")).names());
    }

    @Test
    void installsTheFilesOfAnyOtherProject() throws IOException {
        git(128);
        write("pyproject.toml", "[build-system]\nname = \"wrong\"\n[project]\nversion = \"1\"\nname = \"Right_One\"\n");

        assertEquals(0, launch().exit());

        assertEquals("debian/changelog debian/control debian/copyright debian/rules debian/source/format"
                + " environments.yml pyproject.toml", files());
        assertTrue(read("debian/control").contains("\nPackage: right-one\n"));
        assertEquals("right-one-lxc", Environments.load(folder.resolve("environments.yml"))
                .environment("lxc", java.util.Map.of()).get(Key.LXC));
    }

    @Test
    void takesTheNameOfThePackagingThatIsThereAndLeavesItAlone() throws IOException {
        git(128);
        write("debian/control", "Source: x\n\nPackage: exampleapp\n");

        var launch = launch();

        assertEquals("""
                unchanged  local: write debian/: it is there already
                changed    local: write environments.yml
                1 changed, 1 unchanged
                """, launch.out());
        assertEquals("debian/control environments.yml", files());
        assertTrue(read("environments.yml").contains("package_name: exampleapp\n"));
    }

    @Test
    void keepsBuiltPackagesOutOfGitOnce() throws IOException {
        git(0);
        write(".gitignore", "*.pyc");
        assertTrue(launch().out().contains("changed    local: keep dist/ out of git\n"));
        assertEquals("*.pyc\ndist/\n", read(".gitignore"));

        Files.delete(folder.resolve("environments.yml"));
        assertTrue(launch().out().contains("unchanged  local: keep dist/ out of git: it is in .gitignore\n"));
        assertEquals("*.pyc\ndist/\n", read(".gitignore"));
    }

    @Test
    void overwritesNothing() throws IOException {
        write("environments.yml", "mine");

        var launch = launch();

        assertEquals(3, launch.exit());
        assertEquals("new: local: " + folder.resolve("environments.yml") + " is there already\n", launch.err());
        assertEquals("environments.yml", files());
        assertEquals("mine", read("environments.yml"));
    }

    @Test
    void onlyTellsInADryRun() throws IOException {
        git(0);

        var launch = launch("-n");

        assertEquals(0, launch.exit());
        assertTrue(launch.out().endsWith("planned    local: keep dist/ out of git\n7 planned\n"), launch.out());
        assertEquals("", files());
    }

    @Test
    void needsAFolder() {
        var launch = Launch.of("new", world, folder.resolve("nowhere").toString());

        assertEquals(2, launch.exit());
        assertEquals("new: " + folder.resolve("nowhere") + ": is no folder\n", launch.err());
    }

    private String asked(String variable, String key) {
        return "sh -c 'printenv \"$1\" || git -C \"$2\" config \"$3\"' sh " + variable + " '" + folder + "' " + key;
    }

    private void git(int code) {
        world.here().answering("git -C '" + folder + "' rev-parse --is-inside-work-tree", code, "");
    }

    private Launch launch(String... options) {
        var words = new java.util.ArrayList<>(java.util.List.of(options));
        words.add(folder.toString());
        return Launch.of("new", world, words.toArray(String[]::new));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private String files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted()
                    .collect(Collectors.joining(" "));
        }
    }
}
