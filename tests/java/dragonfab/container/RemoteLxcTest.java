package dragonfab.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.lab.Project;
import dragonfab.lab.SshServer;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A container on another machine: its host is reached over SSH, and the container through it. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RemoteLxcTest {
    private static final String NAME = Lab.PREFIX + "staging";
    private static final String CLONE = Lab.PREFIX + "clone";

    private static SshServer holder;
    private static Project project;

    @BeforeAll
    static void start() throws IOException {
        holder = SshServer.start();
        project = Project.guestbook();
        project.write("environments.yml", Files.readString(project.file("environments.yml"))
                .replace("guestbook-staging", NAME)
                .replace("guestbook-lxc", CLONE)
                .replace("lxc_host: ${env:STAGING_LXC_HOST}", "lxc_host: holder\n    ssh_config: " + holder.config()));
        project.commit("a container of the tests");
    }

    @AfterAll
    static void stop() {
        Lab.remove("staging");
        Lab.remove("staging-build");
        Lab.remove("clone");
        holder.close();
    }

    @Test
    @Order(1)
    void theSameDeployGoesToAContainerOnAnotherHost() {
        project.cli().with("GUESTBOOK_DB_PASSWORD", "a pass'word ü");
        var deploy = project.cli().run("deploy", "staging");
        assertEquals(0, deploy.exit(), deploy.toString());
        assertFalse(deploy.out().contains("pass'word"), deploy.out());

        var status = project.cli().run("status", "staging", "--json");
        assertTrue(status.out().contains("\"url\":\"http:\\/\\/10.") || status.out().contains("\"url\":\"http://10."),
                status.toString());
        for (var transport : List.of("sshj", "openssh")) {
            var health = project.cli().run("run", "staging", "--set", "transport=" + transport, "--", "curl", "-s",
                    "localhost/health/");
            assertTrue(health.out().contains("ok guestbook "), health.toString());
        }
    }

    @Test
    @Order(2)
    void itsEntriesAndPicturesComeToAContainerHereUnderOtherNames() throws IOException {
        project.cli().with("GUESTBOOK_DB_PASSWORD", "a pass'word ü");
        Lab.run(new ContainerShell(Lab.HERE, NAME), """
                cd "$(mktemp -d)"
                python3 -c 'from PIL import Image; Image.new("RGB", (3, 2), "red").save("red.png")'
                token=$(curl -s -c jar localhost/ | sed -n 's/.*csrfmiddlewaretoken" value="\\([^"]*\\)".*/\\1/p' | head -n 1)
                curl -s -f -b jar -o /dev/null -F csrfmiddlewaretoken="$token" -F author='Ada Lovelace' \
                    -F message='a picture of ü' -F picture=@red.png localhost/
                """);

        var deploy = project.cli().run("deploy", "lxc",
                "--set", "deploy=[init, deb-deploy, db-clone, db-migrate, data-refresh, web-restart, test]");

        assertEquals(0, deploy.exit(), deploy.toString());
        var here = new ContainerShell(Lab.HERE, CLONE);
        var page = here.read(Command.of("curl", "-s", "-f", "localhost/"));
        assertTrue(page.contains("a picture of ü") && !page.contains("Lovelace"), page);
        var picture = here.read(Command.script(
                "curl -s -f localhost/ | sed -n 's/.*src=\"\\(\\/media\\/[^\"]*\\)\".*/\\1/p'"));
        assertEquals("image/png", here.read(Command.of("curl", "-s", "-f", "-o", "/dev/null", "-w", "%{content_type}",
                "localhost" + picture)));
        assertEquals("guestbook:guestbook", here.read(Command.of("stat", "-c", "%U:%G",
                "/var/lib/guestbook/" + picture)));
    }
}
