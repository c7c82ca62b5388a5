package dragonfab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for a site in a real container, whichever web server is in front of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClosedSite {
    private static final int SWITCHES = 5;
    private static final String[] CERTIFIED = {"-k", "--cert", "/srv/c.pem", "--key", "/srv/k.pem"};
    private static final String APPLICATION = """
            import http.server, socketserver
            class Handler(http.server.BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"
                def answer(self):
                    self.rfile.read(int(self.headers.get("Content-Length") or 0))
                    body = ("app " + self.command).encode()
                    self.send_response(503 if self.path == "/busy" else 200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    if self.command != "HEAD":
                        self.wfile.write(body)
                do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = answer
                def log_message(self, *ignored):
                    pass
            class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
                daemon_threads = True
                request_queue_size = 256
            Server(("127.0.0.1", 8000), Handler).serve_forever()
            """;
    private static final String INSTALL = """
            export DEBIAN_FRONTEND=noninteractive
            apt-get -q update </dev/null
            apt-get -y -q install --no-install-recommends curl openssl python3 "$1" </dev/null
            mkdir -p /srv/app/static
            echo 'body {}' > /srv/app/static/site.css
            printf '%s' "$2" > /srv/app/app.py
            {
                printf '[Service]\\nExecStart=/usr/bin/python3 /srv/app/app.py\\n'
                printf '[Install]\\nWantedBy=multi-user.target\\n'
            } > /etc/systemd/system/guestbook.service
            systemctl -q enable --now guestbook
            """;

    private final String name;
    private final String server;
    private final String unit;
    private final String file;
    private final String broken;
    private Shell inside;
    private Cli cli;

    /**
     * @param file   where the site's block stands
     * @param broken another file that the web server reads
     */
    ClosedSite(String server, String unit, String file, String broken) {
        this.name = "web-" + server;
        this.server = server;
        this.unit = unit;
        this.file = file;
        this.broken = broken;
    }

    /** The site, with this line in its block. */
    abstract String site(String line);

    abstract String line();

    /** The site by HTTPS alone and for visitors with a certificate, with this line in its block. */
    abstract String certified(String line);

    @BeforeAll
    void install() throws IOException {
        inside = Lab.container(name);
        var folder = Files.createTempDirectory("dragonfab-web");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  lab:
                    lxc: %s
                    package_name: guestbook
                    web_server: %s
                    services: [guestbook.service]
                    maintenance_retry_after: 77
                """.formatted(Lab.PREFIX + name, server));
        cli = Cli.in(folder);
        Lab.run(inside, INSTALL, unit, APPLICATION);
    }

    @AfterAll
    void remove() {
        Lab.remove(name);
    }

    @BeforeEach
    void open() {
        Lab.run(inside, """
                rm -rf /var/lib/dragonfab/guestbook
                rm -f "$4"
                printf '%s' "$1" > "$2"
                [ "$3" != apache2 ] || a2enmod -q proxy_http ssl http2
                systemctl reset-failed "$3"
                systemctl restart "$3"
                """, site(line()), file, unit, broken);
    }

    @Test
    void switchingUnderLoadShowsTheSiteOrThePageAndNothingElse() throws Exception {
        switched("maintenance");
        switched("live");
        var visitors = Visitors.of(address());
        try (visitors) {
            for (int i = 0; i < SWITCHES; i++) {
                switched("maintenance");
                switched("live");
            }
        }
        assertEquals("200 and 503", visitors.seen());
    }

    @Test
    void everyMethodIsClosedAndPeopleAndProgramsCanReadTheMessage() throws IOException {
        switched("maintenance", "--message", "<b>back</b> at \"5\"");

        for (var method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")) {
            var answer = Visitors.ask(address(), method, "/any/where", "");
            assertEquals(503, answer.status(), method);
            assertTrue(answer.head().contains("Retry-After: 77\r\n"), answer.head());
            assertTrue(answer.head().contains("Cache-Control: no-store\r\n"), answer.head());
        }
        assertTrue(Visitors.ask(address(), "GET", "/", "").body()
                .contains("<p>&lt;b&gt;back&lt;/b&gt; at &quot;5&quot;</p>"));
        assertEquals("{\"error\":\"maintenance\",\"message\":\"<b>back<\\/b> at \\\"5\\\"\","
                + "\"retry_after\":77}\n",
                Visitors.ask(address(), "POST", "/", "Accept: application/json\r\n").body());
    }

    @Test
    void staticFilesAndThisMachinePassAndNobodyGetsThereByATrick() throws IOException {
        switched("maintenance");

        assertEquals(200, Visitors.ask(address(), "GET", "/static/site.css", "").status());
        assertEquals(503, Visitors.ask(address(), "GET", "/static/../x", "").status());
        assertEquals(503, Visitors.ask(address(), "GET", "/static/%2e%2e/x", "").status());
        assertEquals(503, Visitors.ask(address(), "GET", "/", "X-Forwarded-For: 127.0.0.1\r\n").status());
        assertEquals("app GET",
                inside.read(Command.of("curl", "-sH", "Host: guestbook.test", "http://127.0.0.1/")));
        assertEquals("503", inside.read(Command.of("curl", "-so", "/dev/null", "-w", "%{http_code}", "-H",
                "Host: guestbook.test", "-H", "X-Forwarded-For: 192.0.2.9", "http://127.0.0.1/")));
    }

    @Test
    void addressesOfTheListPassAsSoonAsTheyAreOnIt() throws IOException {
        switched("maintenance");
        assertEquals(503, Visitors.ask(address(), "GET", "/", "").status());

        switched("maintenance", "--set", "maintenance_allow=[10.0.0.0/8]");
        assertEquals("app GET", Visitors.ask(address(), "GET", "/", "").body());
    }

    @Test
    void theApplicationsOwnErrorsStayItsOwn() throws IOException {
        switched("maintenance");
        switched("live");

        assertEquals("app GET", Visitors.ask(address(), "GET", "/busy", "").body());
    }

    @Test
    void theModeSurvivesARestartAndAReboot() throws IOException {
        switched("maintenance");
        Lab.run(inside, "systemctl reset-failed \"$1\"; systemctl restart \"$1\"", unit);
        assertEquals(503, Visitors.ask(address(), "GET", "/", "").status());

        Lab.HERE.read(Command.of("lxc-stop", "-n", Lab.PREFIX + name, "-t", "30").asRoot());
        assertEquals(0, cli.run("lxc", "lab", "start").exit());
        assertTrue(web("status").out().contains("  maintenance  maintenance  "), "after the reboot");
        assertEquals(503, Visitors.ask(address(), "GET", "/", "").status());
    }

    @Test
    void aSiteWithoutTheLineIsRefusedWithTheRemedyAndLeftAlone() {
        Lab.run(inside, "printf '%s' \"$1\" > \"$2\"; systemctl reset-failed \"$3\"; systemctl restart \"$3\"",
                site(""), file, unit);
        var before = files();

        var ran = web("maintenance");

        assertEquals(3, ran.exit(), ran.toString());
        assertTrue(ran.err().contains(" (" + file + ":1): " + line() + "\n"), ran.err());
        assertEquals(before, files());
    }

    @Test
    void aConfigurationThatIsBrokenElsewhereIsRefusedAndLeftAlone() {
        Lab.run(inside, """
                rm -rf /etc/nginx/dragonfab /etc/nginx/conf.d/dragonfab-* /etc/apache2/dragonfab /etc/caddy/dragonfab
                mkdir -p "${1%/*}"
                echo 'nonsense on {' > "$1"
                """, broken);
        var before = files();

        var ran = web("maintenance");

        assertEquals(3, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("broken.conf"), ran.err());
        assertEquals(before, files());
    }

    @Test
    void aLargeUploadGetsThePageToo() {
        run("head -c 5000000 /dev/zero > /srv/large");
        switched("maintenance");

        assertEquals("503", status("http://guestbook.test:80/", "-T", "/srv/large"));
    }

    @Test
    void whereAClientCertificateIsAskedForTheStatusSaysSo() {
        certificate();
        serve(certified(line()));
        assertEquals("200", status("https://guestbook.test:443/", CERTIFIED));

        var ran = web("maintenance");

        assertEquals(0, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("nobody can say what visitors see: https://guestbook.test:443 asks for a client"
                + " certificate"), ran.err());
        assertTrue(web("status").out().contains("https://guestbook.test:443 asks for a client certificate"));
        assertEquals("503", status("https://guestbook.test:443/", CERTIFIED));

        ran = web("live");
        assertEquals(0, ran.exit(), ran.toString());
        assertEquals("200", status("https://guestbook.test:443/", CERTIFIED));
    }

    @Test
    @Tag("long")
    void anUploadThatBeganGoesThroughAndLaterOnesGetThePageBeforeTheyEnd() {
        run("head -c 20000000 /dev/zero > /srv/large");
        certificate();
        serve(certified(line()));
        assertEquals(0, web("maintenance").exit());
        assertEquals(0, web("live").exit());
        run("""
                for version in 1.1 2; do
                    curl -sk --cert /srv/c.pem --key /srv/k.pem --http$version --limit-rate 4M -T /srv/large \\
                        --resolve guestbook.test:443:127.0.0.1 -H 'X-Forwarded-For: 192.0.2.9' \\
                        https://guestbook.test/ > /srv/answer.$version &
                done
                sleep 1
                """);

        // It reloads too.
        assertEquals(0, web("maintenance", "--set", "maintenance_retry_after=78").exit());

        run("while pgrep -x curl; do sleep 0.2; done");
        assertEquals("app PUT, app PUT", read("cat /srv/answer.1.1; printf ', '; cat /srv/answer.2"));
        assertEquals("503", uploaded("1.1", "/srv/large"));
        assertEquals("503", uploaded("2", "/srv/app/app.py"));
        largeUploadOverHttp2();
    }

    /** The page, and then perhaps an end without an error, as HTTP/2 has it: the curl of Debian 12 takes that for one. */
    private void largeUploadOverHttp2() {
        run("""
                DEBIAN_FRONTEND=noninteractive apt-get -y -q install --no-install-recommends nghttp2-client </dev/null
                grep -q ' guestbook.test' /etc/hosts || echo '127.0.0.1 guestbook.test' >> /etc/hosts
                """);
        var frames = read("nghttp -v --cert=/srv/c.pem --key=/srv/k.pem -d /srv/large -H 'x-forwarded-for: 192.0.2.9'"
                + " https://guestbook.test/ | tr -d '\\000' | sed 's/\\x1b\\[[0-9;]*m//g'");
        assertTrue(frames.contains(":status: 503"), frames);
        assertTrue(frames.contains("We are working on"), frames);
        assertFalse(frames.matches("(?s).*recv RST_STREAM[^\\n]*\\n[^\\n]*error_code=(?!NO_ERROR).*"), frames);
    }

    private String uploaded(String version, String path) {
        return status("https://guestbook.test:443/", Stream.concat(Stream.of(CERTIFIED),
                Stream.of("--http" + version, "-T", path)).toArray(String[]::new));
    }

    @Test
    void restartingSaysWhatWasRestartedAndWhatDidNotComeBack() {
        var ran = cli.run("web-restart", "lab");
        assertEquals(0, ran.exit(), ran.toString());
        assertTrue(ran.out().contains("restarted guestbook.service"), ran.out());
        assertTrue(ran.out().contains("reloaded " + unit), ran.out());

        Lab.run(inside, "mv /srv/app/app.py /srv/app/kept;"
                + " echo 'raise SystemExit(\"no database\")' > /srv/app/app.py");
        ran = cli.run("web-restart", "lab");
        Lab.run(inside, "mv /srv/app/kept /srv/app/app.py; systemctl restart guestbook");
        assertEquals(4, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("no database"), ran.err());
        assertTrue(ran.err().contains("down guestbook.service is failed"), ran.err());
    }

    /** One for the site and its visitors. */
    void certificate() {
        run("""
                [ -s /srv/c.pem ] || openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=guestbook.test \\
                    -addext subjectAltName=DNS:guestbook.test -keyout /srv/k.pem -out /srv/c.pem
                chmod 0644 /srv/k.pem
                """);
    }

    /** This text is the site now. */
    void serve(String text) {
        Lab.run(inside, "printf '%s' \"$1\" > \"$2\"; systemctl reset-failed \"$3\"; systemctl restart \"$3\"", text,
                file, unit);
    }

    void run(String script, Object... arguments) {
        Lab.run(inside, script, arguments);
    }

    String read(String script, Object... arguments) {
        return inside.read(Command.script(script, arguments).asRoot());
    }

    /** What a visitor is answered who comes with this address. */
    String status(String url, String... options) {
        var port = url.replaceFirst(".*:([0-9]+)/$", "$1");
        return inside.read(Command.of("curl", "-so", "/dev/null", "-w", "%{http_code}", "-H",
                "X-Forwarded-For: 192.0.2.9", "--connect-to", "::127.0.0.1:" + port).with((Object[]) options)
                .with(url));
    }

    void switched(String mode, String... options) {
        var ran = web(mode, options);
        assertEquals(0, ran.exit(), ran.toString());
        assertEquals("", ran.err());
    }

    Cli.Ran web(String mode, String... options) {
        var words = new java.util.ArrayList<>(List.of("lab", mode));
        words.addAll(List.of(options));
        return cli.run("web-mode", words.toArray(String[]::new));
    }

    String container() {
        return Lab.PREFIX + name;
    }

    private String address() {
        return Lab.address(name);
    }

    /** A mark of all that a switch might touch. */
    private String files() {
        return inside.read(Command.script("""
                find /etc/nginx /etc/apache2 /etc/caddy /var/lib/dragonfab 2>/dev/null | sort | while read -r file; do
                    ls -ld "$file"
                    [ ! -f "$file" ] || cat "$file"
                done | sha256sum
                """).asRoot());
    }
}
