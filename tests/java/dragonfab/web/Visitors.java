package dragonfab.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** People and programs that use a site all the time: what they were answered, and what went wrong. */
final class Visitors implements AutoCloseable {
    private static final int TIMEOUT = 10_000;

    private final String address;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Integer> statuses = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();
    private volatile boolean stopped;

    private Visitors(String address) {
        this.address = address;
    }

    /** Some with a connection for each request, some that keep theirs. */
    static Visitors of(String address) {
        var visitors = new Visitors(address);
        for (var method : List.of("GET", "GET", "POST", "DELETE", "HEAD")) {
            visitors.start(method, false);
            visitors.start(method, true);
        }
        return visitors;
    }

    private void start(String method, boolean keeps) {
        var thread = new Thread(() -> visit(method, keeps), "visitor");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void visit(String method, boolean keeps) {
        while (!stopped) {
            try (var socket = new Socket()) {
                socket.setSoTimeout(TIMEOUT);
                socket.connect(new InetSocketAddress(address, 80), TIMEOUT);
                Answer answer;
                do {
                    answer = ask(socket, method, "/x", "", "a=1".repeat(1000));
                    count(answer.status());
                    Thread.sleep(10);
                    // After so many requests a web server says that it will close, and that is no error.
                } while (keeps && !stopped && !answer.head().matches("(?is).*\r\nconnection:[^\r]*close\r\n.*"));
            } catch (IOException | InterruptedException e) {
                fail(method + (keeps ? " kept: " : " new: ") + e);
            }
        }
    }

    private synchronized void count(int status) {
        statuses.merge(String.valueOf(status), 1, Integer::sum);
    }

    private synchronized void fail(String what) {
        errors.add(what);
    }

    /** The statuses that were seen, and the errors. */
    synchronized String seen() {
        return String.join(" and ", statuses.keySet()) + (errors.isEmpty() ? "" : " and " + errors);
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (var thread : threads) {
            thread.join(2 * TIMEOUT);
        }
    }

    /** What came back; the head as it was sent. */
    record Answer(int status, String head, String body) {
    }

    static Answer ask(String address, String method, String path, String headers) throws IOException {
        try (var socket = new Socket(address, 80)) {
            socket.setSoTimeout(TIMEOUT);
            return ask(socket, method, path, headers, "");
        }
    }

    private static Answer ask(Socket socket, String method, String path, String headers, String body)
            throws IOException {
        boolean sends = method.equals("POST");
        var request = method + " " + path + " HTTP/1.1\r\nHost: guestbook.test\r\n" + headers
                + (sends ? "Content-Length: " + body.length() + "\r\n\r\n" + body : "\r\n");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        var in = socket.getInputStream();
        var head = head(in);
        int length = head.lines().map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip())).findFirst().orElse(0);
        var text = new String(in.readNBytes(method.equals("HEAD") ? 0 : length), StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(head.substring(9, 12)), head, text);
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("closed after " + head.size() + " bytes of the head");
            }
            head.write(c);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }
}
