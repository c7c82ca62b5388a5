package dragonfab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnContainers
class NginxSiteTest extends ClosedSite {

    NginxSiteTest() {
        super("nginx", "nginx", "/etc/nginx/sites-enabled/guestbook",
                "/etc/nginx/conf.d/broken.conf");
    }

    @Override
    String line() {
        return "include /etc/nginx/dragonfab/guestbook/*.conf;";
    }

    @Override
    String site(String line) {
        return """
                server {
                    listen 80;
                    server_name guestbook.test;
                    %s
                    location /static/ { alias /srv/app/static/; }
                    location / { proxy_pass http://127.0.0.1:8000; }
                }
                """.formatted(line);
    }

    @Override
    String certified(String line) {
        return """
                server {
                    listen 443 ssl http2;
                    server_name guestbook.test;
                    %s
                    ssl_certificate /srv/c.pem; ssl_certificate_key /srv/k.pem;
                    ssl_client_certificate /srv/c.pem; ssl_verify_client on;
                    client_max_body_size 50m;
                    location / { proxy_pass http://127.0.0.1:8000; }
                }
                """.formatted(line);
    }

    @Test
    void aSecondBlockOfTheSameApplicationIsNamedOrClosedUnderItsOwnNameAndPort() {
        var others = """
                server { listen 81; server_name ~^(?<part>[a-z]+)\\.guestbook\\.test$; LINE
                    location / { proxy_pass http://localhost:8000; } }
                server { listen 82 default_server; server_name _; LINE
                    location / { proxy_pass http://localhost:8000; } }
                server { listen 81 default_server; root /srv/other; }
                """;
        serve(site(line()) + others.replace("LINE", ""));

        var ran = web("maintenance");

        assertEquals(3, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("sites-enabled/guestbook:8 (~^(?<part>"), ran.err());
        assertTrue(ran.err().contains("sites-enabled/guestbook:10 (_) has not the line"), ran.err());
        assertEquals("200", status("http://x.guestbook.test:81/"));

        serve(site(line()) + others.replace("LINE", line()));
        switched("maintenance");
        assertEquals("503", status("http://x.guestbook.test:81/"));
        assertEquals("503", status("http://any.test:82/"));
        assertEquals("404", status("http://x.other.test:81/"));
        switched("live");
        assertEquals("200", status("http://x.guestbook.test:81/"));
        assertEquals("200", status("http://any.test:82/"));
    }

    @Test
    void aLineBehindARewriteIsRefused() {
        serve(site("rewrite ^/old/(.*) /new/$1 last; " + line()));

        var ran = web("maintenance");

        assertEquals(3, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("guestbook:1 (guestbook.test) has the line behind a rewrite"), ran.err());
    }

    @Test
    void oneOfAnotherUnitAndFolderIsClosedWhereItIs() {
        run("""
                systemctl stop nginx
                rm -rf /etc/nginx/dragonfab /etc/nginx/conf.d/dragonfab-*
                mkdir -p /usr/local/openresty/nginx/conf /usr/local/openresty/nginx/logs
                cat > /usr/local/openresty/nginx/conf/nginx.conf <<'END'
                events { }
                http {
                    server { listen 80; server_name guestbook.test; include /etc/nginx/dragonfab/guestbook/*.conf;
                        location / { proxy_pass http://127.0.0.1:8000; } }
                }
                END
                {
                    echo '[Service]'
                    echo 'ExecStart=/usr/sbin/nginx -p /usr/local/openresty/nginx -c conf/nginx.conf -g "daemon off;"'
                } > /run/systemd/system/openresty.service
                systemctl daemon-reload
                systemctl start openresty
                curl -so /dev/null --retry 20 --retry-delay 1 --retry-connrefused http://127.0.0.1:80/
                """);
        try {
            var ran = web("maintenance");
            assertEquals(3, ran.exit(), ran.toString());
            assertTrue(ran.err()
                    .contains("put this line into the http block of /usr/local/openresty/nginx/conf/nginx.conf:"
                            + " include /etc/nginx/conf.d/dragonfab-*.conf;"),
                    ran.err());

            run("""
                    sed -i 's|^http {|&include /etc/nginx/conf.d/dragonfab-*.conf;|' /usr/local/openresty/nginx/conf/nginx.conf
                    """);
            switched("maintenance");
            assertEquals("503", status("http://guestbook.test:80/"));
            switched("live");
            assertEquals("200", status("http://guestbook.test:80/"));
        } finally {
            run("systemctl stop openresty");
        }
    }

    @Test
    void oneInAContainerOfItsOwnIsLeftAlone() {
        run("""
                systemctl stop nginx
                cat > /srv/inner.conf <<'END'
                pid /run/inner.pid;
                events { }
                http {
                    include /etc/nginx/conf.d/dragonfab-*.conf;
                    server { listen 85; include /etc/nginx/dragonfab/guestbook/*.conf;
                        location / { proxy_pass http://127.0.0.1:8000; } }
                }
                END
                systemd-run -q --unit=inner unshare --pid --fork --mount-proc /usr/sbin/nginx -c /srv/inner.conf -g 'daemon off;'
                curl -so /dev/null --retry 20 --retry-delay 1 --retry-connrefused http://127.0.0.1:85/
                """);
        try {
            var before = read("pgrep -f '^nginx: worker'");

            var ran = web("maintenance");

            assertEquals(0, ran.exit(), ran.toString());
            assertTrue(ran.err().contains("nobody can say what visitors see"), ran.err());
            assertEquals(before, read("pgrep -f '^nginx: worker'"));
        } finally {
            run("systemctl stop inner");
        }
    }

    @Test
    void aReloadThatFailedIsToldAndDoneAgain() {
        switched("maintenance");
        switched("live");
        var second =
                "server { listen 82; server_name guestbook.test; %s location / { proxy_pass http://127.0.0.1:8000; } }\n"
                        .formatted(line());
        run("systemd-run -q --unit=squatter /usr/bin/python3 -m http.server 82; sleep 2");
        run("printf '%s' \"$1\" > /etc/nginx/sites-enabled/second; systemctl reload nginx || true", second);
        var before = rules();
        try {
            var ran = web("maintenance");
            assertEquals(1, ran.exit(), ran.toString());
            assertTrue(ran.err().contains("nginx.service goes on with the configuration that it had"), ran.err());
            assertEquals("200", status("http://guestbook.test:80/"));
            assertEquals(before, rules());

            run("systemctl stop squatter");
            switched("maintenance");
            assertEquals("503", status("http://guestbook.test:82/"));
        } finally {
            run("systemctl stop squatter 2>/dev/null || true; rm /etc/nginx/sites-enabled/second");
        }
    }

    @Test
    void theHookOfTheGuideClosesHaproxyAndOpensItAgain() throws IOException {
        var guide = Files.readString(Path.of(System.getProperty("dragonfab.home"), "docs/guides/maintenance.md"));
        run("""
                DEBIAN_FRONTEND=noninteractive apt-get -y -q install --no-install-recommends haproxy socat </dev/null
                printf 'defaults\\n mode http\\n timeout connect 2s\\n timeout client 9s\\n timeout server 9s\\n%s' "$1" |
                    sed 's/bind :80/bind :84/' > /etc/haproxy/haproxy.cfg
                echo '<h1>closed</h1>' > /etc/haproxy/closed.html
                printf '%s' "$2" > /usr/local/bin/site
                chmod 0755 /usr/local/bin/site
                systemctl restart haproxy
                curl -so /dev/null --retry 20 --retry-delay 1 --retry-connrefused http://127.0.0.1:84/
                """, block(guide, "global\n"), block(guide, "#!/bin/sh -eu\n# usage: site"));
        var hook = "web_hook=as=; [ \"$(id -u)\" = 0 ] || as='sudo -n'; $as lxc-attach -n "
                + container() + " -- /usr/local/bin/site \"$@\"";

        for (var mode : List.of("maintenance", "live")) {
            var ran = web(mode, "--set", "web_server=none", "--set", hook);
            assertEquals(0, ran.exit(), ran.toString());
            assertEquals(mode.equals("live") ? "200" : "503", status("http://guestbook.test:84/"));
            assertTrue(web("status", "--set", "web_server=none", "--set", hook).out().contains("  " + mode + "  "));
        }
    }

    private String rules() {
        return read("cat /etc/nginx/dragonfab/guestbook/maintenance.conf /etc/nginx/conf.d/dragonfab-guestbook.conf");
    }

    /** The block of a page that begins so. */
    private static String block(String page, String beginning) {
        int from = page.indexOf(beginning);
        return page.substring(from, page.indexOf("```", from));
    }
}
