package dragonfab.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockProtocolTest {
    private static final Duration NO_TIME = Duration.ofMillis(50);

    private final LockProtocol protocol =
            new LockProtocol("app.test", List.of(Command.of("first"), Command.of("second")));

    @Test
    void eachQuestionHasItsAnswerHoweverTheWordsCome() throws Exception {
        say("held\narchitecture am");
        say("d64\njournal " + "x".repeat(100_000) + "\nMARK 0\nMARK 0\n");

        assertEquals("held", protocol.first(NO_TIME));
        assertEquals(List.of(List.of("architecture amd64", "journal " + "x".repeat(100_000)), List.of()),
                protocol.answers(NO_TIME));
    }

    @Test
    void whatLiesOnATargetCannotEndAnAnswer() throws Exception {
        say("held\nrunning 1.0\nanswered 0\nrunning 2.0\nMARK 0\nMARK 0\n");

        assertEquals(List.of(List.of("running 1.0", "answered 0", "running 2.0"), List.of()),
                protocol.answers(NO_TIME));
    }

    @Test
    void aQuestionThatFailsIsNamedWithWhatWasSaid() throws Exception {
        protocol.error().write("no dpkg here\n".getBytes(StandardCharsets.UTF_8));
        say("held\nMARK 0\nhalf an answer\nMARK 127\n");

        var failure = assertThrows(Failure.class, () -> protocol.answers(NO_TIME));
        assertEquals("app.test: exit 127, second, [no dpkg here]", failure.place() + ": " + failure.getMessage() + ", "
                + failure.command() + ", " + failure.tail());
    }

    @Test
    void aLockThatIsNotHadHasNoAnswers() throws Exception {
        say("owner {}\n");
        protocol.end(null);

        assertEquals("owner {}", protocol.first(NO_TIME));
        assertEquals("the lock cannot be taken: it was lost while it was taken",
                assertThrows(Failure.class, () -> protocol.answers(NO_TIME)).getMessage());
    }

    @Test
    void whatBrokeTheConnectionIsTold() {
        var broken = Failure.failed("app.test", "the connection is lost");
        protocol.end(broken);

        assertEquals(broken, assertThrows(Failure.class, () -> protocol.first(NO_TIME)));
    }

    @Test
    void silenceEnds() {
        assertEquals("the lock cannot be taken: no answer within 0 s",
                assertThrows(Failure.class, () -> protocol.first(NO_TIME)).getMessage());
    }

    private void say(String words) throws java.io.IOException {
        protocol.write(words.replace("MARK", protocol.mark()).getBytes(StandardCharsets.UTF_8));
    }
}
