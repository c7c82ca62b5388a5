package dragonfab.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.ScriptedShell;
import dragonfab.target.ScriptedConnector;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {
    static final String ENVIRONMENTS = """
            environments:
              __all__:
                package_name: guestbook
                web_server: none
              lxc:
                lxc: guestbook-lxc
              staging:
                hosts: [app1.test, app2.test]
              web:
                hosts: app1.test
                web_server: nginx
              nothing:
                db_name: guestbook
            """;
    static final String QUESTIONS = "[root] doctor-target guestbook";
    static final String WELL = """
            system Debian GNU/Linux 12 (bookworm)
            architecture amd64
            time NOW
            disk / 5000000
            disk /var 1000000
            has systemd
            has python3
            has debconf-set-selections
            installed 1.4
            kept 3
            """;

    final ScriptedConnector world = new ScriptedConnector();

    @BeforeEach
    void allIsWellHere() {
        world.here().answering("doctor-local", "git 2.39.5\nssh OpenSSH_9.2p1\nlxc 5.0.2\nbridge lxcbr0\n")
                .answering("[root] true", "").answering("[root] lxc-info -n vanilla -sH", "STOPPED\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "999999999999999999999999999999"})
    void aGarbledNumberIsAFindingAndNoNumber(String number) {
        host("app1.test", WELL.replace("NOW", number).replace("5000000", number));
        host("app2.test", WELL);

        var launch = doctor("staging");

        assertEquals(1, launch.exit(), launch.err() + launch.out());
        assertTrue(launch.out().contains("it does not tell the time"), launch.out());
        assertTrue(launch.out().contains("it does not say how much is free: /"), launch.out());
    }

    @Test
    void aPackageThatNothingStartsIsWarnedOf() {
        host("app1.test", WELL.replace("kept 3", "starts nothing\nkept 3"));
        host("app2.test", WELL);

        var said = doctor("staging").out().lines().filter(line -> line.contains("services")).toList();
        assertEquals(1, said.size(), said.toString());
        assertTrue(
                said.get(0).matches("app1.test +services +warning +the package brings none, and nothing for init, cron"
                        + " or a web server: nothing starts it +a unit in debian/, or name under services what runs it"),
                said.toString());

        host("app1.test", WELL.replace("kept 3", "starts nothing\nkept 3"));
        assertFalse(doctor("staging", "--set", "services=[other.service]").out().contains("nothing starts it"));
    }

    @Test
    void findsNothingWrongWhereAllIsWell() {
        host("app1.test", WELL);
        host("app2.test", WELL);

        var launch = doctor("staging");

        assertEquals(0, launch.exit(), launch.err() + launch.out());
        assertEquals("""
                place             check       level  finding                                 remedy
                local             java        ok     Java %d
                local             git         ok     git 2.39.5
                local             ssh         ok     OpenSSH_9.2p1
                local             lxc         ok     LXC 5.0.2, bridge up
                local             root        ok     without a question
                local             template    ok     vanilla is there
                environments.yml  file        ok     valid, with lxc, staging, web, nothing
                app1.test         connection  ok     host key known, logged in as deploy
                app1.test         root        ok     without a question
                app1.test         system      ok     Debian GNU/Linux 12 (bookworm), amd64
                app1.test         disk        ok     5.0 GB free on /
                app1.test         disk        ok     1.0 GB free on /var
                app1.test         clock       ok     agrees with this machine's
                app1.test         dpkg        ok     no package is half-configured
                app1.test         apt         ok     nobody is at work
                app1.test         systemd     ok     is there
                app1.test         python3     ok     is there
                app1.test         debconf     ok     is there
                app1.test         releases    ok     1.4 runs, 3 kept
                """.formatted(Runtime.version().feature()),
                launch.out().replaceAll("(?m)^app2.*\n", "").replaceAll("(?m) +$", ""));
        assertEquals(12, launch.out().lines().filter(line -> line.startsWith("app2.test ")).count());
        assertEquals("", world.changes());
    }

    @Test
    void goesOnWhereAHostCannotBeReached() {
        world.unreachable("app1.test", new ConnectionLost("app1.test", "connection refused")
                .remedy("is sshd running there?"));
        host("app2.test", WELL);

        var launch = doctor("staging");

        assertEquals(1, launch.exit());
        assertTrue(line(launch, "app1.test connection problem connection refused is sshd running there?"),
                launch.out());
        assertTrue(line(launch, "app2.test system ok Debian GNU/Linux 12 (bookworm), amd64"), launch.out());
        assertEquals("doctor: staging: one problem found\n", launch.err());
    }

    @Test
    void namesEveryTroubleOfAHostAndItsRemedy() {
        host("app2.test", WELL);
        host("app1.test", WELL.replace("has systemd\n", "").replace("disk /var 1000000", "disk /var 400000")
                .replace("time NOW", "time " + (Instant.now().getEpochSecond() - 100))
                + "unfinished guestbook\nunfinished nginx\nlocked apt-get 4711\n"
                + "unreadable Conflicting values set for option Signed-By\nunreadable The list of sources\n");

        var launch = doctor("staging");

        assertEquals(1, launch.exit());
        assertTrue(line(launch, "app1.test disk problem 0.4 GB free on /var make room"), launch.out());
        assertTrue(launch.out().matches("(?s).*clock +problem +is (99|100|101) s behind this machine's +timedatectl.*"),
                launch.out());
        assertTrue(line(launch, "app1.test dpkg problem half-configured: guestbook, nginx sudo dpkg --configure -a"));
        assertTrue(line(launch, "app1.test apt warning apt-get, process 4711, is at work a deploy waits"),
                launch.out());
        assertTrue(line(launch, "app1.test systemd problem it does not run there"), launch.out());
        assertTrue(line(launch,
                "app1.test apt sources problem apt can read none of them: Conflicting values set for option"
                        + " Signed-By mend what it names"),
                launch.out());
        assertEquals("doctor: staging: 5 problems found\n", launch.err());
    }

    @Test
    void asksWithoutRootWhereSudoSaysNo() {
        var refused = new ScriptedConnector();
        refused.here().answering("doctor-local", "git 1\nssh 1\n");
        refused.at("app1.test").answering("id -un", "deploy\n").answering("[root] true", 1, "")
                .answering("doctor-target guestbook", WELL.replace("NOW", "" + Instant.now().getEpochSecond()));

        var launch = Launch.of(ENVIRONMENTS, "doctor", refused, "staging", "--host", "app1.test");

        assertEquals(1, launch.exit());
        assertTrue(line(launch, "app1.test root problem sudo is not there, refuses, or asks for a password let deploy"),
                launch.out());
        assertTrue(line(launch, "app1.test disk ok 5.0 GB free on /"), launch.out());
    }

    @Test
    void startsNoContainer() {
        world.here().answering("[root] lxc-info -n guestbook-lxc -sH", 0, "STOPPED\n")
                .answering("[root] lxc-info -n guestbook-lxc -sH", 1, "")
                .answering("[root] lxc-info -n guestbook-lxc -sH", 0, "FROZEN\n");

        var stopped = doctor("lxc");
        var missing = doctor("lxc");
        var frozen = doctor("lxc");

        assertEquals(0, stopped.exit());
        assertTrue(line(stopped, "guestbook-lxc container warning is stopped jbang lxc@dragonfab lxc start"));
        assertEquals(0, missing.exit());
        assertTrue(line(missing, "guestbook-lxc container warning is not there yet jbang lxc@dragonfab lxc create"));
        assertEquals(1, frozen.exit());
        assertTrue(line(frozen, "guestbook-lxc container problem is frozen sudo lxc-unfreeze -n guestbook-lxc"));
        assertEquals("", world.changes());
    }

    @Test
    void saysWhatIsMissingHere() {
        var bare = new ScriptedConnector();
        bare.here().answering("doctor-local", "").answering("[root] lxc-info -n guestbook-lxc -sH", 127, "");

        var launch = Launch.of(ENVIRONMENTS, "doctor", bare, "lxc");

        assertEquals(1, launch.exit());
        assertTrue(line(launch,
                "local git warning is not installed, and builds of a commit need it sudo apt-get install git"));
        assertTrue(line(launch, "local ssh warning is not installed"), launch.out());
        assertTrue(line(launch, "local lxc problem LXC is not installed jbang init@dragonfab lxc"), launch.out());
        assertEquals("", bare.changes());
    }

    @Test
    void looksAtTheWebServer() {
        host("app1.test", WELL).answering("[root] maintenance-facts guestbook nginx ''",
                "package yes\nserver yes\nsite\tno\town\t/etc/nginx/sites-enabled/guestbook:3\t_\t\nshown live\n");

        var launch = doctor("web");

        assertEquals(1, launch.exit());
        assertTrue(line(launch, "app1.test web server problem the site cannot be put into maintenance put this line "
                + "first into the site's server block: include /etc/nginx/dragonfab/guestbook/*.conf;"), launch.out());
    }

    @Test
    void looksAtTheClockOfTheRepositoryThatTargetsPullFrom() {
        var now = Instant.now().getEpochSecond();
        world.at("apt.test").answering("doctor-clock", now + "\n").answering("doctor-clock", now + 300 + "\n")
                .answering("doctor-clock", now - 20 + "\n").answering("doctor-clock", "soon\n");

        assertTrue(line(pulled("repository_host=apt.test"), "apt.test clock ok agrees with this machine's"));
        var ahead = pulled("repository_host=apt.test");
        assertEquals(1, ahead.exit(), ahead.out());
        assertTrue(ahead.out().matches("(?s).*apt.test +clock +problem +is (299|300) s ahead of this machine's"
                + " +timedatectl set-ntp true, on whichever is wrong.*"), ahead.out());
        assertTrue(pulled("repository_host=apt.test").out()
                .matches("(?s).*apt.test +clock +problem +is 2\\d s behind this machine's.*"));
        assertTrue(line(pulled("repository_host=apt.test"), "apt.test clock problem it does not tell the time"));
        assertFalse(doctor("staging").out().contains("apt.test"));
    }

    @Test
    void aRepositoryThatCannotBeAskedIsAProblem() {
        world.at("apt.test").answering("doctor-clock", 127, "", "sh: 1: date: not found\n");
        var unable = pulled("repository_host=apt.test");
        assertTrue(line(unable, "apt.test repository problem "), unable.out());

        world.unreachable("apt.test", new ConnectionLost("apt.test", "connection refused"));
        var launch = pulled("repository_host=apt.test");

        assertEquals(1, launch.exit(), launch.out());
        assertTrue(line(launch, "apt.test repository problem connection refused"), launch.out());
    }

    @Test
    void aRepositoryThatTheFirstPublishMakesOrStartsIsWarnedOf() {
        world.here().answering("[root] lxc-info -n apt-lxc -sH", 1, "")
                .answering("[root] lxc-info -n apt-lxc -sH", 0, "STOPPED\n");

        for (var text : new String[] {"is not there yet", "does not run, but is STOPPED"}) {
            var launch = pulled("repository_lxc=apt-lxc");

            assertTrue(line(launch, "apt-lxc repository warning " + text + " jbang deb-publish@dragonfab staging"),
                    launch.out());
        }
        assertEquals("", world.changes());
    }

    /** @param place of the repository */
    private Launch pulled(String place) {
        host("app1.test", WELL);
        host("app2.test", WELL);
        return doctor("staging", "--set", "install_from=repository", "--set", "repository_url=http://apt.test", "--set",
                place);
    }

    @Test
    void looksAtTheMachineAloneWithoutAnEnvironment() {
        var launch = doctor();

        assertEquals(0, launch.exit(), launch.err());
        assertEquals(6, launch.out().lines().count() - 1, launch.out());
    }

    @Test
    void tellsEveryProblemOfTheFile() {
        var launch = Launch.of("environments:\n  a: {lcx: x}\n  b: {hosst: y}\n", "doctor", world);

        assertEquals(1, launch.exit());
        assertTrue(line(launch, "environments.yml file problem environments.yml:2: a.lcx: unknown key"), launch.out());
        assertTrue(line(launch, "environments.yml file problem environments.yml:3: b.hosst: unknown key"),
                launch.out());
        assertTrue(line(launch, "local git ok git 2.39.5"), launch.out());
    }

    @Test
    void isTheSameInADryRun() {
        host("app1.test", WELL);
        host("app2.test", WELL);

        assertEquals(doctor("staging").out(), doctor("staging", "-n").out());
    }

    @Test
    void saysThatAnEnvironmentHasNoTargets() {
        var launch = doctor("nothing");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(line(launch, "environments.yml targets warning nothing has none name hosts or lxc"), launch.out());
        assertFalse(line(launch, "connection"));
    }

    private ScriptedShell host(String name, String facts) {
        return world.at(name).answering("id -un", "deploy\n").answering("[root] true", "")
                .answering(QUESTIONS, facts.replace("NOW", "" + Instant.now().getEpochSecond()));
    }

    /** Whether a line of the table begins so, whatever the width of its columns. */
    private static boolean line(Launch launch, String begin) {
        return launch.out().lines().anyMatch(line -> line.replaceAll(" +", " ").startsWith(begin));
    }

    private Launch doctor(String... arguments) {
        return Launch.of(ENVIRONMENTS, "doctor", world, arguments);
    }
}
