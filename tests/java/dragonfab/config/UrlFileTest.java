package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dragonfab.files.Checksum;
import dragonfab.files.HttpDownload;
import dragonfab.files.WebFile;
import dragonfab.files.WebFileCache;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Launch;
import dragonfab.recipe.Run;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlFileTest {
    /** A step that reads the file. */
    @picocli.CommandLine.Command(name = "db-migrate")
    private static final class Reading extends EnvironmentScript {
        private final boolean looks;

        private Reading(boolean looks) {
            this.looks = looks;
        }

        @Override
        protected boolean onlyReads() {
            return looks;
        }

        @Override
        protected void steps(Run run) {
            run.environment().file(Key.DEBCONF)
                    .ifPresent(file -> run.report().note("local", "has " + file.getFileName()));
        }
    }

    static final String ANSWERS = "tool tool/name string guestbook\n";
    static final String SUM = Checksum.of(ANSWERS);
    static final String POISON = "p0is0n-signature-of-a-bucket";

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private HttpServer server;
    private String address;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var login = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(exchange.getRequestURI() + (login == null ? "" : " " + login));
        var path = exchange.getRequestURI().getPath();
        if (path.startsWith("/away")) {
            exchange.getResponseHeaders().add("Location", "answers?sig=" + POISON);
            exchange.sendResponseHeaders(302, -1);
        } else if (path.startsWith("/x/other")) {
            exchange.getResponseHeaders().add("Location", address.replace("127.0.0.1", "localhost") + "/answers");
            exchange.sendResponseHeaders(302, -1);
        } else if (path.startsWith("/round")) {
            exchange.getResponseHeaders().add("Location", "/round");
            exchange.sendResponseHeaders(302, -1);
        } else if (path.startsWith("/no")) {
            exchange.sendResponseHeaders(403, -1);
        } else if (path.startsWith("/cut")) {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(ANSWERS.getBytes(StandardCharsets.UTF_8));
        } else {
            var bytes = ANSWERS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Test
    void isFetchedOnceWhenItsFileIsAskedForAndNotBefore() throws IOException {
        var staging = staging(url("/answers"));
        staging.shown();
        var place = staging.get(Key.DEBCONF);

        assertEquals(List.of(), asked);
        assertEquals(folder.resolve(".dragonfab/files").resolve(SUM).resolve("answers"), place);
        assertEquals(address + "/answers", staging.elsewhere(Key.DEBCONF).orElseThrow().toString());
        assertEquals(place, staging.file(Key.DEBCONF).orElseThrow());
        assertEquals(ANSWERS, Files.readString(place));
        assertTrue(staging.elsewhere(Key.DEBCONF).isEmpty());
        assertEquals(place, staging(url("/answers")).file(Key.DEBCONF).orElseThrow());
        assertEquals(List.of("/answers"), asked);
        assertEquals("rw-------", java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(place)));
    }

    @Test
    void aDryRunSaysWhatItWouldFetchAndALookSaysNothing() {
        var url = url("/answers").replace("#", "?sig=" + POISON + "#");
        var environments = "environments:\n  staging:\n    debconf: " + url + "\n";

        var dry = Launch.of(environments, new Reading(false), new ScriptedConnector(), "staging", "-n");
        var look = Launch.of(environments, new Reading(true), new ScriptedConnector(), "staging", "--json");
        assertEquals(List.of(), asked);
        assertTrue(dry.out().contains("would fetch " + address + "/answers (sha256 " + SUM + ")"), dry.toString());
        assertFalse((look + "").contains("fetch"), look.toString());

        var real = Launch.of(environments, new Reading(false), new ScriptedConnector(), "staging");
        assertTrue(real.out().contains("has answers"), real.toString());
        assertEquals(List.of("/answers?sig=" + POISON), asked);
        assertFalse((dry + "" + look + real).contains(POISON), dry + "" + look + real);
    }

    @Test
    void aServerThatFallsSilentIsNotWaitedForWithoutAnEnd() throws IOException {
        try (var silent = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var file = WebFile.of("http://127.0.0.1:" + silent.getLocalPort() + "/a#sha256=" + SUM);
            var cache = new WebFileCache(folder.resolve("cache"), HttpDownload.of(Map.of())
                    .within(java.time.Duration.ofMillis(300), java.time.Duration.ofMinutes(1)));

            var refused = assertThrows(Failure.class, () -> cache.fetch(file, "staging.debconf"));

            assertEquals("staging.debconf: " + file + " sent nothing for 1 s", refused.getMessage());
        }
    }

    @Test
    void aDamagedOneIsFetchedAnew() throws IOException {
        var place = staging(url("/answers")).file(Key.DEBCONF).orElseThrow();
        Files.writeString(place, "damaged");

        assertEquals(place, staging(url("/answers")).file(Key.DEBCONF).orElseThrow());
        assertEquals(ANSWERS, Files.readString(place));
        assertEquals(2, asked.size());
    }

    @Test
    void anotherFileThanIsMeantIsRefusedAndNotKept() throws IOException {
        var other = "0".repeat(64);

        var refused = failure("${url:" + address + "/answers?sig=" + POISON + "#sha256=" + other + "}");

        assertEquals(Exit.REFUSED, refused.exit());
        assertEquals("staging.debconf: " + address + "/answers is not the file that is meant", refused.getMessage());
        assertEquals(List.of("sha256 there: " + SUM, "sha256 meant: " + other), refused.tail());
        assertEquals(List.of(), kept());
    }

    @Test
    void whatTheServerSaysIsToldAndNothingIsKept() throws IOException {
        var refused = failure(url("/no"));

        assertEquals(Exit.FAILED, refused.exit());
        assertEquals("staging.debconf: " + address + "/no answered 403 Forbidden", refused.getMessage());
        assertTrue(failure(url("/cut")).getMessage().startsWith(
                "staging.debconf: " + address + "/cut was cut off"));
        assertTrue(failure(url("/round")).getMessage().endsWith("/round leads to more than 5 other addresses"));
        server.stop(0);
        assertEquals("staging.debconf: " + address + "/answers cannot be reached",
                failure(url("/answers")).getMessage());
        assertEquals(List.of(), kept());
    }

    @Test
    void redirectsAreFollowedAndALoginStaysOnItsServer() throws IOException {
        staging(url("/away")).file(Key.DEBCONF);
        var login = "${url:" + address.replace("http://", "http://me:pass%20word@") + "/x/answers#sha256=" + SUM + "}";
        Files.delete(staging(url("/away")).get(Key.DEBCONF));
        Files.deleteIfExists(staging(login).get(Key.DEBCONF));
        staging(login).file(Key.DEBCONF).orElseThrow();

        assertEquals(List.of("/away", "/answers?sig=" + POISON, "/x/answers Basic "
                + Base64.getEncoder().encodeToString("me:pass word".getBytes(StandardCharsets.UTF_8))), asked);
        assertTrue(heard.contains("pass word"), heard.toString());

        asked.clear();
        var other = login.replace("/answers", "/other");
        staging(other).file(Key.DEBCONF).orElseThrow();
        assertEquals(List.of("/x/other", "/answers"), asked.stream().map(each -> each.split(" ")[0]).toList());
        assertEquals("/answers", asked.get(1));
    }

    @Test
    void fromHttpsToHttpNoRedirectIsFollowedThoughTheChecksumWouldTell() throws Exception {
        var trusted = SSLContext.getDefault();
        var context = certified();
        var secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(context));
        secure.createContext("/down", exchange -> {
            exchange.getResponseHeaders().add("Location", address + "/answers");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        secure.createContext("/", this::answer);
        secure.start();
        SSLContext.setDefault(context);
        try {
            var there = "https://127.0.0.1:" + secure.getAddress().getPort();

            var refused = failure("${url:" + there + "/down#sha256=" + SUM + "}");
            assertEquals("staging.debconf: " + there + "/down leads from https to http, which is not followed",
                    refused.getMessage());
            assertEquals(List.of(), asked);
            assertTrue(staging("${url:" + there + "/away#sha256=" + SUM + "}").file(Key.DEBCONF).isPresent());
            assertEquals(List.of("/away", "/answers?sig=" + POISON), asked);
        } finally {
            SSLContext.setDefault(trusted);
            secure.stop(0);
        }
    }

    /** Has a certificate of its own for this machine, and trusts no other. */
    private SSLContext certified() throws Exception {
        var store = folder.resolve("keys.p12");
        var made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", "no secret",
                "-alias", "here", "-keyalg", "EC", "-dname", "CN=here", "-ext", "san=ip:127.0.0.1")
                .redirectErrorStream(true).start();
        var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, made.waitFor(), said);
        var keys = KeyStore.getInstance(store.toFile(), "no secret".toCharArray());
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "no secret".toCharArray());
        var known = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        known.init(keys);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), known.getTrustManagers(), null);
        return context;
    }

    @Test
    void isFetchedThroughTheProxyThatTheEnvironmentNames() throws IOException {
        var elsewhere = "${url:http://bucket.example/answers#sha256=" + SUM + "}";

        staging(elsewhere, "HTTP_PROXY", address).file(Key.DEBCONF).orElseThrow();

        assertEquals(List.of("http://bucket.example/answers"), asked);
        assertTrue(staging(url("/own"), "http_proxy", "http://127.0.0.1:1",
                "no_proxy", "127.0.0.1").file(Key.DEBCONF).isPresent());
    }

    @Test
    void itsSecretsAreKnownBeforeAndShownNowhere() {
        var staging = staging("${url:https://me:w0rd-of-mine@bucket.example/a.dat?X-Amz-Signature=" + POISON
                + "&e=${env:EXTRA}#sha256=" + SUM + "}", "EXTRA", "extra-poison");

        assertTrue(heard.containsAll(List.of(POISON, "w0rd-of-mine", "extra-poison")), heard.toString());
        var shown = staging.shown().toString();
        assertTrue(shown.contains("${url:https://***@bucket.example/a.dat?***#sha256=" + SUM + "}"), shown);
        assertFalse(shown.contains(POISON) || shown.contains("w0rd-of-mine") || shown.contains("poison"), shown);
    }

    @Test
    void whatIsClearIsASecretAlsoWhereAnotherPartIsNotSet() {
        staging("${url:https://bucket.example/a?sig=" + POISON + "&e=${env:NOT_SET}#sha256=" + SUM + "}");

        assertTrue(heard.contains(POISON), heard.toString());
    }

    @Test
    void anAddressThatCannotBeCheckedIsAProblemOfTheFile() {
        assertEquals("has a ${url:...} without #sha256= and the checksum at its end",
                problem("debconf: ${url:https://bucket.example/a?sig=" + POISON + "}"));
        assertEquals("has a ${url:...} whose sha256 is not 64 hexadecimal digits, as sha256sum prints them",
                problem("debconf: ${url:https://bucket.example/a#sha256=12ab}"));
        assertEquals("has a ${url:...} that does not begin with https:// or http://",
                problem("debconf: ${url:ftp://bucket.example/a#sha256=" + SUM + "}"));
        assertEquals("has a ${url:...}, which only these take: debconf, maintenance_page",
                problem("identity_file: " + url("/key")));
        assertEquals("has a ${url:...}, which is the whole value of a key or none of it: debconf, maintenance_page",
                problem("debconf: x" + url("/key")));
    }

    /** Of the first key; nothing of an address is quoted. */
    private String problem(String line) {
        var failure = assertThrows(Failure.class, () -> load(line, Map.of()));
        assertEquals(Exit.USAGE, failure.exit());
        assertFalse(failure.tail().toString().contains(POISON), failure.tail().toString());
        var start = "environments.yml:3: staging." + line.substring(0, line.indexOf(':')) + ": ";
        assertTrue(failure.tail().get(0).startsWith(start), failure.tail().toString());
        return failure.tail().get(0).substring(start.length());
    }

    private Failure failure(String url) {
        var failure = assertThrows(Failure.class, () -> staging(url).file(Key.DEBCONF));
        assertFalse((failure.getMessage() + failure.tail()).contains(POISON), failure.getMessage());
        return failure;
    }

    private String url(String path) {
        return "${url:" + address + path + "#sha256=" + SUM + "}";
    }

    private List<String> kept() throws IOException {
        try (var all = Files.walk(folder.resolve(".dragonfab/files"))) {
            return all.filter(Files::isRegularFile).map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".gitignore")).toList();
        }
    }

    private Environment staging(String url, String... variables) {
        var set = new java.util.HashMap<String, String>();
        for (int i = 0; i < variables.length; i += 2) {
            set.put(variables[i], variables[i + 1]);
        }
        var staging = load("debconf: " + url, set);
        staging.onSecret(heard::add);
        staging.onFetch(file -> true);
        return staging;
    }

    private Environment load(String line, Map<String, String> variables) {
        try {
            var file = Files.writeString(folder.resolve("environments.yml"),
                    "environments:\n  staging:\n    " + line + "\n");
            return Environments.load(file, variables).environment("staging", Map.of());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
