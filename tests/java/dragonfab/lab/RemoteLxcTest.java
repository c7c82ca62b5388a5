package dragonfab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A container on another machine: its host is reached over SSH, and the container through it. */
@OnContainers
class RemoteLxcTest {
    private static final String NAME = Lab.PREFIX + "staging";

    private static SshServer holder;
    private static Project project;

    @BeforeAll
    static void start() throws IOException {
        holder = SshServer.start();
        project = Project.guestbook();
        project.write("environments.yml", Files.readString(project.file("environments.yml"))
                .replace("guestbook-staging", NAME)
                .replace("lxc_host: ${env:STAGING_LXC_HOST}", "lxc_host: holder\n    ssh_config: " + holder.config()));
        project.commit("a container of the tests");
    }

    @AfterAll
    static void stop() {
        Lab.remove("staging");
        Lab.remove("staging-build");
        holder.close();
    }

    @Test
    void theSameDeployGoesToAContainerOnAnotherHost() {
        project.cli().with("GUESTBOOK_DB_PASSWORD", "a pass'word ü");
        var deploy = project.cli().run("deploy", "staging");
        assertEquals(0, deploy.exit(), deploy.toString());
        assertFalse(deploy.out().contains("pass'word"), deploy.out());

        var status = project.cli().run("status", "staging", "--json");
        assertTrue(status.out().contains("\"url\":\"http:\\/\\/10.") || status.out().contains("\"url\":\"http://10."),
                status.toString());
        var health = project.cli().run("run", "staging", "--", "curl", "-s", "localhost/health/");
        assertTrue(health.out().contains("ok guestbook "), health.toString());
    }
}
