package dragonfab.lxc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Result;
import dragonfab.shell.ShellScript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which packages a template of another suite is built from. */
@OnContainers
class TemplateSourcesTest {
    private static final Map<String, String> RELEASES = new ConcurrentHashMap<>();
    private static HttpServer server;
    private static String mirror;
    /** What it answers in place of a file that it has not. */
    private static volatile int none;

    @TempDir
    Path folder;

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var text = RELEASES.get(exchange.getRequestURI().getPath());
            var bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text == null ? none : 200, text == null ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        mirror = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @BeforeEach
    void empty() {
        RELEASES.clear();
        none = 404;
    }

    private Result sources(String suite, String... mirrors) {
        var script = "set -eu\n. /etc/os-release\n" + ShellScript.text("lxc/sources")
                + "\nwrite_sources \"$@\" && cat \"$1\"";
        return Lab.HERE.ask(Command.script(script, Stream.concat(Stream.of(folder.resolve("sources").toString(), suite),
                Stream.of(mirrors)).toArray()));
    }

    @Test
    void asUbuntuHasThem() {
        for (var pocket : new String[] {"noble", "noble-updates", "noble-security"}) {
            RELEASES.put("/ubuntu/dists/" + pocket + "/InRelease", "Components: main restricted universe multiverse\n");
        }

        assertEquals("""
                deb %1$s/ubuntu noble main universe
                deb %1$s/ubuntu noble-updates main universe
                deb %1$s/ubuntu noble-security main universe
                """.formatted(mirror), sources("noble", mirror + "/ubuntu").out());
    }

    @Test
    void asDebianHasThemWithTheSecurityArchiveApart() {
        RELEASES.put("/debian/dists/forky/InRelease", "Origin: Debian\nComponents: main contrib non-free\n");
        RELEASES.put("/debian-security/dists/forky-security/Release", "Origin: Debian\nComponents: updates/main\n");

        assertEquals("""
                deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %1$s/debian/ forky main
                deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %1$s/debian-security forky-security main
                """.formatted(mirror), sources("forky", mirror + "/debian/", mirror + "/debian-security").out());
    }

    @Test
    void thoseOfThisMachineServeOtherSuitesToo() {
        var own = sources("trixie").out();

        assertTrue(own.matches("(?s).* trixie main\n.* trixie-security main\n"), own);
    }

    @Test
    void wholeLinesAreTakenAsTheyAre() {
        var line = "deb [signed-by=/etc/apt/keyrings/x.asc] http://deb.example.com/x noble main extra";

        assertEquals(line + "\n", sources("noble", line).out());
    }

    @Test
    void whatHasNoMainIsNoMirrorOfADistribution() {
        RELEASES.put("/debian/dists/forky/InRelease", "Components: main\n");
        RELEASES.put("/others/dists/forky/InRelease", "Components: stable edge\n");

        assertEquals("deb " + mirror + "/debian forky main\n",
                sources("forky", mirror + "/debian", mirror + "/others").out());
    }

    @Test
    void aSuiteThatNoMirrorHasIsNamed() {
        RELEASES.put("/debian/dists/forky-updates/InRelease", "Components: main\n");

        var said = sources("forky", mirror + "/debian");

        assertEquals("exit 1 no mirror has a suite forky: name one with lxc_mirror (asked: " + mirror + "/debian)",
                said.ended() + " " + said.err().strip());
    }

    /** Or a template would have no security archive because a mirror had a bad minute. */
    @ParameterizedTest
    @ValueSource(ints = {403, 500, 503})
    void aMirrorThatCannotBeAskedIsNoMirrorWithoutThem(int status) {
        RELEASES.put("/debian/dists/forky/InRelease", "Components: main\n");
        none = status;

        var said = sources("forky", mirror + "/debian");

        assertEquals("exit 1", said.ended().toString());
        assertTrue(said.err().contains("dists/forky-updates/InRelease  " + status), said.err());
    }

    @Test
    void aMirrorThatIsNotThereIsNamed() {
        var said = sources("forky", "http://127.0.0.1:1/debian");

        assertEquals("exit 1", said.ended().toString());
        assertTrue(said.err().contains("127.0.0.1:1/debian/dists/forky/InRelease"), said.err());
    }

    @Test
    void keysOfUbuntuThatAreNotHereAreNamed() {
        RELEASES.put("/ubuntu/dists/noble/InRelease", "Origin: Ubuntu\nComponents: main universe\n");

        var said = sources("noble", mirror + "/ubuntu");

        var keyring = "/usr/share/keyrings/ubuntu-archive-keyring.gpg";
        if (Files.exists(Path.of(keyring))) {
            assertTrue(said.out().contains("[signed-by=" + keyring + "]"), said.toString());
        } else {
            assertEquals("the keys of Ubuntu are not on the machine that holds the container:"
                    + " apt install ubuntu-keyring there", said.err().strip());
        }
    }
}
