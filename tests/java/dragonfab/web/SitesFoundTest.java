package dragonfab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a target's sites are read from its web server, with small stand-ins for the web server and curl. */
class SitesFoundTest {
    static final Path SCRIPT = Path.of(System.getProperty("dragonfab.home"),
            "lib/deploy/src/main/resources/dragonfab/web/maintenance/facts.sh");

    @TempDir
    Path bin;

    @BeforeEach
    void standIn() throws IOException {
        program("dpkg-query", "exit 1");
        program("curl", "echo \"$@\" >> \"${0%/*}/asked\"; printf '{\"error\":\"maintenance\"}\\n503'");
    }

    @Test
    void aServerBlockThatIncludesTheRulesIsOursHoweverTheLineIsWritten() throws IOException {
        for (var line : List.of("include /etc/nginx/dragonfab/guestbook/*.conf;",
                "include dragonfab/*/*.conf ;",
                "include \"/etc/nginx/dragonfab/guestbook/maintenance.conf\";",
                "location / { }\n  include\n  dragonfab/guestbook/*;")) {
            assertEquals("yes\town\t/etc/nginx/sites-enabled/g\tguestbook.test", nginx("server { listen 80;"
                    + " server_name guestbook.test; " + line + " }"), line);
        }
    }

    @Test
    void anyOtherLineDoesNotMakeItOurs() throws IOException {
        for (var line : List.of("# include /etc/nginx/dragonfab/guestbook/*.conf;",
                "location / { include /etc/nginx/dragonfab/guestbook/*.conf; }",
                "include /etc/nginx/dragonfab/guestbook2/*.conf;",
                "include /etc/nginx/dragonfab/guestbook/*.inc;",
                "set $x \"include /etc/nginx/dragonfab/guestbook/*.conf;\";",
                "add_header X 'a; include /etc/nginx/dragonfab/guestbook/*.conf; }';")) {
            assertEquals("no\town\t/etc/nginx/sites-enabled/g\t",
                    nginx("server { listen 80; " + line + " }"), line);
        }
    }

    @Test
    void bracesInTextsAndVariablesAreNoBlocks() throws IOException {
        assertEquals("yes\town\t/etc/nginx/sites-enabled/g\t_ ~^(?<x>a{1,2})$", nginx("""
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
        assertEquals("yes\town\t/etc/nginx/sites-enabled/g\tx.test", nginx("""
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
                127.0.0.1 ::127.0.0.1:80 http://www.x.test:80/
                ::1 ::[::1]:8080 http://www.x.test:8080/
                127.0.0.1 ::192.0.2.1:443 https://www.x.test:443/
                127.0.0.1 ::192.0.2.2:80 http://www.x.test:80/
                127.0.0.1 ::localhost:81 http://www.x.test:81/
                ::1 ::[2001:db8::1]:82 http://www.x.test:82/
                """, Files.readString(bin.resolve("asked")).replaceAll(
                "(?m)^-q .*--interface (\\S+) .*\n.*X-Forwarded-For: unknown --connect-to (\\S+) (\\S+)$",
                "$1 $2 $3"));
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

        assertEquals("site\tno\town\t" + site + "\tother.test\nsite\tyes\town\t" + site
                + "\tguestbook.test www.guestbook.test", sites(facts("apache")));
        assertTrue(Files.readString(bin.resolve("asked"))
                .contains("::127.0.0.1:443 https://guestbook.test:443/"));
    }

    private String shown(String curl) throws IOException {
        program("curl", curl);
        program("nginx", "echo '# configuration file /etc/nginx/g:'; echo 'server { listen 80; listen 81;"
                + " include dragonfab/guestbook/*.conf; }'");
        return facts("nginx").lines().filter(line -> line.startsWith("shown ")).findFirst().orElseThrow()
                .split(" ")[1];
    }

    private String nginx(String text) throws IOException {
        Files.writeString(bin.resolve("dump"), "# configuration file /etc/nginx/nginx.conf:\nhttp { include"
                + " sites-enabled/*; }\n\n# configuration file /etc/nginx/sites-enabled/g:\n" + text + "\n");
        program("nginx", "cat \"${0%/*}/dump\"");
        return sites(facts("nginx")).substring("site\t".length());
    }

    private static String sites(String facts) {
        return facts.lines().filter(line -> line.startsWith("site\t")).collect(Collectors.joining("\n"));
    }

    private String facts(String server) throws IOException {
        var builder = new ProcessBuilder("sh", SCRIPT.toString(), "guestbook", server, "")
                .redirectErrorStream(true);
        builder.environment().merge("PATH", bin + ":", (path, before) -> before + path);
        var process = builder.start();
        return new String(process.getInputStream().readAllBytes());
    }

    private void program(String name, String text) throws IOException {
        var file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
