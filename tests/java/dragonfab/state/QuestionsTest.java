package dragonfab.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.doctor.TargetFindings;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.release.deb.DebCommands;
import dragonfab.release.deb.DebFacts;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import dragonfab.shell.ShellScript;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a deploy asks a target, on a real one, beside what dpkg, systemd and sha256sum say of it. */
@OnContainers
class QuestionsTest {
    private static final String MAKE = """
            set -eu
            rm -rf /tmp/made
            mkdir -p /tmp/made/DEBIAN /tmp/made/usr/lib/systemd/system
            printf 'Package: %s\\nVersion: 1:2.0-3\\nArchitecture: all\\nMaintainer: T <t@example.org>\\n' "$1" \
                > /tmp/made/DEBIAN/control
            printf 'Description: to be asked about\\n Version: 9\\n' >> /tmp/made/DEBIAN/control
            printf '#!/bin/sh\\n%s\\n' "$2" > /tmp/made/DEBIAN/postinst
            chmod 755 /tmp/made/DEBIAN/postinst
            dpkg-deb -b /tmp/made "/tmp/$1.deb" >/dev/null
            """;
    private static final String UNIT = """
            printf '[Service]\\nType=%s\\nExecStart=%s\\n[Install]\\nWantedBy=multi-user.target\\n' "$2" "$3" \
                > "$4/$1"
            """;
    private static Shell inside;

    @BeforeAll
    static void start() throws IOException {
        inside = Lab.container("questions");
    }

    @AfterAll
    static void remove() {
        Lab.remove("questions");
    }

    @Test
    void thePackageIsWhatDpkgSays() {
        Lab.run(inside, MAKE, "whole", "exit 0");
        Lab.run(inside, "dpkg -i /tmp/whole.deb");

        var facts = facts("whole");

        assertEquals(Optional.of("1:2.0-3"), facts.running());
        assertEquals("1:2.0-3", inside.read(new DebCommands(new TargetState("whole")).running()).strip());
        assertEquals(inside.read(Command.of("dpkg", "--print-architecture")).strip(),
                DebFacts.of(facts).architecture());
        assertFalse(facts.unfinished());
        assertEquals(Optional.empty(), facts("whol").running());
        assertEquals(Optional.empty(), facts("whole.").running());
        Lab.run(inside, "dpkg -r whole");
        assertEquals(Optional.empty(), facts("whole").running());
    }

    @Test
    void whatDpkgDidNotFinishIsSeen() {
        Lab.run(inside, MAKE, "half", "exit 1");
        Lab.run(inside, "! dpkg -i /tmp/half.deb");

        assertTrue(facts("half").unfinished());
        assertFalse(facts("whole").unfinished());
        assertEquals(List.of("half half-configured"), facts("whole").inTheWay());
        assertEquals(Optional.empty(), facts("half").running());
        assertEquals("", inside.ask(new DebCommands(new TargetState("half")).running()).text());
        Lab.run(inside, "dpkg --purge half");
        assertEquals(List.of(), facts("whole").inTheWay());
        Lab.run(inside, "touch /var/lib/dpkg/updates/0001");
        assertTrue(facts("whole").unfinished());
        Lab.run(inside, "rm /var/lib/dpkg/updates/0001");
    }

    @Test
    void keptPackagesHaveTheirChecksumsBigOrSmall() {
        var make = Command.script("""
                mkdir -p "$1" && cd "$1"
                for size in 1000 5000000; do head -c "$size" /dev/urandom > "a $size.deb"; sha256sum "a $size.deb"; done
                """, new DebCommands(new TargetState("kept")).packages());
        for (var line : inside.read(make).lines().toList()) {
            var sum = line.split("  ");

            assertEquals(sum[1], facts("kept").kept().get(sum[0]));
        }
        assertEquals(2, facts("kept").kept().size());
    }

    @Test
    void unitsThatShouldRunAndDoNotAreNamedWithTheirReason() {
        Lab.run(inside, MAKE, "served", "exit 0");
        var folder = "/tmp/made/usr/lib/systemd/system";
        Lab.run(inside, UNIT, "runs.service", "simple", "/bin/sleep 900", folder);
        Lab.run(inside, UNIT, "fails.service", "simple", "/bin/false", folder);
        Lab.run(inside, UNIT, "once.service", "oneshot", "/bin/true", folder);
        Lab.run(inside, UNIT, "stopped.service", "simple", "/bin/sleep 900", folder);
        Lab.run(inside, "dpkg-deb -b /tmp/made /tmp/served.deb && dpkg -i /tmp/served.deb && systemctl daemon-reload"
                + " && systemctl enable -q once stopped && systemctl start runs fails && sleep 1");

        assertEquals("fails.service is failed (exit-code)\nstopped.service is inactive although it is enabled",
                failing());
        assertEquals("stopped.service is loaded, inactive\nnone.service is not-found, inactive",
                failing("runs.service", "stopped.service", "none.service"));
        var none = "x".repeat(300);
        assertEquals(none + " is unknown, inactive\nfails is failed (exit-code)", failing("runs", none, "fails"));
        assertEquals("", failing("runs"));
        Lab.run(inside, "systemctl disable -q stopped; systemctl stop runs; systemctl reset-failed; rm -r /tmp/made");
    }

    /** Both are asked: of a file that is coming, and of what is installed. */
    @Test
    void whatBringsNothingThatStartsSaysSo() {
        Lab.run(inside, MAKE, "idle", "exit 0");
        var ready = ShellScript.after(List.of("release/deb/package/units", "release/deb/package/conffiles",
                "release/deb/package/edited"), "release/deb/package/ready", "kept", "false").asRoot().asking();
        assertEquals("starts nothing", inside.read(ready.with("/tmp/idle.deb")).strip());
        Lab.run(inside, "dpkg -i /tmp/idle.deb");
        assertTrue(facts("idle").startsNothing());
        assertTrue(doctor("idle").contains("starts nothing"));

        for (var file : List.of("/usr/lib/systemd/system/idle.timer", "/etc/cron.d/idle", "/etc/init.d/idle",
                "/etc/nginx/sites-available/idle")) {
            Lab.run(inside,
                    "rm -rf /tmp/made/etc /tmp/made/usr; mkdir -p \"/tmp/made/${1%/*}\"; echo > \"/tmp/made$1\";"
                            + " dpkg-deb -b /tmp/made /tmp/idle.deb > /dev/null; dpkg -i /tmp/idle.deb",
                    file);
            assertEquals("", inside.read(ready.with("/tmp/idle.deb")).strip(), file);
            assertFalse(facts("idle").startsNothing(), file);
            assertFalse(doctor("idle").contains("starts nothing"), file);
        }
        Lab.run(inside, "dpkg --purge idle; rm -r /tmp/made");
    }

    private static String doctor(String name) {
        return inside.read(TargetFindings.questions(name));
    }

    private static TargetFacts facts(String name) {
        return TargetFacts.of(inside.read(new DebCommands(new TargetState(name)).facts()).lines().toList());
    }

    private static String failing(String... units) {
        return inside.ask(new DebCommands(new TargetState("served")).failing(List.of(units))).text();
    }
}
