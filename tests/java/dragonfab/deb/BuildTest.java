package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final DebSource SOURCE = new DebSource(Path.of("/p"), "app", new DebVersion("1.0-1"), "bookworm");

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
    void whatIsMadeIsReadFromTheReportAndShipsWithWhatItNeeds() {
        var made = Build.Made.of("""
                app_1_all.deb\tapp\t1\tall\taa\tpython3, app-common (= 1), libc6 | libc
                app-common_1_all.deb\tapp-common\t1\tall\tbb\t
                app-common-doc_1_all.deb\tapp-common-doc\t1\tall\tcc\t
                noise
                """);

        assertEquals(3, made.size());
        assertEquals(List.of("app-common"), made.stream().filter(made.get(0)::needs).map(Build.Made::name).toList());
    }

    private static String version(List<String> history, boolean dirty) {
        return Build.of(SOURCE, history, dirty, 42).version().text();
    }
}
