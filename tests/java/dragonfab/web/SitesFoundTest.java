package dragonfab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.config.Environments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a target's sites are read from its web server, with small stand-ins for the web server and curl. */
class SitesFoundTest {
    @TempDir
    Path bin;

    @BeforeEach
    void standIn() throws IOException {
        program("dpkg-query", "exit 1");
        // A web server of this machine is not found, as in another container.
        program("readlink", "echo \"$1\"");
        program("curl", "echo \"$@\" >> \"${0%/*}/asked\"; printf '{\"error\":\"maintenance\"}\\n503'");
    }

    @Test
    void aServerBlockThatIncludesTheRulesIsOursHoweverTheLineIsWritten() throws IOException {
        for (var line : List.of("include /etc/nginx/dragonfab/guestbook/*.conf;",
                "include dragonfab/*/*.conf ;",
                "include \"/etc/nginx/dragonfab/guestbook/maintenance.conf\";",
                "location / { }\n  include\n  dragonfab/guestbook/*;")) {
            assertEquals("yes\town\t/etc/nginx/sites-enabled/g:1\tguestbook.test\t", nginx("server { listen 80;"
                    + " server_name guestbook.test; " + line + " }"), line);
        }
    }

    @Test
    void anyOtherLineDoesNotMakeItOurs() throws IOException {
        for (var line : List.of("# include /etc/nginx/dragonfab/guestbook/*.conf;",
                "include /etc/nginx/dragonfab/guestbook2/*.conf;",
                "include /etc/nginx/dragonfab/guestbook/*.inc;",
                "set $x \"include /etc/nginx/dragonfab/guestbook/*.conf;\";",
                "add_header X 'a; include /etc/nginx/dragonfab/guestbook/*.conf; }';")) {
            assertEquals("no\town\t/etc/nginx/sites-enabled/g:1\t\t",
                    nginx("server { listen 80; " + line + " }"), line);
        }
    }

    @Test
    void aLineInAPartOfTheBlockIsNotTakenForOneOfTheBlock() throws IOException {
        assertEquals("within\town\t/etc/nginx/sites-enabled/g:1\t\t",
                nginx("server { listen 80; location / { include /etc/nginx/dragonfab/guestbook/*.conf; } }"));
    }

    @Test
    void bracesInTextsAndVariablesAreNoBlocks() throws IOException {
        assertEquals("yes\town\t/etc/nginx/sites-enabled/g:3\t_ ~^(?<x>a{1,2})$\t", nginx("""
                log_format json '{ "uri": "$uri", "brace": "}" }'; # } in a comment
                upstream app { server 127.0.0.1:8000; }
                server {
                    server_name _ "~^(?<x>a{1,2})$";
                    set $a "${uri}}"; set $b ${uri}x;
                    location ~ "^/[0-9]{4}/" { return 200 "}"; }
                    include dragonfab/guestbook/*.conf;
                }
                """));
    }

    @Test
    void aLineInAFileThatTheBlockIncludesCounts() throws IOException {
        assertEquals("yes\town\t/etc/nginx/sites-enabled/g:1\tx.test\t", nginx("""
                server { server_name x.test; include snippets/common.conf; }
                # configuration file /etc/nginx/snippets/common.conf:
                include /etc/nginx/dragonfab/guestbook/*.conf;
                """));
    }

    @Test
    void everyAddressOfTheSiteIsAskedAsAVisitorWould() throws IOException {
        nginx("""
                server {
                    listen 80 default_server; listen [::]:8080; listen 192.0.2.1:443 ssl http2;
                    listen 9000 proxy_protocol; listen unix:/run/x.sock;
                    listen 192.0.2.2; listen localhost:81; listen [2001:db8::1]:82;
                    server_name *.x.test ~^y;
                    include dragonfab/guestbook/*.conf;
                }
                """);

        assertEquals("""
                --connect-to ::127.0.0.1:80 --interface 127.0.0.1 http://www.x.test:80/
                --connect-to ::[::1]:8080 --interface ::1 http://www.x.test:8080/
                --connect-to ::192.0.2.1:443 --interface 127.0.0.1 https://www.x.test:443/
                --connect-to ::127.0.0.1:9000 --interface 127.0.0.1 --haproxy-protocol http://www.x.test:9000/
                --unix-socket /run/x.sock http://www.x.test:80/
                --connect-to ::192.0.2.2:80 --interface 127.0.0.1 http://www.x.test:80/
                --connect-to ::localhost:81 --interface 127.0.0.1 http://www.x.test:81/
                --connect-to ::[2001:db8::1]:82 --interface ::1 http://www.x.test:82/
                """, asked());
    }

    @Test
    void whatVisitorsSeeIsToldFromOurOwnAnswerAndNothingElse() throws IOException {
        assertEquals("maintenance", shown("printf '{\"error\":\"maintenance\"}\\n503'"));
        assertEquals("live", shown("printf 'hello\\n200'"));
        assertEquals("live", shown("printf 'sorry\\n503'"));
        assertEquals("live", shown("printf 'gone\\n502'"));
        assertEquals("unknown", shown("printf 'elsewhere\\n301'"));
        assertEquals("unknown", shown("printf '\\n000'; exit 7"));
        assertEquals("mixed", shown("case \"$*\" in *:81*) printf 'x\\n200' ;;"
                + " *) printf '{\"error\":\"maintenance\"}\\n503' ;; esac"));
    }

    @Test
    void anApacheSiteIsReadFromTheFilesThatItIncludes() throws IOException {
        var site = Files.writeString(bin.resolve("site.conf"), """
                # IncludeOptional /etc/apache2/dragonfab/guestbook/*.conf
                <VirtualHost *:80>
                    ServerName other.test
                </VirtualHost>
                <virtualhost _default_:443 192.0.2.1:8443>
                    ServerName "https://guestbook.test:443"
                    serveralias www.guestbook.test
                    SSLEngine on
                    IncludeOptional dragonfab/guestbook/*.conf
                </virtualhost>
                """);
        program("apache2ctl", "case \"$*\" in *DUMP_INCLUDES*)"
                + " printf 'Included configuration files:\\n  (*) %s\\n' " + site + ";; esac");

        assertEquals("site\tno\town\t" + site + ":2\tother.test\t\nsite\tyes\town\t" + site
                + ":5\tguestbook.test www.guestbook.test\t", sites(facts("apache")));
        assertTrue(Files.readString(bin.resolve("asked"))
                .matches("(?s).*--connect-to ::127.0.0.1:443 .* https://guestbook.test:443/\n.*"));
    }

    @Test
    void everyBlockThatReachesTheApplicationIsNamedWithWhatIsWrong() throws IOException {
        nginx("""
                upstream app { server 127.0.0.1:8000; }
                map $host $pool { default app; }
                server { listen 80; server_name a.test; include dragonfab/guestbook/*.conf; location / { try_files $uri @a; }
                    location @a { proxy_pass http://app; } }
                server { listen 80; server_name two.test; location / { proxy_pass http://localhost:8000/x; } }
                server { listen 80; server_name three.test; location / { proxy_pass http://$pool; } }
                server { listen 80; server_name four.test; rewrite ^/o /n last; include dragonfab/guestbook/*.conf;
                    location / { proxy_pass http://app; } }
                server { listen 80; server_name five.test; location /x { include dragonfab/guestbook/*.conf; }
                    location / { set $at 127.0.0.1; proxy_pass http://$at:8000; } }
                server { listen 80; server_name six.test; location / { proxy_pass http://$http_x_to; } }
                server { listen 80; server_name other.test; location / { proxy_pass http://127.0.0.1:9000; } }
                server { listen 80; server_name away.test; return 301 https://a.test; location / { proxy_pass http://app; } }
                server { listen 127.0.0.1:81; server_name in.test; location / { proxy_pass http://app; } }
                server { listen 82; server_name in.test; location / { proxy_pass http://127.0.0.1:81; } }
                server { listen 83; location / { content_by_lua_block { -- don't }
                    local brace = "}" } } }
                """);

        assertEquals("""
                yes a.test app
                no two.test app
                no three.test app
                late four.test app
                within five.test app
                no six.test unsure
                no other.test\s
                no away.test\s
                no in.test app
                no in.test app
                no  unsure
                """, states());
    }

    @Test
    void aBlockBehindAClosedOneOfTheSameMachineNeedsNoLine() throws IOException {
        nginx("""
                server { listen 443 ssl; server_name a.test; include dragonfab/guestbook/*.conf;
                    location / { proxy_pass http://127.0.0.1:81; } }
                server { listen 127.0.0.1:81; server_name a.test; location / { proxy_pass http://unix:/run/app.sock:/; } }
                server { listen 444; server_name b.test; location / { proxy_pass http://unix:/var/run/app.sock; } }
                """);

        assertEquals("yes a.test app\nno a.test \nno b.test app\n", states());
    }

    @Test
    void aBlockIsAskedByANameThatLeadsToIt() throws IOException {
        var facts = facts("""
                server { listen 80; server_name ~^(?<sub>.+)\\.a\\.test$; include dragonfab/guestbook/*.conf; }
                server { listen 80 default_server; server_name www.a.test; }
                server { listen 81; server_name ~^(?<sub>[a-z]+)\\.b\\.test$ b.test; include dragonfab/guestbook/*.conf; }
                server { listen 81 default_server; server_name _; }
                server { listen 82 http2; include dragonfab/guestbook/*.conf; }
                server { listen 127.0.0.1:83; server_name localhost; }
                server { listen 127.0.0.1:83; include dragonfab/guestbook/*.conf; }
                """, "nginx");

        assertEquals("""
                untold /etc/nginx/sites-enabled/g:1: no name that ~^(?<sub>.+)\\.a\\.test$ takes is known; site_name can be one
                untold /etc/nginx/sites-enabled/g:7: another block answers for its names at port 83
                """, facts.lines().filter(line -> line.startsWith("untold ")).map(line -> line + "\n")
                .collect(Collectors.joining()));
        assertEquals("""
                --connect-to ::127.0.0.1:81 --interface 127.0.0.1 http://b.test:81/
                --connect-to ::127.0.0.1:82 --interface 127.0.0.1 --http2-prior-knowledge http://localhost:82/
                """, asked());
    }

    @Test
    void aVirtualHostThatReachesTheApplicationIsNamedToo() throws IOException {
        var site = Files.writeString(bin.resolve("site.conf"), """
                <VirtualHost *:80>
                    IncludeOptional dragonfab/guestbook/*.conf
                    <Location />
                        ProxyPass balancer://app/
                    </Location>
                </VirtualHost>
                <Proxy "balancer://app">
                    BalancerMember "http://127.0.0.1:8000" route=one
                </Proxy>
                <VirtualHost *:81>
                    RewriteRule ^/old /new [R]
                    IncludeOptional dragonfab/guestbook/*.conf
                    ProxyPassMatch "^/(.*)$" "http://localhost:8000/$1"
                </VirtualHost>
                <VirtualHost *:82>
                    RewriteRule ^/(.*) http://localhost:8000/$1 [P,L]
                </VirtualHost>
                <VirtualHost *:83>
                    ProxyPass / http://localhost:8001/
                </VirtualHost>
                """);
        program("apache2ctl", "case \"$*\" in *DUMP_INCLUDES*)"
                + " printf 'Included configuration files:\\n  (*) %s\\n' " + site + ";; esac");

        assertEquals("yes app, late app, no app, no ", facts("apache").lines().filter(line -> line.startsWith("site\t"))
                .map(line -> line.split("\t", -1)[1] + " " + line.split("\t", -1)[5])
                .collect(Collectors.joining(", ")));
    }

    private String states() throws IOException {
        return facts("nginx").lines().filter(line -> line.startsWith("site\t")).map(line -> line.split("\t", -1))
                .map(parts -> parts[1] + " " + parts[4] + " " + parts[5] + "\n").collect(Collectors.joining());
    }

    private String asked() throws IOException {
        return Files.readString(bin.resolve("asked")).replaceAll(
                "(?m)^-q .*noproxy \\* (.*) -o - -w \n.*X-Forwarded-For: unknown (\\S+)$", "$1 $2");
    }

    private String shown(String curl) throws IOException {
        program("curl", curl);
        program("nginx", "echo '# configuration file /etc/nginx/g:'; echo 'http { server { listen 80; listen 81;"
                + " include dragonfab/guestbook/*.conf; } }'");
        return facts("nginx").lines().filter(line -> line.startsWith("shown ")).findFirst().orElseThrow()
                .split(" ")[1];
    }

    private String nginx(String text) throws IOException {
        return sites(facts(text, "nginx")).substring("site\t".length());
    }

    private String facts(String text, String server) throws IOException {
        Files.writeString(bin.resolve("dump"), "# configuration file /etc/nginx/nginx.conf:\nhttp { include"
                + " sites-enabled/*; }\n\n# configuration file /etc/nginx/sites-enabled/g:\n" + text + "\n");
        program("nginx", "cat \"${0%/*}/dump\"");
        return facts(server);
    }

    private static String sites(String facts) {
        return facts.lines().filter(line -> line.startsWith("site\t")).collect(Collectors.joining("\n"));
    }

    private String facts(String server) throws IOException {
        var file = Files.writeString(bin.resolve("environments.yml"), "environments: {test: {package_name: guestbook,"
                + " web_server: " + server + "}}\n");
        var maintenance = Maintenance.of(Environments.load(file).environment("test", Map.of()));
        var builder = new ProcessBuilder(maintenance.facts().arguments()).redirectErrorStream(true);
        builder.environment().merge("PATH", bin + ":", (path, before) -> before + path);
        var process = builder.start();
        return new String(process.getInputStream().readAllBytes());
    }

    private void program(String name, String text) throws IOException {
        var file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
