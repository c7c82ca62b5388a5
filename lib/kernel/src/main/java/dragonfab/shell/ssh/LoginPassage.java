package dragonfab.shell.ssh;

import dragonfab.shell.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One command on its way through the login shell of a host, and its words on their way back.
 *
 * <p>That shell may be any: it is handed a line that sh, bash, zsh, fish and tcsh read alike, and that leads to sh.
 * What it says by itself, as a .bashrc may, comes before a mark and is dropped.
 */
public final class LoginPassage {
    /** In quotes of any shell: no quote, backslash, exclamation mark or line end, each of which some shell changes. */
    private static final String ENTER = "echo \"$1\"; echo \"$1\" >&2; exec sh -c \"$(printf %b \"$2\")\"";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int KEPT = 4096;
    private static final int SHOWN = 160;

    private final String mark;
    private final CountDownLatch through = new CountDownLatch(1);
    private final Ear out;
    private final Ear err;

    public LoginPassage(OutputStream out, OutputStream err) {
        this.mark = "df-" + RemoteKill.random();
        this.out = new Ear(out, mark, through);
        this.err = new Ear(err, mark, through);
    }

    /** What the login shell is given. @param line for sh */
    public String line(String line) {
        return "sh -c '" + ENTER + "' sh " + mark + " '" + escaped(line) + "'";
    }

    /** The same for a terminal, where whatever the login shell says is meant for the person there. */
    public static String atTerminal(String line) {
        return "sh -c 'exec sh -c \"$(printf %b \"$1\")\"' sh '" + escaped(line) + "'";
    }

    /** In the letters of every character set, as the %b of printf reads it. */
    private static String escaped(String line) {
        var escaped = new StringBuilder();
        for (byte each : line.getBytes(StandardCharsets.UTF_8)) {
            if (each == '\n') {
                escaped.append("\\n");
            } else if (each < ' ' || each == 127 || each == '\\' || each == '\'' || each == '!') {
                escaped.append(String.format("\\0%03o", each & 0xff));
            } else {
                escaped.append((char) each);
            }
        }
        return escaped.toString();
    }

    /** Takes what comes from the host. */
    public OutputStream out() {
        return out;
    }

    public OutputStream err() {
        return err;
    }

    /** Whether the command was begun. */
    public boolean isThrough() {
        return through.getCount() == 0;
    }

    /**
     * The input, held back until the command was begun: a login that has become another shell, as by a .bashrc with exec,
     * would take it for commands.
     */
    public Input held(Input input) {
        return input == Input.NOTHING ? input : new Input.Held(input, this::awaitThrough);
    }

    private boolean awaitThrough() {
        try {
            return through.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The first words of the login shell itself; blank when it said none. */
    public String noise() {
        return List.of(out, err).stream().flatMap(ear -> ear.before().lines())
                // The system's ssh says this when sshd opens it no further session.
                .filter(line -> !line.isBlank() && !line.matches("(mux_client_|ControlSocket ).*"))
                .map(line -> line.replaceAll("\\p{Cntrl}", "?").strip())
                .map(line -> line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line)
                .findFirst().orElse("");
    }

    /** Hears the mark in one stream; of what comes before it the end is kept. */
    private static final class Ear extends OutputStream {
        private final OutputStream next;
        private final byte[] mark;
        private byte[] before = {};
        private final CountDownLatch heard;
        private boolean through;
        private boolean cut;

        Ear(OutputStream next, String mark, CountDownLatch heard) {
            this.next = next;
            this.heard = heard;
            this.mark = (mark + "\n").getBytes(StandardCharsets.US_ASCII);
        }

        synchronized String before() {
            var text = new String(before, StandardCharsets.UTF_8);
            return cut ? text.substring(text.indexOf('\n') + 1) : text;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            if (through) {
                next.write(bytes, offset, length);
                return;
            }
            var heard = new ByteArrayOutputStream();
            heard.writeBytes(before);
            heard.write(bytes, offset, length);
            pass(heard.toByteArray());
        }

        private void pass(byte[] heard) throws IOException {
            int at = find(heard);
            through = at >= 0;
            if (through) {
                this.heard.countDown();
            }
            var end = through ? at : heard.length;
            cut |= end > KEPT;
            before = Arrays.copyOfRange(heard, Math.max(0, end - KEPT), end);
            var rest = at + mark.length;
            if (through && rest < heard.length) {
                next.write(heard, rest, heard.length - rest);
            }
        }

        private int find(byte[] heard) {
            for (int at = 0; at + mark.length <= heard.length; at++) {
                if (heard[at] == mark[0] && Arrays.equals(heard, at, at + mark.length, mark, 0, mark.length)) {
                    return at;
                }
            }
            return -1;
        }

        @Override
        public synchronized void flush() throws IOException {
            next.flush();
        }
    }
}
