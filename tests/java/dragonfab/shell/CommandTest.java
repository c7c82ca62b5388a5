package dragonfab.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "plain|plain", "a/b:c=d,e.f-g_h@i+j%|a/b:c=d,e.f-g_h@i+j%", "a b|'a b'", "it's|'it'\\''s'", "$(id)|'$(id)'",
        "`id`|'`id`'", "-n|-n", "*|'*'", "ü|'ü'", "\\|'\\'"})
    void aWordIsQuotedUnlessItIsKnownToBeSafe(String word, String typed) {
        assertEquals("echo " + typed, Command.of("echo", word).line());
    }

    @Test
    void anEmptyWordAndALineEndStayOneWordEach() {
        assertEquals("echo '' 'a\nb'", Command.of("echo", "", "a\nb").line());
    }

    @Test
    void aSecretIsNeverAnArgument() {
        assertThrows(IllegalStateException.class, () -> Command.of("login", Secret.of("poison")).line());
        assertThrows(IllegalStateException.class, () -> Command.of("login", Secret.of("poison")).arguments());
        assertFalse(Command.of("login", Secret.of("poison")).toString().contains("poison"));
        assertFalse(Command.of("login").reading(Input.of(Secret.of("poison"))).toString().contains("poison"));
    }

    @Test
    void aNamedScriptIsToldByItsNameAndShownWhole() {
        var script = Command.script("restart", "systemctl restart \"$1\"", new Object[] {"my app"});

        assertEquals("restart 'my app'", script.brief());
        assertEquals("sh -c 'systemctl restart \"$1\"' restart 'my app'", script.shown());
    }

    @Test
    void aDryRunShowsWhatAPersonWouldType() {
        assertEquals("sudo apt-get install --yes 'a b'",
                Command.of("apt-get", "install", "--yes", "a b").asRoot().folded());
        assertEquals("sudo -u postgres psql -c 'select 1'",
                Command.of("psql", "-c", "select 1").as("postgres").folded());
        assertEquals("ls -l", Command.of("ls", "-l").folded());
        assertEquals("login ***", Command.of("login", Secret.of("poison")).folded());
    }

    @Test
    void aDryRunFoldsScriptsToTheirNames() {
        var script = Command.script("database-swap", "set -eu\npsql \"$1\"", new Object[] {"my shop", "b"});

        assertEquals("script database-swap 'my shop' b", script.folded());
        assertEquals("as postgres: script database-swap 'my shop' b", script.as("postgres").folded());
        assertEquals("sudo systemd-run --wait script database-swap 'my shop' b",
                script.asRoot().behind("systemd-run", "--wait").folded());
        assertEquals("su -c 'as www-data: script database-swap '\\''my shop'\\'' b'",
                Command.of("su", "-c", new Nested(script.as("www-data"))).folded());
    }

    @Test
    void namedScriptsAmongTheArgumentsOfAnotherAreToldByTheirNamesToo() {
        var inner = Command.script("ask", "uptime", new Object[] {"a b"});
        var outer = Command.perl("hold", "print 1;", 5).with(inner.words().toArray()).with("last");

        assertEquals("hold 5 ask 'a b' last", outer.brief());
        assertEquals("sh -c uptime sh", Command.script("uptime").brief());
        assertEquals("env sh -c uptime", Command.of("env", "sh", "-c", "uptime").brief());
    }

    @Test
    void whatOnlyCarriesACommandAndTextsOfManyLinesAreNotWorthAMessage() {
        var script = Command.script("restart", "set -eu\nsystemctl restart \"$1\"", new Object[] {"app"});
        var carried = new ExitStatusTrailer(java.io.OutputStream.nullOutputStream())
                .around(new Elevation("root", null).apply(script.as("www-data")));

        assertEquals("restart app",
                Command.of("lxc-attach", "-n", "box", "--").with(carried.words().toArray()).brief());
        assertEquals("echo ...", Command.of("echo", "set -eu\nrm \"$1\"").brief());
        assertEquals("run 'restart app'",
                Command.script("run", "sh -c \"$1\"", new Object[] {new Nested(script)}).brief());
    }

    @Test
    void becomingAnotherUserTakesRunuserOrSudo() {
        var command = Command.of("id").asRoot();

        assertEquals("id", new Elevation("root", null).apply(command).line());
        assertEquals("sudo -n -H -u root -- id", new Elevation("deploy", null).apply(command).line());
        assertEquals("sudo -k -S -p '' -H -u root -- id",
                new Elevation("deploy", Secret.of("poison")).apply(command).line());
        assertEquals(List.of("runuser", "-u", "postgres", "--", "sh"),
                new Elevation("root", null).apply(Command.of("psql").as("postgres")).arguments().subList(0, 5));
    }
}
