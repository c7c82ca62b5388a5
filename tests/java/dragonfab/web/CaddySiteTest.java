package dragonfab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnContainers
class CaddySiteTest extends ClosedSite {
    private static final String RULES = "cat /etc/caddy/dragonfab/guestbook/maintenance.conf";

    CaddySiteTest() {
        super("caddy", "caddy", "/etc/caddy/Caddyfile", "/etc/caddy/more/broken.conf");
    }

    @Override
    String line() {
        return "import /etc/caddy/dragonfab/guestbook/*.conf";
    }

    @Override
    String site(String line) {
        return """
                http://guestbook.test {
                    %s
                    handle_path /static/* {
                        root * /srv/app/static
                        file_server
                    }
                    try_files {path} /index.html
                    handle /any/* {
                        reverse_proxy 127.0.0.1:8000
                    }
                    handle {
                        rewrite /index.html {http.request.orig_uri.path}
                        reverse_proxy 127.0.0.1:8000
                    }
                }
                import more/*.conf
                """.formatted(line);
    }

    @Override
    String certified(String line) {
        return """
                https://guestbook.test {
                    %s
                    tls /srv/c.pem /srv/k.pem {
                        client_auth {
                            mode require_and_verify
                            trusted_ca_cert_file /srv/c.pem
                        }
                    }
                    reverse_proxy 127.0.0.1:8000
                }
                """.formatted(line);
    }

    @Override
    @Tag("long")
    @Test
    void switchingUnderLoadShowsTheSiteOrThePageAndNothingElse() throws Exception {
        super.switchingUnderLoadShowsTheSiteOrThePageAndNothingElse();
    }

    @Override
    @Tag("long")
    @Test
    void theModeSurvivesARestartAndAReboot() throws IOException {
        super.theModeSurvivesARestartAndAReboot();
    }

    @Test
    void aSecondBlockOfTheSameApplicationIsNamedOrClosedUnderItsOwnNameAndPort() {
        var admin = """
                (front) {
                    reverse_proxy localhost:8000
                }
                http://*.guestbook.test:81, http://admin.test:82 {
                    %s
                    import front
                }
                http://other.test:81 {
                    respond "other"
                }
                """;
        serve(site(line()) + admin.formatted(""));

        var ran = web("maintenance");

        assertEquals(3, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("  /etc/caddy/Caddyfile:20 (*.guestbook.test) has not the line\n"), ran.err());
        assertTrue(ran.err().contains("  /etc/caddy/Caddyfile:20 (admin.test) has not the line\n"), ran.err());
        assertEquals("200", status("http://x.guestbook.test:81/"));

        serve(site(line()) + admin.formatted(line()));
        switched("maintenance");
        assertEquals("503", status("http://x.guestbook.test:81/"));
        assertEquals("503", status("http://admin.test:82/"));
        assertEquals("200", status("http://other.test:81/"));
        switched("live");
        assertEquals("200", status("http://x.guestbook.test:81/"));
    }

    @Test
    void aLineBehindWhatReachesTheApplicationIsRefused() {
        serve("""
                http://guestbook.test {
                    route {
                        reverse_proxy /api/* localhost:8000
                        %s
                        reverse_proxy localhost:8000
                    }
                }
                """.formatted(line()));

        var ran = web("maintenance");

        assertEquals(3, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("Caddyfile:1 (guestbook.test) has the line behind"), ran.err());
    }

    @Test
    void aReloadThatIsRefusedIsToldAndDoneAgain() {
        switched("maintenance");
        switched("live");
        var before = read(RULES);
        run("systemd-run -q --unit=squatter /usr/bin/python3 -m http.server 83; sleep 2");
        run("printf '%s' \"$1\" >> /etc/caddy/Caddyfile",
                "http://guestbook.test:83 {\n %s\n reverse_proxy localhost:8000\n}\n".formatted(line()));
        try {
            var ran = web("maintenance", "--set", "maintenance_allow=[10.0.0.0/8]");
            assertEquals(1, ran.exit(), ran.toString());
            assertTrue(ran.err().contains("address already in use"), ran.err());
            assertEquals("200", status("http://guestbook.test:80/"));
            assertEquals(before, read(RULES));

            run("systemctl stop squatter");
            switched("maintenance");
            assertEquals("503", status("http://guestbook.test:83/"));
        } finally {
            run("systemctl stop squatter 2>/dev/null || true");
        }
    }

    @Test
    void anotherProgramThatRunsSomethingCalledCaddyIsNotTakenForIt() {
        run("systemctl stop caddy; systemd-run -q --unit=other python3 -c 'import time; time.sleep(600)' run caddy");
        try {
            var ran = web("maintenance");

            assertEquals(0, ran.exit(), ran.toString());
            assertTrue(ran.err().contains("nobody can say what visitors see"), ran.err());
        } finally {
            run("systemctl stop other");
        }
    }

    @Test
    void oneOfAnotherUnitAndFolderIsClosedWhereItIs() {
        run("""
                systemctl stop caddy
                rm -rf /etc/caddy/dragonfab
                mkdir -p /srv/front/sites
                printf '{\\n admin localhost:2020\\n}\\nimport sites/*\\n' > /srv/front/main
                printf 'http://{$SITE} {\\n import {$LINE:none}/*.conf\\n reverse_proxy localhost:8000\\n}\\n' > /srv/front/sites/one
                {
                    echo '[Service]'
                    echo 'Environment=SITE=guestbook.test LINE=/etc/caddy/dragonfab/guestbook'
                    echo 'WorkingDirectory=/srv/front'
                    echo 'ExecStart=/usr/bin/caddy run --config main --adapter=caddyfile'
                } > /run/systemd/system/front.service
                {
                    echo '[Service]'
                    echo 'ExecStart=/usr/bin/caddy run --resume'
                } > /run/systemd/system/told.service
                systemctl daemon-reload
                systemctl start front
                curl -so /dev/null --retry 20 --retry-delay 1 --retry-connrefused http://127.0.0.1:80/
                """);
        try {
            switched("maintenance");
            assertEquals("503", status("http://guestbook.test:80/"));
            switched("live");
            assertEquals("200", status("http://guestbook.test:80/"));

            run("systemctl stop front; systemctl start told; sleep 1");
            var ran = web("maintenance", "--set", "maintenance_retry_after=5");
            assertEquals(3, ran.exit(), ran.toString());
            assertTrue(ran.err().contains("(--resume)"), ran.err());
        } finally {
            run("systemctl stop front told");
        }
    }
}
