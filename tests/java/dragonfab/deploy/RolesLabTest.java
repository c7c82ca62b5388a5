package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.Login;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three SSH hosts with roles, one of them on a port of its own; and as many names as a fleet has. */
@OnContainers
class RolesLabTest {
    private static final int FLEET = 24;
    private static final long LINES = 1_008_000;
    private static final long MOST_KB = 300 * 1024;
    private static final int PORT = 2222;

    private static final Map<String, Shell> HOSTS = new LinkedHashMap<>();
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("dragonfab-roles");
        var login = Login.in(folder);
        for (var name : new String[] {"app1", "app2", "beat"}) {
            HOSTS.put(name, Lab.container(name));
            login.to(name, HOSTS.get(name), "deploy ALL=(ALL) NOPASSWD: ALL");
        }
        ports();
        aliases();
        environments();
    }

    /** The sshd of beat listens there alone, and the others let many in at once. */
    private static void ports() throws IOException {
        for (var name : HOSTS.keySet()) {
            Lab.run(HOSTS.get(name), """
                    echo "$1" > /etc/ssh/sshd_config.d/tests.conf
                    systemctl restart ssh
                    """, name.equals("beat") ? "Port " + PORT : "MaxStartups 100");
        }
        var known = folder.resolve("known_hosts");
        var beat = Lab.address("beat");
        Files.writeString(known, Files.readString(known).replace(beat + " ", "[" + beat + "]:" + PORT + " "));
    }

    /** Each is a host of its own to us, and stands for one of the first two. */
    private static void aliases() throws IOException {
        for (int n = 1; n <= FLEET; n++) {
            var address = Lab.address(n % 2 == 0 ? "app1" : "app2");
            Files.writeString(folder.resolve("ssh_config"), "Host many" + n + "\n  HostName " + address + "\n",
                    StandardOpenOption.APPEND);
        }
    }

    private static void environments() throws IOException {
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  __all__: {ssh_config: ssh_config, remote_path: /srv, app_user: root}
                  roles:
                    db_migrate: echo "$PLACE" >> /srv/migrated
                    app_env: {PLACE: nowhere}
                    hosts:
                      %s: {roles: app}
                      %s: {roles: [app, db], app_env: {PLACE: second}}
                      %s: {roles: beat, port: %d}
                    deploy:
                      - run: sudo touch /srv/everywhere
                      - db-migrate
                      - {run: sudo touch /srv/once, roles: app, once: true}
                      - {run: sudo touch /srv/beat, roles: beat}
                  many:
                    hosts: [%s]
                  dead:
                    connect_timeout: 3
                    hosts: [%s, 192.0.2.1, 192.0.2.2]
                """.formatted(Lab.address("app1"), Lab.address("app2"), Lab.address("beat"), PORT,
                IntStream.rangeClosed(1, FLEET).mapToObj(n -> "many" + n).collect(Collectors.joining(", ")),
                Lab.address("app1")));
    }

    @AfterAll
    static void remove() {
        HOSTS.keySet().forEach(Lab::remove);
    }

    @Test
    void stepsRunOnTheHostsOfTheirRoles() {
        var deploy = Cli.in(folder).run("deploy", "roles");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertEquals("everywhere once", there("app1"));
        assertEquals("everywhere migrated", there("app2"));
        assertEquals("beat everywhere", there("beat"));
        assertEquals("second", HOSTS.get("app2").read(Command.of("cat", "/srv/migrated")));

        var ran = Cli.in(folder).run("run", "roles", "--host", "!@beat,!" + Lab.address("app1"), "--", "hostname");
        assertEquals(Lab.PREFIX + "app2\n", ran.out());
    }

    private static String there(String host) {
        return HOSTS.get(host).read(Command.of("ls", "/srv")).lines().collect(Collectors.joining(" "));
    }

    @Test
    void deadHostsAreNamedAndTheOthersDoTheirWork() {
        var ran = Cli.in(folder).run("run", "dead", "--", "hostname");

        assertEquals(1, ran.exit(), ran.toString());
        assertTrue(ran.out().contains(Lab.address("app1") + ": " + Lab.PREFIX + "app1\n"), ran.toString());
        assertTrue(ran.err().contains("run: dead: 2 of 3 hosts failed: 192.0.2.1 (no connection), 192.0.2.2"
                + " (no connection)\n"), ran.err());
    }

    @Test
    void aMillionLinesOfAFleetTakeLittleMemory() throws Exception {
        var heard = new AtomicLong();
        var run = Cli.in(folder).follow(line -> heard.addAndGet(line.endsWith("much to say") ? 1 : 0),
                "run", "many", "--",
                "yes a line of a log, as long as such lines are, of a host that has much to say | head -n "
                        + LINES / FLEET);
        long most = 0;
        while (run.isAlive()) {
            most = Math.max(most, peak(run.pid()));
            Thread.sleep(50);
        }

        assertEquals(0, run.exitValue());
        for (int i = 0; i < 100 && heard.get() < LINES; i++) {
            Thread.sleep(50);
        }
        assertEquals(LINES, heard.get());
        assertTrue(most > 0 && most < MOST_KB, most + " KB");
    }

    /** The most that it ever had, in KB. */
    private static long peak(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        } catch (IOException over) {
            return 0;
        }
    }
}
