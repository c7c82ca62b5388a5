package dragonfab.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A place that answers what it was told to and remembers what was done to it.
 *
 * <p>A question without an answer fails the test; a change without one goes well and says nothing. Commands are
 * named by their face: see {@link Face}.
 */
public final class ScriptedShell implements Shell {
    private record Answer(ExitStatus ended, String out, String err, String lost) {
    }

    /** In the words of lock-hold, behind Perl's own four and the script's four. */
    private static final int FIRST_QUESTION = 8;
    private static final Answer WELL = new Answer(ExitStatus.with(0), "", "", null);

    private final String where;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private final List<String> exchanges = new ArrayList<>();
    private final AtomicInteger held = new AtomicInteger();
    private final Deque<String> ownersOfLock = new java.util.concurrent.ConcurrentLinkedDeque<>();

    public ScriptedShell(String where) {
        this.where = where;
    }

    public ScriptedShell answering(String face, String out) {
        return answering(face, 0, out, "");
    }

    public ScriptedShell answering(String face, int code, String out) {
        return answering(face, code, out, "");
    }

    /** Given several times, the answers come one after the other, and the last one stays. */
    public ScriptedShell answering(String face, int code, String out, String err) {
        return answer(face, new Answer(ExitStatus.with(code), out, err, null));
    }

    /** The connection breaks at this command. */
    public ScriptedShell losing(String face, String why) {
        return answer(face, new Answer(null, "", "", why));
    }

    private synchronized ScriptedShell answer(String face, Answer answer) {
        answers.computeIfAbsent(face, key -> new ArrayDeque<>()).add(answer);
        return this;
    }

    /** The next who wants the lock finds it in other hands. */
    public synchronized ScriptedShell lockedBy(String owner) {
        ownersOfLock.add(owner);
        return this;
    }

    /** Whether somebody has its lock. */
    public boolean isHeld() {
        return held.get() > 0;
    }

    /** The changes, one a line, each with what it read. */
    public synchronized String changes() {
        return String.join("", changes);
    }

    public synchronized List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public ExitStatus execute(Command command, OutputStream out, OutputStream err, Duration limit) {
        if (Face.of(command).startsWith("[root] lock-hold ")) {
            return hold(command, out);
        }
        var answer = answerTo(command, "$ ");
        if (answer.lost() != null) {
            throw new ConnectionLost(where, answer.lost());
        }
        say(answer.out(), out);
        say(answer.err(), err);
        return answer.ended();
    }

    /**
     * The lock is free here, and is held until there is nothing more to hear. What nobody prepared is answered empty.
     */
    private ExitStatus hold(Command command, OutputStream out) {
        exchanges("lock");
        var owner = ownersOfLock.poll();
        if (owner != null) {
            say("owner " + owner + "\n", out);
            return ExitStatus.with(75);
        }
        say("held\n", out);
        for (var rest = command.words().subList(FIRST_QUESTION, command.words().size()); !rest.isEmpty();) {
            var question = rest.subList(1, 1 + Integer.parseInt(rest.get(0).shown()));
            rest = rest.subList(1 + question.size(), rest.size());
            var prepared = prepared(Face.of(Command.of(question.toArray()).asRoot()));
            say((prepared == null ? "" : prepared.out()) + command.words().get(FIRST_QUESTION - 1).shown() + " "
                    + (prepared == null ? 0 : prepared.ended().code()) + "\n", out);
        }
        held.incrementAndGet();
        try (var heard = command.input().open()) {
            heard.transferTo(OutputStream.nullOutputStream());
            return ExitStatus.with(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            held.decrementAndGet();
        }
    }

    private static void say(String text, OutputStream stream) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Answer answerTo(Command command, String prompt) {
        var face = Face.of(command);
        if (!command.question()) {
            changes.add(prompt + face + "\n" + Face.input(command));
        }
        exchanges(face);
        var prepared = prepared(face);
        boolean nothingLeft = face.endsWith("/rollback/left") || face.contains("] database-patches ");
        if (prepared == null && nothingLeft) {
            return WELL;
        }
        if (prepared == null && command.question()) {
            unexpected.add(where + ": " + face);
            throw new AssertionError("nobody expected the question: " + face);
        }
        return prepared == null ? WELL : prepared;
    }

    /** Null where there is none. */
    private synchronized Answer prepared(String face) {
        var prepared = answers.get(face);
        return prepared == null ? null : prepared.size() == 1 ? prepared.peek() : prepared.poll();
    }

    private synchronized void exchanges(String face) {
        exchanges.add(face);
    }

    /** All that went there and back, in its order: each of them costs a round trip. */
    public synchronized List<String> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Its change begins with "tty" and not with "$". */
    @Override
    public int interact(Command command) {
        return answerTo(command, "tty ").ended().code();
    }
}
