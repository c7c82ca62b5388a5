package dragonfab.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dragonfab.config.Check;
import dragonfab.shell.LocalShell;
import dragonfab.target.Obstacle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a site answers, and whether it can become right by waiting; asked with curl and without. */
class HttpCheckTest {
    @TempDir
    Path without;

    private HttpServer site;
    private int status = 200;
    private String page = "release 2.0";

    @BeforeEach
    void start() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", address() + "/login?next=/");
            }
            exchange.sendResponseHeaders(status, page.length());
            exchange.getResponseBody().write(page.getBytes());
            exchange.close();
        });
        site.start();
    }

    @AfterEach
    void stop() {
        site.stop(0);
    }

    @Test
    void theRightAnswerIsNoObstacle() {
        assertEquals(Optional.empty(), problem(200, "release ${version}"));
        status = 302;
        assertEquals(Optional.empty(), problem(302, null));
    }

    /** The status comes behind it, wherever it is cut. */
    @ParameterizedTest
    @ValueSource(ints = {65_520, 65_530, 65_533, 65_536, 65_600, 70_000, 3_000_000})
    void aLongPageIsAnAnswer(int length) {
        page = "release 2.0" + "\nx".repeat((length - 11) / 2);
        assertEquals(Optional.empty(), problem(200, "release ${version}"));
    }

    /** Each is a name of a site that the target itself serves. */
    @ParameterizedTest
    @ValueSource(strings = {"shop_stage.example.test", "-odd.example.test", "b\u00fccher.example.test", "[fe80::1]",
        "ann:secret@shop.example.test", "SHOP.example.test"})
    void aSiteMayHaveAnyName(String host) {
        var base = "http://" + host + ":" + site.getAddress().getPort();
        var check = new HttpCheck(new Check("/index.html", 200, "release", null, "target"), base, "2.0", false);

        var answer = new LocalShell(without, null).ask(check.ask());

        assertEquals(Optional.empty(), check.problem(answer.out()), answer.out());
    }

    @Test
    void whereARedirectLeadsIsSaidAndNotWaitedFor() {
        status = 302;
        assertEquals("true / answers 302 and not 200, and leads to SITE/login?next=/", said(null));
    }

    @Test
    void anErrorOfTheServerMayPass() {
        status = 503;
        assertEquals("false / answers 503 and not 200: release 2.0", said(null));
        site.stop(0);
        assertEquals("false / answers nothing and not 200", said(null).replaceFirst(": .*", ""));
    }

    @Test
    void theReleaseBeforeMayPass() {
        page = "release 1.9, welcome";
        assertEquals("false / answers 200 without \"release 2.0, welcome\": release 1.9, welcome",
                said("release ${version}, welcome"));
        page = "release 12.0 or 2.0.1";
        assertEquals("false / answers 200 without \"release 2.0\": release 12.0 or 2.0.1", said("release ${version}"));
    }

    @Test
    void aWrongPageOfTheRightReleaseLasts() {
        page = "release 2.0, sorry";
        assertEquals("true / answers 200 without \"release 2.0, welcome\": release 2.0, sorry",
                said("release ${version}, welcome"));
        assertEquals("true / answers 200 without \"welcome\": release 2.0, sorry", said("welcome"));
    }

    private String said(String contains) {
        var found = problem(200, contains).orElseThrow();
        return found.lasting() + " " + found.text().replace(address(), "SITE");
    }

    private Optional<Obstacle> problem(int expected, String contains) {
        var check = new HttpCheck(new Check("/", expected, contains, null, "local"), address(), "2.0", false);
        var shell = new LocalShell(Path.of("").toAbsolutePath(), null);
        var found = check.problem(shell.ask(check.ask()).out());
        var withPython = shell.ask(check.ask().behind("sh", "-c", """
                ln -sf /usr/bin/python3 "$(command -v sh)" "$0" && PATH=$0 && export PATH && exec "$@"
                """, without)).out();
        assertEquals(found.map(Obstacle::lasting), check.problem(withPython).map(Obstacle::lasting), withPython);
        return found;
    }

    private String address() {
        return "http://127.0.0.1:" + site.getAddress().getPort();
    }
}
