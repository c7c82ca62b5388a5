package dragonfab.release.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dragonfab.config.Conffiles;
import dragonfab.deb.BuiltWith;
import dragonfab.deb.DebContents;
import dragonfab.deb.DebPackage;
import dragonfab.deb.DebVersion;
import dragonfab.deb.Debconf;
import dragonfab.release.PlanLine;
import dragonfab.shell.Secret;
import dragonfab.state.TargetFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads before a deploy, from what the target and the package say. */
class PackagePreviewTest {
    private static final String A = "a".repeat(32);
    private static final String B = "b".repeat(32);
    private static final String C = "c".repeat(32);

    private final List<String> host = new ArrayList<>(List.of("lists fresh"));
    private final List<String> facts = new ArrayList<>(List.of("architecture amd64", "running 1.0"));
    private final Map<String, String> files = new TreeMap<>();
    private final Map<String, String> scripts = new TreeMap<>();
    private final List<String> conffiles = new ArrayList<>();
    private final List<Debconf.Answer> answers = new ArrayList<>();
    private Conffiles wanted = Conffiles.KEEP;
    private long size;

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', value = {
        "a | a    | a | keep | -",
        "a | a    | b | keep | becomes that of the new package",
        "a | c    | a | keep | changed on the host, and not by the new package: stays",
        "a | c    | b | keep | changed on the host and by the new package: stays, and the package's lies beside it as .dpkg-dist",
        "a | c    | b | new  | changed on the host and by the new package: is replaced, and the host's lies beside it as .dpkg-old",
        "a | b    | b | keep | -",
        "a | gone | b | keep | deleted on the host: stays deleted",
        "a | gone | a | new  | deleted on the host: stays deleted",
        "a | gone | b | new  | deleted on the host: that of the new package comes",
        "- | gone | b | keep | is new",
        "- | c    | b | keep | is there already, and not from the package: stays, and the package's lies beside it as .dpkg-dist",
        "- | c    | b | new  | is there already, and not from the package: is replaced, and the host's lies beside it as .dpkg-old",
        "a | a    | - | keep | is no longer in the package: stays on the host",
        "a | gone | - | keep | -"})
    void theFateOfAConffile(String old, String disk, String coming, String wanted, String told) {
        assertEquals(told, new ConffileOutcome(old, disk, coming)
                .told(wanted.equals("new") ? Conffiles.NEW : Conffiles.KEEP, false).orElse(null));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', value = {
        "a    | the package takes it away",
        "c    | the package takes it away, and the host's lies beside its place as .dpkg-old",
        "gone | -"})
    void theFateOfAConffileThatIsNoLongerWanted(String disk, String told) {
        assertEquals(told, new ConffileOutcome("a", disk, null).told(Conffiles.KEEP, true).orElse(null));
    }

    @Test
    void versionsAndWhatDiffersBetweenThem() {
        installed("file " + A + " /usr/lib/app/old", "file " + A + " /usr/lib/app/same",
                "file " + A + " /usr/lib/app/other", "script " + A + " prerm", "conffile " + A + " /etc/app.conf");
        host.add("disk " + C + " /etc/app.conf");
        files.putAll(Map.of("/usr/lib/app/new", A, "/usr/lib/app/same", A, "/usr/lib/app/other", B,
                "/etc/app.conf", B));
        conffiles.add("/etc/app.conf");
        scripts.put("postinst", "#!/bin/sh\n");

        assertEquals("""
                installed version: 1.0
                new version: 1.1
                conffile /etc/app.conf: changed on the host and by the new package: stays, and the package's lies \
                beside it as .dpkg-dist
                files of app: 1 changed, 1 gone, 1 new
                file /usr/lib/app/new: new
                file /usr/lib/app/old: gone
                file /usr/lib/app/other: changed
                script app.postinst: new
                script app.prerm: gone
                journal: does not know what runs: refused without --allow-no-rollback
                """, told());
    }

    @Test
    void whatWasEditedThereAndWhatBecomesOfIt() {
        installed("file " + A + " /usr/lib/app/lost", "file " + A + " /usr/lib/app/same",
                "file " + A + " /usr/lib/app/gone", "edited " + C + " /usr/lib/app/lost",
                "edited " + B + " /usr/lib/app/same", "edited gone /usr/lib/app/gone",
                "override /etc/systemd/system/app.service.d/my own.conf");
        files.putAll(Map.of("/usr/lib/app/lost", B, "/usr/lib/app/same", B, "/usr/lib/app/gone", A));

        assertEquals("""
                drift /usr/lib/app/gone: deleted on the host: comes back
                drift /usr/lib/app/lost: edited on the host, and lost: refused without --overwrite-drift
                drift /etc/systemd/system/app.service.d/my own.conf: made on the host: stays
                """, told("drift"));
    }

    @Test
    void aFirstInstallationNamesNoFiles() {
        facts.set(1, "running ");
        files.put("/usr/lib/app/new", A);

        assertEquals("installed version: none\nnew version: 1.1\nfiles of app: 1 new\n", told());
    }

    @Test
    void nothingIsInstalledWhereTheSameRunsWithTheSameAnswers() {
        facts.set(1, "running 1.1");
        facts.add("kept sum app_1.1_all.deb");
        facts.add("journal {\"event\":\"intent\",\"id\":\"1\",\"at\":\"2026-01-01T00:00:00Z\","
                + "\"action\":\"deploy\",\"version\":\"1.1\",\"files\":[\"app_1.1_all.deb\"],\"checksums\":[\"sum\"]}");
        facts.add("journal {\"event\":\"outcome\",\"id\":\"1\",\"outcome\":\"deployed\"}");
        files.put("/usr/lib/systemd/system/app.service", A);
        host.add("active app.service");

        assertEquals("installed version: 1.1\nnew version: 1.1, which runs already: nothing is installed\n", told());
        facts.add("running-checksum other");
        assertEquals("new version: 1.1\n", told("new"));
        facts.remove("running-checksum other");
        answers.add(new Debconf.Answer("app", "app/port", "string", Secret.of("80")));
        assertEquals("new version: 1.1\n", told("new"));
        assertEquals("unit app.service: runs, and may be restarted\n", told("unit"));
    }

    @Test
    void whatAptDoesToOthers() {
        host.addAll(List.of("apt Inst cowsay (3.03 Debian:12/stable [all])",
                "apt Inst libc6 [2.36-1] (2.36-2 Debian:12/stable [amd64]) []",
                "apt Inst tool [2.0] (1.0 Debian:12/stable [amd64])",
                "apt Inst app [1.0] (1.1 local-deb [all])", "apt Remv old [1.0]", "apt Conf app (1.1 local-deb [all])",
                "code 0", "others 200 30"));

        assertEquals("""
                apt cowsay: is installed: 3.03
                apt libc6: is upgraded: 2.36-1 -> 2.36-2
                apt tool: is downgraded: 2.0 -> 1.0
                ! apt old: would have to be removed, which a deploy never does
                """, told("apt"));
    }

    @Test
    void anAptThatRefusesIsAProblemInItsWords() {
        host.addAll(List.of("apt Reading package lists...", "apt  app : Depends: nothing-like-it", "code 100"));

        assertEquals("! apt: would refuse: app : Depends: nothing-like-it\n", told("apt"));
        host.remove("lists fresh");
        assertEquals(
                "apt: fetches its lists first, for with those it has it would refuse: app : Depends: nothing-like-it",
                told("apt").lines().findFirst().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "systemctl restart app.service | runs, and is restarted",
        "systemctl restart app | runs, and is restarted",
        "_dh_action=restart;deb-systemd-invoke $_dh_action 'app.service' >/dev/null | runs, and is restarted",
        "deb-systemd-invoke start 'app.service' | runs, and may be restarted",
        "systemctl restart app-worker.service | runs, and may be restarted",
        "true | runs, and may be restarted"})
    void whichServicesAreRestarted(String line, String text) {
        installed("file " + A + " /usr/lib/systemd/system/app.service",
                "file " + A + " /lib/systemd/system/idle.service");
        host.addAll(List.of("active app.service", "active ssh.service"));
        scripts.put("postinst", "#!/bin/sh\n" + line.replace(';', '\n') + "\n");

        assertEquals("unit app.service: " + text + "\n", told("unit"));
    }

    @Test
    void instancesRunOfATemplate() {
        files.put("/usr/lib/systemd/system/app@.service", A);
        host.add("active app@blue.service");

        assertEquals("unit app@.service: runs, and may be restarted\n", told("unit"));
    }

    @Test
    void questionsByNameAndNeverByValue() {
        scripts.put("templates", "Template: app/secret\nType: password\n\nTemplate: app/port\nType: string\n");
        answers.add(new Debconf.Answer("app", "app/secret", "password", Secret.of("hush")));

        assertEquals("""
                question app/secret: answered in debconf.dat
                question app/port: not answered: what the host has, or the package's default
                """, told("question"));
        assertEquals("debconf answers: not those that the host was given before\n", told("debconf answers"));
        facts.add("answers " + Debconf.mark(answers));
        assertEquals("debconf answers: those that the host was given before\n", told("debconf answers"));
        assertFalse(preview().toString().contains("hush"));
    }

    @Test
    void tooLittleRoomIsAProblem() {
        size = 3000;
        host.addAll(List.of("free /usr / 10240", "free /var/lib/dragonfab /var 1024", "free /var/cache/apt /var 1024",
                "code 0", "others 200 5000"));

        assertEquals("""
                disk /: 4 MB needed, 10 MB free
                ! disk /var: 7 MB needed, 1 MB free
                """, told("disk"));
    }

    @Test
    void whatStandsInTheWay() {
        facts.set(0, "architecture arm64");
        facts.addAll(List.of("armed x", "unfinished yes"));
        host.set(0, "reboot yes");

        assertEquals("""
                ! architecture: app 1.1 is for amd64, and this machine is arm64
                """, told("architecture"));
        assertEquals("! rollback: a deploy was cut off, and is to be rolled back first: heal does it\n",
                told("rollback"));
        assertEquals("! dpkg: was interrupted: heal finishes it\n", told("dpkg"));
        assertEquals("reboot: the machine waits for one\n", told("reboot"));
        assertEquals("apt's lists: are older than a day: the deploy fetches new ones if it needs other packages,"
                + " and other versions may come\n",
                told("apt's"));
    }

    private void installed(String... lines) {
        host.addAll(List.of("package app", "version 1.0", "size 10"));
        host.addAll(List.of(lines));
    }

    private List<PlanLine> preview() {
        var contents = new DebContents("Package: app\nVersion: 1.1\n", scripts, conffiles, files, size);
        var deb = new DebPackage("app", new DebVersion("1.1"), "architecture arm64".equals(facts.get(0)) ? "amd64"
                : "all", Path.of("app_1.1_all.deb"), "sum", "", List.of(), BuiltWith.UNKNOWN);
        return new PackagePreview(deb, List.of(contents), 2 << 20, wanted, answers, Path.of("/x/debconf.dat"), "salt")
                .of(TargetFacts.of(facts), HostPackages.of(host));
    }

    private String told() {
        return told("");
    }

    /** Those lines that begin like this; problems behind "!". */
    private String told(String about) {
        return preview().stream().filter(line -> line.about().startsWith(about))
                .map(line -> (line.bad() ? "! " : "") + line.about() + ": " + line.text() + "\n")
                .collect(Collectors.joining());
    }
}
