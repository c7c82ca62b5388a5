package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Herd;
import dragonfab.lab.Lab;
import dragonfab.lab.Load;
import dragonfab.lab.OnContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Four hosts behind HAProxy and nginx, whose visitors are counted while releases come and go; each restart is slow. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BalancerTest {
    private static final int HOSTS = 4;
    private static final String SERVER = """
            import http.server
            class Answer(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    text = b"release %s"
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                def log_message(self, *words):
                    pass
            %s
            http.server.ThreadingHTTPServer(("", 80), Answer).serve_forever()
            """;
    private static final String HAPROXY = """
            global
                stats socket /run/haproxy/admin.sock mode 660 level admin
            defaults
                mode http
                retries 0
                timeout connect 2s
                timeout client 20s
                timeout server 20s
            frontend web
                bind :80
                default_backend app
            backend app
                option httpchk GET /
                default-server check inter 300ms fall 2 rise 1
            """;
    /** As docs/guides/rolling.md has them, for any user. */
    private static final String HOOKS = """
                before_host:
                  at: %1$s
                  run: |
                    ask() { echo "$*" | sudo socat - /run/haproxy/admin.sock; }
                    said=$(ask set server "app/$1" state drain)
                    [ -z "$said" ] || { echo "$said" >&2; exit 1; }
                    while [ "$(ask show stat | awk -F, -v name="$1" '$1 == "app" && $2 == name { print $5 }')" != 0 ]
                    do sleep 0.2; done
                after_host:
                  at: %1$s
                  run: |
                    ask() { echo "$*" | sudo socat - /run/haproxy/admin.sock; }
                    said=$(ask set server "app/$1" state ready)
                    [ -z "$said" ] || { echo "$said" >&2; exit 1; }
                    until ask show stat | awk -F, -v name="$1" '$1 == "app" && $2 == name { print $18 }' | grep -q '^UP'
                    do sleep 0.2; done
            """;

    private static final int BY_NGINX = 81;
    /** It would try another server, and no visitor would see that one is down. */
    private static final String NGINX = """
            upstream app {
                include /etc/nginx/app/*.conf;
            }
            server {
                listen %d;
                location / {
                    proxy_pass http://app;
                    proxy_next_upstream off;
                }
            }
            """.formatted(BY_NGINX);
    private static final String NGINX_HOOKS = """
                before_host:
                  at: %1$s
                  run: |
                    sudo mv "/etc/nginx/app/$1.conf" "/etc/nginx/app/$1.out" || exit 1
                    sudo nginx -t -q || { sudo mv "/etc/nginx/app/$1.out" "/etc/nginx/app/$1.conf"; exit 1; }
                    sudo systemctl reload nginx
                    sleep 1
                    while pgrep -f '[n]ginx: worker process is shutting down' > /dev/null; do sleep 0.2; done
                after_host:
                  at: %1$s
                  run: |
                    [ ! -e "/etc/nginx/app/$1.out" ] || sudo mv "/etc/nginx/app/$1.out" "/etc/nginx/app/$1.conf"
                    sudo nginx -t -q && sudo systemctl reload nginx
            """;

    private static Herd herd;
    private static String balancer;

    @BeforeAll
    static void start() throws Exception {
        herd = Herd.of("web", HOSTS + 1);
        var front = herd.names().get(HOSTS);
        balancer = herd.address(front);
        var hosts = herd.addresses().subList(0, HOSTS);
        Lab.run(herd.inside(front), """
                set -e
                apt-get update -q
                DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends install haproxy socat nginx-light
                printf '%s\\n' "$1" > /etc/haproxy/haproxy.cfg
                printf '%s\\n' "$2" > /etc/nginx/conf.d/app.conf
                rm /etc/nginx/sites-enabled/default
                mkdir /etc/nginx/app
                shift 2
                for host do printf 'server %s:80;\\n' "$host" > "/etc/nginx/app/$host.conf"; done
                systemctl restart nginx
                systemctl restart haproxy
                """, words(HAPROXY + hosts.stream().map(host -> "    server " + host + " " + host + ":80\n")
                .collect(Collectors.joining()), hosts));
        Files.writeString(herd.folder().resolve("environments.yml"), """
                environments:
                  __all__:
                    hosts: [%s]
                    ssh_config: ssh_config
                    package_name: web
                    package_dir: .
                    health: /
                    health_timeout: 20
                  bare: {}
                  drained:
                    batch: [1, 50%%]
                %s  by-nginx:
                    batch: [1, 50%%]
                %s""".formatted(String.join(", ", hosts), HOOKS.formatted(balancer), NGINX_HOOKS.formatted(balancer)));
        build("1.0", "");
        var first = herd.cli().run("deb-deploy", "bare");
        assertEquals(0, first.exit(), first.toString());
    }

    private static String[] words(String configuration, List<String> hosts) {
        return Stream.concat(Stream.of(configuration, NGINX), hosts.stream()).toArray(String[]::new);
    }

    /** @param first what it does before it serves */
    private static void build(String version, String first) throws IOException {
        var root = herd.folder().resolve("root-" + version);
        write(root.resolve("DEBIAN/control"), """
                Package: web
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                Depends: python3
                Description: serves its version
                """.formatted(version));
        write(root.resolve("DEBIAN/postinst"), """
                #!/bin/sh
                set -e
                systemctl daemon-reload
                systemctl enable --quiet web.service
                systemctl reset-failed web.service || true
                systemctl restart web.service
                """);
        root.resolve("DEBIAN/postinst").toFile().setExecutable(true, false);
        write(root.resolve("usr/lib/web/app.py"), SERVER.formatted(version, first));
        write(root.resolve("lib/systemd/system/web.service"), """
                [Service]
                ExecStart=/usr/bin/python3 /usr/lib/web/app.py
                [Install]
                WantedBy=multi-user.target
                """);
        Cli.in(herd.folder())
                .tool("dpkg-deb", "--root-owner-group", "-b", root.toString(), "web_" + version + "_all.deb");
    }

    private static void write(java.nio.file.Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @AfterAll
    static void remove() {
        herd.close();
    }

    /** Runs it while visitors come. @return what they got, and how often */
    private static Map<String, Integer> during(int exit, String... words) throws Exception {
        var visitors = new Load("http://" + balancer + ":" + (words[1].equals("by-nginx") ? BY_NGINX : 80) + "/");
        try (visitors) {
            var ran = herd.cli().run(words[0], java.util.Arrays.copyOfRange(words, 1, words.length));
            assertEquals(exit, ran.exit(), ran.toString());
        }
        System.out.println(String.join(" ", words) + ": " + visitors.counts());
        return visitors.counts();
    }

    private static void demandAllFrom(Map<String, Integer> counts, Set<String> releases) {
        assertEquals(releases, counts.keySet());
        assertTrue(counts.values().stream().mapToInt(Integer::intValue).sum() > 200, counts.toString());
    }

    @Test
    @Order(1)
    void noRequestFailsWhileAReleaseComes() throws Exception {
        build("1.1", "import time; time.sleep(1)");

        demandAllFrom(during(0, "deb-deploy", "drained"), Set.of("200 release 1.0", "200 release 1.1"));
    }

    @Test
    @Order(2)
    void noneFailsWhileABadOneGoesBack() throws Exception {
        build("1.2", "raise SystemExit('this release does not start')");

        demandAllFrom(during(1, "deb-deploy", "drained"), Set.of("200 release 1.1"));
    }

    @Test
    @Order(3)
    void noneFailsInARollback() throws Exception {
        demandAllFrom(during(0, "rollback", "drained"), Set.of("200 release 1.0", "200 release 1.1"));
    }

    @Test
    @Order(4)
    void noneFailsBehindNginxEither() throws Exception {
        Files.delete(herd.folder().resolve("web_1.2_all.deb"));

        demandAllFrom(during(0, "deb-deploy", "by-nginx"), Set.of("200 release 1.0", "200 release 1.1"));
    }

    @Test
    @Order(5)
    void withoutTheHooksSomeFailAndTheyAreCounted() throws Exception {
        build("1.3", "import time; time.sleep(1)");

        var counts = during(0, "deb-deploy", "bare");

        assertTrue(counts.keySet().stream().anyMatch(got -> !got.startsWith("200 ")), counts.toString());
    }
}
