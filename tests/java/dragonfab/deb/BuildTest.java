package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final DebSource SOURCE = new DebSource(Path.of("/p"), "app", new DebVersion("1.0-1"), "bookworm",
            null);

    @Test
    void theChangelogsOwnCommitHasItsVersion() {
        assertEquals("1.0-1", version(List.of(COMMIT, "0", "1700000000"), false));
    }

    @Test
    void eachLaterCommitSortsAfterTheOneBeforeAndBeforeTheNextEntry() {
        var ninth = version(List.of(COMMIT, "9", "1700000000"), false);
        var tenth = version(List.of(COMMIT, "10", "1700000000"), false);

        assertEquals("1.0-1+10.g0123456", tenth);
        assertTrue(new DebVersion(ninth).compareTo(new DebVersion(tenth)) < 0);
        assertTrue(new DebVersion(tenth).compareTo(new DebVersion("1.0-2")) < 0);
    }

    @Test
    void aTrialSaysSo() {
        assertEquals("1.0-1+0.g0123456.dirty42", version(List.of(COMMIT, "0", "1700000000", " M x"), true));
    }

    @Test
    void outsideGitTheChangelogAloneDecides() {
        assertEquals("1.0-1", version(List.of(), false));
    }

    @Test
    void whatIsMadeIsReadFromTheReport() {
        var report = Build.Report.of("here", line("app", "python3, app-common (= 1)", "app-api (= 1), app-web")
                + line("app-common", "", "") + "noise\nmachine\tbookworm\tamd64\nelsewhere\tmta\n");

        assertEquals(List.of("app", "app-common"), report.made().stream().map(Build.Made::name).toList());
        assertEquals(Set.of("app-api", "app-web"), report.made().get(0).provides());
        assertEquals("bookworm amd64 [mta]", report.suite() + " " + report.architecture() + " " + report.elsewhere());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../app_1_all.deb", "/tmp/app_1_all.deb", "app\u0007.deb", "app_1_all.txt", ".app.deb", ""})
    void aFileOfAnotherFolderIsNotBrought(String file) {
        var report = line("app", "", "").replace("app_1_all.deb", file);

        var failure = assertThrows(Failure.class, () -> Build.Report.of("here", report));
        assertEquals("here: the build reported a file that is no package: " + file,
                failure.place() + ": " + failure.getMessage());
        assertEquals(1, failure.exit().code());
    }

    @Test
    void aForgedLineIsNoSecondPackage() {
        var forged = line("app", "", "") + line("app", "evil", "");

        assertEquals("the build reported app_1_all.deb twice",
                assertThrows(Failure.class, () -> Build.Report.of("here", forged)).getMessage());
        assertEquals(1, assertThrows(Failure.class, () -> Build.Report.of("here",
                line("app", "", "").replace("\tapp\t", "\t../app\t"))).exit().code());
    }

    /** Packages a1, pb, pc and pd of version 1; pd provides "virtual", and apt finds "mta" elsewhere. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "one level; pb, libc6; ''; ''; pb", "to any depth; pb; python3, pc; pd; pb pc pd", "and round; pb; a1; ''; pb",
        "from what is asked first; pb; ''; a1, pd; pb", "in versions; pb (= 1), pc (>= 1:0), pd (<< 1); ''; ''; pb",
        "in others; pb (<= 1), pc (>> 0.9), pd (>= 2~); ''; ''; pb pc",
        "for machines and profiles; pb:any (>= 1~), pc [amd64] <!nocheck>; ''; ''; pb pc",
        "the first that there is; none | pb | pc; ''; ''; pb", "of those that fit; pb (>> 1) | pc; ''; ''; pc",
        "none where one before it is elsewhere; mta | pb; ''; ''; ''",
        "and not where it is behind; pb | mta; ''; ''; pb",
        "what only provides it; virtual; ''; ''; pd", "but not in a version; virtual (>= 1); ''; ''; ''",
        "whole names; pb-more, libb, pc2; ''; ''; ''"})
    void companionsAreThoseThatItDependsOn(String what, String a, String b, String c, String expected) {
        assertEquals(expected, companions(a, b, c, Set.of()), what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"pb | pc; pc; pc", "mta | pb; pb; pb", "libc6; pc; pc", "pb | pc; pd; pd pb",
        "pb; pb; pb"})
    void andThoseThatTheEnvironmentNames(String depends, String named, String expected) {
        assertEquals(expected, companions(depends, "", "", Set.of(named)));
    }

    private static String companions(String a, String b, String c, Set<String> named) {
        var report = Build.Report.of("here", line("a1", a, "") + line("pb", b, "") + line("pc", c, "")
                + line("pd", "", "virtual") + "elsewhere\tmta\n");
        return String.join(" ", new Dependencies(report.made(), report.elsewhere(), named)
                .companions(report.made().get(0)).stream().map(Build.Made::name).toList());
    }

    /** As build-package prints it. */
    private static String line(String name, String depends, String provides) {
        return String.join("\t", name + "_1_all.deb", name, "1", "all", "a".repeat(64), depends, provides) + "\n";
    }

    private static String version(List<String> history, boolean dirty) {
        return Build.of(SOURCE, history, dirty, 42).version().text();
    }
}
