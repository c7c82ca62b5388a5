package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {

    @Test
    void sayWhereWhatAndWhatToDo() {
        var failure = Failure.failed("app1.example.com", "exit 100")
                .of("apt-get install --yes guestbook", List.of("Reading lists", "", "E: Could not get lock"))
                .remedy("wait for the other apt, then the same command again");

        assertEquals("""
                deb-deploy: app1.example.com: exit 100
                  command: apt-get install --yes guestbook
                  Reading lists

                  E: Could not get lock
                try: wait for the other apt, then the same command again
                """, Failures.text("deb-deploy", failure));
    }

    @Test
    void sayWhyAFileCannotBeRead(@TempDir Path folder) {
        var file = folder.resolve("guestbook_1.0_all.deb");
        var why = assertThrows(IOException.class, () -> Files.readString(file));

        assertEquals("deb-deploy: " + file + ": no such file\n",
                Failures.text("deb-deploy", Failure.unreadable(file, why)));
        assertEquals("deb-deploy: " + file + ": permission denied\n",
                Failures.text("deb-deploy", Failure.unreadable(file, new AccessDeniedException(file.toString()))));
        assertEquals("deb-deploy: " + file + ": cannot be read: Is a directory\n",
                Failures.text("deb-deploy", Failure.unreadable(file, new IOException("Is a directory"))));
    }

    @Test
    void showTheLastTwentyLines() {
        var failure = Failure.failed("app1", "exit 1").of("make", numbered(25));

        assertEquals("""
                run: app1: exit 1
                  command: make
                  line 6
                """, head(Failures.text("run", failure), 3));
        assertEquals(22, Failures.text("run", failure).lines().count());
    }

    @Test
    void showTheTraceOfABugFromItsBeginning() {
        var bug = Failure.failed("dragonfab", "this is a bug").of(null, numbered(25)).as(Exit.BUG);

        assertEquals("""
                run: dragonfab: this is a bug
                  line 1
                """, head(Failures.text("run", bug), 2));
        assertEquals(26, Failures.text("run", bug).lines().count());
    }

    @Test
    void keepSeveralLinesTogether() {
        var failure = Failure.usage("", "two problems\nline 1: unknown key\nline 2: no host\n")
                .of("sh -c 'one\ntwo'", List.of());

        assertEquals("""
                env: two problems
                  line 1: unknown key
                  line 2: no host
                  command: sh -c 'one
                    two'
                """, Failures.text("env", failure));
    }

    @Test
    void letNoRemoteSteerTheTerminal() {
        var failure = Failure.failed("app1", "exit 1\u0007")
                .of("a\u001b[2Jb", List.of("10 %\r90 %\r\u001b[Adone\r"));

        assertEquals("""
                run: app1: exit 1
                  command: ab
                  done
                """, Failures.text("run", failure));
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i).toList();
    }

    private static String head(String text, int lines) {
        return String.join("\n", text.lines().limit(lines).toList()) + "\n";
    }
}
