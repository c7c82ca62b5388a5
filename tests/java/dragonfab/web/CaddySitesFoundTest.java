package dragonfab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.shell.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How sites are read from what Caddy makes of its files. */
class CaddySitesFoundTest {
    private static final String LINE = """
            {"match":[{"vars":{"dragonfab_line":["closed"]}}],"group":"g1","handle":[{"handler":"subroute","routes":[
             {"handle":[{"handler":"vars","root":"/var/lib/dragonfab/guestbook/web"}]}]}]}""";
    private static final String APP = """
            {"handle":[{"handler":"reverse_proxy","upstreams":[{"dial":"localhost:8000"}]}]}""";

    @TempDir
    Path folder;

    @Test
    void aBlockWithTheLineIsAskedUnderItsNameAndPortAndSchemeAndNamedByItsPlace() throws IOException {
        caddyfile("""
                # of all
                {
                    http_port 80
                }
                (front) {
                    respond "a { in a text"
                }
                http://guestbook.test {
                }
                secret.test,
                "https://*.x.test:8443" {
                }
                :81 {
                }
                """);

        assertEquals("""
                site yes own Caddyfile:10 secret.test app
                site yes own Caddyfile:8 guestbook.test app
                site yes own Caddyfile:13  app
                site yes own Caddyfile:10 *.x.test app
                ask https 127.0.0.1 443 secret.test cert Caddyfile:10
                ask http 127.0.0.1 80 guestbook.test - Caddyfile:8
                ask http 127.0.0.1 81 guestbook.test proxy Caddyfile:13
                ask https 127.0.0.1 8443 www.x.test - Caddyfile:10
                """, read(http(server(":443", ", 'tls_connection_policies': [{'match': {'sni': ['secret.test']},"
                + " 'client_authentication': {'mode': 'require'}}, {}]", site("secret.test", LINE, APP)),
                server(":80", "", site("guestbook.test", LINE, APP)),
                server(":81", ", 'listener_wrappers': [{'wrapper': 'proxy_protocol'}]", LINE, APP),
                server(":8443", "", site("*.x.test", LINE, APP)))));
    }

    @Test
    void whatReachesTheApplicationWithoutTheLineOrBeforeItIsTold() throws IOException {
        caddyfile("");
        var fpm = "{'handle': [{'handler': 'vars', 'root': '/srv/app'}, {'handler': 'reverse_proxy', 'transport':"
                + " {'protocol': 'fastcgi'}, 'upstreams': [{'dial': 'unix//run/php.sock'}]}]}";
        var within = "{'match': [{'path': ['/x/*']}], 'handle': [{'handler': 'subroute', 'routes': [" + LINE + "]}]}";
        var framed = "{'handle': [{'handler': 'subroute', 'routes': [" + LINE + "]}]}";

        assertEquals("""
                a.test yes app
                b.test no app
                c.test late app
                d.test within app
                e.test yes app
                f.test no unsure
                g.test no unsure
                h.test no\s
                i.test yes app
                j.test no app
                k.test no app
                l.test no\s
                """, states(http(server(":80", ", 'errors': {'routes': [" + site("k.test", APP) + "]}",
                site("a.test", answer("redir"), LINE, APP),
                site("b.test", "{'group': 'g', 'match': [{'path': ['/api']}], 'handle': [{'handler': 'subroute',"
                        + " 'routes': [" + APP + "]}]}"),
                site("c.test", "{'match': [{'method': ['GET']}], " + APP.substring(1), LINE, APP),
                site("d.test", within, APP),
                site("e.test", framed, APP),
                site("f.test", APP.replace("localhost:8000", "{http.request.header.To}")),
                site("g.test", "{'handle': [{'handler': 'cgi'}]}"),
                site("h.test", fpm.replace("/srv/app", "/srv/other")),
                site("i.test", LINE, fpm),
                site("j.test", fpm),
                site("k.test", "{'handle': [{'handler': 'file_server'}]}"),
                site("l.test", answer("hello"))))));
    }

    @Test
    void aBlockOfAPathAloneIsNotAskedAndTheOneBehindItIs() throws IOException {
        caddyfile("");
        var part = site("a.test", LINE, APP).replace("['a.test']", "['a.test'], 'path': ['/part/*']");

        assertEquals("""
                untold Caddyfile:1: it answers only at /part/*
                ask http 127.0.0.1 80 a.test - Caddyfile:1
                """, read(http(server(":80", "", part, site("a.test", LINE, APP)))).replaceAll("(?m)^site .*\n", ""));
    }

    @Test
    void aNameThatNoBlockHasIsNotTakenForOneOfTheFirst() throws IOException {
        caddyfile("");

        assertEquals("ask http 127.0.0.1 80 b.test - Caddyfile:1\n",
                read(http(server(":80", "", site("b.test", LINE, APP)))).replaceAll("(?m)^site .*\n", ""));
    }

    @Test
    void whatRunsWithOtherFilesIsStaleAndTheOrderOfHiddenFilesIsNothing() throws IOException {
        caddyfile("");
        var lies = http(server(":80", ", 'hide': ['a', 'b'], 'many': [1, {'x': null}]", site("b.test", APP)));

        assertEquals("", stale(lies, lies.replace("['a', 'b']", "['b', 'a']")));
        assertEquals("stale Caddyfile is not what caddy runs with\n", stale(lies, lies.replace("null", "0")));
        assertEquals("stale Caddyfile is not what caddy runs with\n", stale(lies, ""));
    }

    private void caddyfile(String text) throws IOException {
        Files.writeString(folder.resolve("Caddyfile"), text);
    }

    private static String http(String... servers) {
        var all = new ArrayList<String>();
        for (var server : servers) {
            all.add("'srv" + all.size() + "': " + server);
        }
        return "{'apps': {'http': {'servers': {" + String.join(", ", all) + "}}}}";
    }

    private static String server(String listen, String more, String... routes) {
        return "{'listen': ['" + listen + "'], 'routes': [" + String.join(", ", routes) + "]" + more + "}";
    }

    private static String site(String name, String... routes) {
        return "{'match': [{'host': ['" + name
                + "']}], 'terminal': true, 'handle': [{'handler': 'subroute', 'routes': ["
                + String.join(", ", routes) + "]}]}";
    }

    private static String answer(String text) {
        return "{'handle': [{'handler': 'static_response', 'body': '" + text + " \\\" \\u003c {'}]}";
    }

    private String states(String json) throws IOException {
        return read(json).lines().filter(line -> line.startsWith("site ")).map(line -> line.split(" ", -1))
                .map(words -> words[4] + " " + words[1] + " " + words[5] + "\n").reduce("", String::concat);
    }

    private String read(String json) throws IOException {
        return told("0", json, json, "");
    }

    private String stale(String lies, String runs) throws IOException {
        return told(String.valueOf(ProcessHandle.current().pid()), lies, lies, runs).replaceAll("(?m)^site .*\n", "");
    }

    private String told(String process, String... said) throws IOException {
        var text = ShellScript.joined(List.of("web/maintenance/caddy.pl", "web/maintenance/sites.pl"));
        var builder = new ProcessBuilder("perl", "-e", text, "/etc/caddy/dragonfab/guestbook/maintenance.conf",
                "guestbook.test", "/etc/caddy", process, "guestbook").redirectErrorStream(true);
        var in = Files.writeString(folder.resolve("said"), "# file " + folder.resolve("Caddyfile") + "\n"
                + String.join("\n",
                        List.of(said).stream().map(each -> each.replace('\n', ' ').replace('\'', '"')).toList())
                + "\n");
        var started = builder.redirectInput(in.toFile()).start();
        return new String(started.getInputStream().readAllBytes()).replace(folder + "/", "").replace('\t', ' ');
    }
}
