package dragonfab.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code new} writes for a project with a Procfile is built, installed, and answers. */
@Tag("long")
@OnContainers
class NewProcessesTest {
    private static final String NAME = Lab.PREFIX + "flask";
    private static final Shell INSIDE = new ContainerShell(Lab.HERE, NAME);

    @AfterAll
    static void remove() {
        Lab.remove("flask");
        Lab.remove("flask-build");
    }

    @Test
    void aFlaskProjectAnswersBehindNginxAfterItsFirstDeploy() throws Exception {
        var folder = Files.createDirectory(Files.createTempDirectory("dragonfab-new").resolve("greeter"));
        var cli = Cli.in(folder);
        Files.writeString(folder.resolve("app.py"), """
                import os
                from flask import Flask
                app = Flask(__name__)

                @app.get("/")
                def home():
                    done = os.path.expanduser("~/done")
                    more = open(done).read() if os.path.exists(done) else ""
                    return os.environ.get("GREETING", "flask") + " " + more
                """);
        Files.writeString(folder.resolve("requirements.txt"), "flask==3.0.3\ngunicorn==22.0.0\n");
        Files.writeString(folder.resolve("Procfile"), """
                web: gunicorn app:app --access-logformat '%(h)s'
                worker: python -c 'import time; print("100% awake"); time.sleep(9999)'
                release: python -c 'import flask; print("released", file=open("/var/lib/greeter/data/done", "w"))'
                """);
        cli.tool("git", "init", "-q");
        commit(cli);

        var made = cli.run("new");
        assertEquals(0, made.exit(), made.toString());
        inContainer(folder.resolve("environments.yml"));
        commit(cli);
        var deploy = cli.run("deploy", "lxc");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertEquals("flask released\n", served());
        var status = cli.run("status", "lxc", "--exit-code");
        assertEquals(0, status.exit(), status.toString());
        assertTrue(status.out().contains("healthy"), status.toString());
        assertEquals("active active", INSIDE.read(Command.script(
                "echo $(systemctl is-active greeter.service greeter-worker.service)")));
        assertEquals("", INSIDE.read(Command.script("find /usr/lib/greeter -type f -print0 |"
                + " xargs -0 grep -l debian/greeter || true")));

        // What the administrator sets is there after a restart.
        Lab.run(INSIDE, "echo GREETING=world > /etc/default/greeter");
        var restart = cli.run("web-restart", "lxc");
        assertEquals(0, restart.exit(), restart.toString());
        assertEquals("world released\n", served());

        Lab.run(INSIDE, "DEBIAN_FRONTEND=noninteractive apt-get -y purge greeter");
        assertEquals("inactive", INSIDE.read(Command.script("systemctl is-active greeter.socket || true")));
    }

    private static void inContainer(Path file) throws IOException {
        Files.writeString(file, Files.readString(file).replace("lxc: greeter-lxc", "lxc: " + NAME));
    }

    private static void commit(Cli cli) {
        cli.tool("git", "add", "-A");
        cli.tool("git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-q", "-m", "change it");
    }

    private static String served() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://" + Lab.address("flask") + "/")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
