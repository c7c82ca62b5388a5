package dragonfab.release.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A machine that another init starts: its services are looked at by what is there, or said to be not looked at. */
@OnContainers
class SysvinitTest {
    private static final String RUN = "see that the services of app run";
    private static BrokenPackages there;
    private static int number;

    @BeforeAll
    static void anotherInit() throws IOException {
        there = BrokenPackages.start("sysvinit", """
                __all__: {lxc: %s, package_name: app, web_server: none, package_dir: ., app_user: root}
                lxc: {}
                named: {services: [app.service, other.service]}
                """);
        Lab.run(there.inside(), """
                export DEBIAN_FRONTEND=noninteractive
                apt-get -q update
                apt-get -y -q install --no-install-recommends sysvinit-core ifupdown isc-dhcp-client </dev/null
                printf 'auto lo eth0\\niface lo inet loopback\\niface eth0 inet dhcp\\n' > /etc/network/interfaces
                """);
        Lab.run(Lab.HERE, "lxc-stop -k -n \"$1\"", Lab.PREFIX + "sysvinit");
        there.well("lxc", "lxc", "create");
        assertEquals("init", there.ask("cat /proc/1/comm"));
        there.well("deb-deploy", "lxc", next("/bin/sleep 1d").build().toString());
    }

    @AfterAll
    static void stop() {
        there.close();
    }

    private static BrokenPackages.Deb next(String program) {
        return there.deb("app", ++number + ".0").unit("app.service", "[Service]\nExecStart=" + program + "\n")
                .with("/etc/init.d/app", """
                        #!/bin/sh
                        ### BEGIN INIT INFO
                        # Provides:          app
                        # Required-Start:    $remote_fs
                        # Required-Stop:     $remote_fs
                        # Default-Start:     2 3 4 5
                        # Default-Stop:      0 1 6
                        # Short-Description: app
                        ### END INIT INFO
                        pid=/run/app.pid
                        case "$1" in
                        start) start-stop-daemon --start --oknodo -b -m -p $pid --startas %s ;;
                        stop) start-stop-daemon --stop --oknodo --retry 5 -p $pid ;;
                        restart | force-reload) $0 stop; $0 start ;;
                        status) start-stop-daemon --status -p $pid ;;
                        esac
                        """.formatted(program.replace(" ", " -- ")))
                .script("postinst", "update-rc.d app defaults\ninvoke-rc.d app restart")
                .script("prerm", "invoke-rc.d app stop");
    }

    private static String pid() {
        return there.ask("cat /run/app.pid");
    }

    @Test
    void itsServiceIsLookedAtByTheScriptThatStartsIt() throws IOException {
        var well = there.ends(0, "deb-deploy", "lxc", next("/bin/sleep 1d").build().toString());
        assertTrue(well.out().matches("(?s).*" + RUN + "\n.*"), well.toString());

        var dead = there.ends(1, "deb-deploy", "lxc", next("/bin/true").build().toString());

        assertTrue(dead.err().contains("app does not run: /etc/init.d/app status ended with 1"), dead.toString());
        assertEquals("ii " + (number - 1) + ".0", there.state("app"));
        there.well("rollback", "lxc", (number - 1) + ".0");
    }

    @Test
    void whatNobodyCanLookAtIsNotSaidToRun() throws IOException {
        var deb = next("/bin/sleep 1d").unit("app.timer", "[Timer]\nOnCalendar=daily\n").build().toString();

        var deployed = there.ends(0, "deb-deploy", "lxc", deb);
        var named = there.ends(0, "deb-deploy", "named", deb);

        assertTrue(deployed.out().contains(RUN + ", but for app.timer: systemd does not run there"), deployed.out());
        assertTrue(named.out().contains(RUN + ", but for other.service: systemd does not run there"), named.out());
    }

    @Test
    void itsServiceIsStartedAnewByItsScript() {
        var before = pid();

        var restarted = there.ends(0, "web-restart", "lxc");

        assertTrue(restarted.out().contains(": restarted app\n"), restarted.out());
        assertNotEquals(before, pid());
        Lab.run(there.inside(), "cp /etc/init.d/app /root/; sed -i 's/sleep -- 1d/true/' /etc/init.d/app");
        var dead = there.ends(4, "web-restart", "lxc");
        Lab.run(there.inside(), "cp /root/app /etc/init.d/; /etc/init.d/app start");
        assertTrue(dead.err().contains("down app does not run after its restart"), dead.err());
        var unknown = there.ends(1, "web-restart", "named");
        assertTrue(unknown.err().contains("systemd does not run there, and there is no /etc/init.d/other"),
                unknown.err());
    }
}
