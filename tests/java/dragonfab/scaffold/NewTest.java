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
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewTest {
    static final String MANAGE = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n";

    static final String FLASK = "from flask import Flask\napp = Flask(__name__)\n";

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

    @ParameterizedTest
    @CsvSource({"manage.py", "app.py", "readme"})
    void theFirstLineNamesAScriptAsThePersonTypesIt(String file) throws IOException {
        git(128);
        write(file, file.equals("manage.py") ? MANAGE : FLASK);
        write("requirements.txt", "flask\ngunicorn\n");

        var launch = Launch.installed("new", world, folder.toString());

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("# Every key is explained in environments.yml.example of dragonfab; dragonfab env lxc shows what"
                + " holds.", read("environments.yml").lines().findFirst().orElseThrow());
    }

    @Test
    void whereTheCommandLiesOnThisMachineIsNotWritten() throws IOException {
        git(128);

        var launch = Launch.installedAs("/home/ann/.local/bin/dragonfab", "new", world, folder.toString());

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(read("environments.yml").startsWith("# Every key is explained in environments.yml.example of"
                + " dragonfab; dragonfab env lxc shows what holds.\n"), read("environments.yml"));
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

        assertNoMarks();
        assertTrue(read("debian/rules").contains("cd src && "));
    }

    private void assertNoMarks() throws IOException {
        for (var file : files().split(" ")) {
            assertFalse(Pattern.compile("@[A-Z]+@|@[a-z]+@|@include ").matcher(read(file)).find(), file);
        }
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
    void saysWhereNothingIsStartedWhatWouldBe() throws IOException {
        git(128);
        // Applications are known by their classes, and need what their requirements name.
        write("app.py", "import typer\napp = typer.Typer()\n");
        write("requirements.txt", "typer\n");
        write("wsgi.py", "from shop import create_app\n");

        var launch = launch();

        assertEquals(0, launch.exit());
        assertTrue(launch.err().contains("local: the package brings the files of guest-book and starts nothing: there"
                + " is no Procfile with a line such as web: COMMAND, "), launch.err());
        assertFalse(files().contains(".service"), files());
        assertTrue(read("environments.yml").contains("web_server: none\n"));
    }

    @Test
    void startsEachProcessOfAProcfileButTheReleaseCommand() throws IOException {
        git(128);
        write("app.py", FLASK);
        write("requirements.txt", "flask==3.0.3\nGunicorn==22.0.0\n");
        write("Procfile", """
                # what runs
                web: gunicorn app:app --log-format '%(h)s' -b 0.0.0.0:$PORT

                worker: cd jobs && python work.py
                release: flask db upgrade ${STEP}
                """);

        var launch = launch();

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("", launch.err());
        assertEquals("Procfile app.py debian/changelog debian/control debian/copyright debian/dirs"
                + " debian/guest-book.guest-book-worker.service debian/guest-book.service debian/guest-book.socket"
                + " debian/install debian/nginx/guest-book debian/postinst debian/postrm debian/prerm debian/rules"
                + " debian/source/format environments.yml requirements.txt", files());
        var web = read("debian/guest-book.service");
        assertTrue(web.contains("\nAfter=network.target postgresql.service guest-book.socket\n"
                + "Requires=guest-book.socket\n"), web);
        assertTrue(web.contains("\nType=notify\n"), web);
        assertTrue(web.contains("\nExecStart=/bin/sh -c 'exec gunicorn app:app --log-format \\'%%(h)s\\'"
                + " -b 0.0.0.0:$$PORT'\nKillMode=mixed\n"), web);
        var worker = read("debian/guest-book.guest-book-worker.service");
        assertTrue(worker.contains("\nAfter=network.target postgresql.service\n"), worker);
        assertTrue(worker.contains("\nExecStart=/bin/sh -c 'cd jobs && python work.py'\nKillMode=control-group\n"),
                worker);
        assertTrue(read("debian/nginx/guest-book").contains("proxy_pass http://unix:/run/guest-book.sock;"));
        var rules = read("debian/rules");
        assertTrue(rules.contains("-m pip install -q --no-compile -r requirements.txt\n"), rules);
        assertTrue(rules.contains("\n\tfor unit in guest-book-worker; do dh_installsystemd --name=$$unit "), rules);
        var lxc = Environments.load(folder.resolve("environments.yml")).environment("lxc", java.util.Map.of());
        assertEquals(java.util.List.of("guest-book.service", "guest-book-worker.service"), lxc.get(Key.SERVICES));
        assertEquals("flask db upgrade ${STEP}", lxc.get(Key.DB_MIGRATE));
        assertNoMarks();
    }

    @Test
    void aPythonProjectWithRequirementsIsASite() throws IOException {
        git(128);
        write("app.py", FLASK + "@app.get('/healthz')\n");
        write("requirements.txt", "flask\n");

        assertEquals(0, launch().exit());

        assertEquals("app.py environments.yml requirements.txt", files());
        var lxc = Environments.load(folder.resolve("environments.yml")).environment("lxc", java.util.Map.of());
        assertTrue(lxc.isSite());
        assertEquals(Optional.of("guest-book-site-main"), lxc.application());
        assertEquals("PythonApp[by=WSGI, object=app:app]", String.valueOf(lxc.get(Key.APP)));
        assertTrue(read("environments.yml").contains("\n    health: /healthz\n"));
        assertNoMarks();
        // Its production is a comment, and must be valid once it is none.
        write("environments.yml", read("environments.yml").replaceAll("(?m)^#(  +)", "$1"));
        assertEquals(java.util.List.of("lxc", "production"),
                Environments.load(folder.resolve("environments.yml")).names());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"mysite.settings | mysite/settings/production.py | mysite.settings.production",
        "mysite.settings.local | mysite/settings/prod.py | mysite.settings.prod",
        "config.settings | config/settings_production.py | config.settings_production",
        "mysite.settings.production | mysite/settings/production.py | ", "mysite.settings | mysite/production.py | "})
    void settingsForVisitorsGoBeforeThoseForDevelopers(String named, String file, String taken) throws IOException {
        git(128);
        write("requirements.txt", "django\n");
        write("src/manage.py", MANAGE.replace("mysite.settings", named));
        write("src/" + file, "");

        var launch = launch();

        assertEquals(0, launch.exit(), launch.err());
        assertEquals(taken, Environments.load(folder.resolve("environments.yml"))
                .environment("lxc", java.util.Map.of()).get(Key.SETTINGS));
        assertEquals(taken != null, (launch.out() + launch.err()).contains("settings: " + taken + ", and not those"),
                launch.out());
        assertEquals(folder.resolve("src"), Environments.load(folder.resolve("environments.yml"))
                .environment("lxc", java.util.Map.of()).get(Key.DJANGO_PROJECT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"wsgi.py | from shop import make, app as application | wsgi:application",
        "wsgi.py | application = make() | wsgi:application",
        "wsgi.py | def application(environ, start): | wsgi:application",
        "asgi.py | from shop import app | asgi:app", "app.py | app: Flask = Flask(__name__) | app:app",
        "main.py | app=FastAPI(title='x') | main:app", "app.py | application = app = bottle.Bottle() | app:application",
        "wsgi.py | from shop import app as shop | ", "wsgi.py | app.config['x'] = 1 | ",
        "app.py | app = Celery('app', broker=url) | ", "app.py | if app == Flask(1): | ",
        "views.py | app = Flask(x) | "})
    void findsAnApplicationWithoutRunningIt(String file, String line, String name) throws IOException {
        git(128);
        write(file, "import x\n" + line + "\n");
        write("requirements.txt", "flask\n");

        launch();

        var app = Environments.load(folder.resolve("environments.yml")).environment("lxc", java.util.Map.of())
                .find(Key.APP).map(found -> found.object()).orElse(null);
        assertEquals(name, app);
    }

    @Test
    void letsAServerThatTakesNoSocketListenAtAPort() throws IOException {
        git(128);
        write("Procfile", "web: ./serve --port $PORT\n");

        launch();

        var unit = read("debian/guest-book.service");
        assertTrue(unit.contains(" PORT=8000\n") && unit.contains("\nType=exec\n"), unit);
        assertTrue(read("debian/nginx/guest-book").contains("proxy_pass http://127.0.0.1:8000;"));
        assertFalse(files().contains(".socket"), files());
        assertFalse(read("debian/rules").contains("pip"));
        assertTrue(read("debian/control").contains("\nArchitecture: all\n"));
    }

    @Test
    void putsNoWebServerBeforeAProcfileWithoutWeb() throws IOException {
        git(128);
        write("Procfile", "worker: ./work\n");

        launch();

        assertEquals("Procfile debian/changelog debian/control debian/copyright debian/dirs"
                + " debian/guest-book.guest-book-worker.service debian/postinst debian/postrm debian/rules"
                + " debian/source/format environments.yml", files());
        assertFalse(read("debian/postinst").contains("nginx") || read("debian/control").contains("nginx"));
        assertTrue(read("environments.yml").contains("web_server: none\n"));
        assertNoMarks();
    }

    @Test
    void startsTheWorkersOfADjangoProjectBesideItsSite() throws IOException {
        git(128);
        write("manage.py", MANAGE);
        write("requirements.txt", "django\n");
        write("Procfile",
                "web: gunicorn other.wsgi\nworker: python manage.py work\nrelease: python manage.py migrate\n");

        launch();

        assertTrue(read("debian/guest-book.service").contains(" mysite.wsgi\n"));
        var worker = read("debian/guest-book.guest-book-worker.service");
        assertTrue(worker.contains("\nExecStart=/bin/sh -c 'exec python3 manage.py work'\n"), worker);
        assertTrue(worker.contains("DJANGO_SETTINGS_MODULE=guest_book_deployed\n"), worker);
        assertTrue(read("debian/rules").endsWith("dh_installsystemd --name=$$unit || exit 1; done\n"));
        assertNoMarks();
    }

    @Test
    void refusesALineOfAProcfileThatIsNoProcess() throws IOException {
        write("Procfile", "web: ./serve\n\nweb ./again\n");

        var launch = launch();

        assertEquals(2, launch.exit());
        assertEquals("new: " + folder.resolve("Procfile")
                + ", line 3: is no process (one is written NAME: COMMAND)\n", launch.err());
        assertEquals("Procfile", files());
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
