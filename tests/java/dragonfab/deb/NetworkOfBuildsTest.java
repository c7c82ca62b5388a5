package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a machine must know to reach its network, containers know as well: its certificate authorities. */
@OnContainers
class NetworkOfBuildsTest {
    private static final String NAME = Lab.PREFIX + "net";
    private static final String CA = "/usr/local/share/ca-certificates/" + NAME + ".crt";

    private static Path folder;
    private static Process server;
    private static String address;

    /** A page behind a certificate of a company's own authority, at the bridge. */
    @BeforeAll
    static void aServerOfACompany() throws IOException {
        folder = Files.createTempDirectory("dragonfab-net");
        Lab.run(Lab.HERE, """
                set -eu
                cd "$1"
                address=$(ip -4 -o address show lxcbr0 | sed -nE 's|.* inet ([0-9.]+)/.*|\\1|p')
                openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$2 authority" -keyout ca.key \
                    -out ca.crt 2>/dev/null
                openssl req -newkey rsa:2048 -nodes -subj "/CN=$address" -keyout server.key -out server.csr 2>/dev/null
                printf 'subjectAltName=IP:%s\\n' "$address" > names
                openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names \
                    -out server.crt 2>/dev/null
                echo "$address" > address
                echo "a page of the company" > page
                """, folder, NAME);
        server = new ProcessBuilder("python3", "-c", """
                import http.server, ssl
                server = http.server.ThreadingHTTPServer((open("address").read().strip(), 0),
                                                         http.server.SimpleHTTPRequestHandler)
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain("server.crt", "server.key")
                server.socket = context.wrap_socket(server.socket, server_side=True)
                print(server.server_address[1], flush=True)
                server.serve_forever()
                """).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var port = server.inputReader().readLine();
        address = "https://" + Files.readString(folder.resolve("address")).strip() + ":" + port + "/page";
    }

    @AfterAll
    static void remove() {
        server.destroyForcibly();
        Lab.HERE.ask(Command.of("rm", "-rf", "--", folder, CA).asRoot());
        Lab.remove("net");
        Lab.remove("net-build");
    }

    @Test
    void aBuildReachesWhatThisMachineReaches() throws IOException {
        var project = Cli.in(SlowPackage.in(Files.createDirectory(folder.resolve("project")), NAME));
        var rules = project.folder().resolve("debian/rules");
        Files.writeString(rules, Files.readString(rules).replace("[ -e quick ] || sleep 600",
                "/usr/bin/curl -sS --fail " + address));

        var before = project.run("deb-build", "lab", "--dirty");
        assertEquals(1, before.exit(), before.toString());
        assertTrue(before.toString().contains("SSL certificate problem"), before.toString());

        trusted();
        var after = project.run("deb-build", "lab", "--dirty", "-v");
        assertEquals(0, after.exit(), after.toString());
        assertTrue(after.toString().contains("a page of the company"), after.toString());

        Lab.HERE.read(Command.of("rm", CA).asRoot());
        assertEquals(1, project.run("deb-build", "lab", "--dirty").exit());
    }

    @Test
    void theContainerOnlyWhereTheEnvironmentSaysSo() throws IOException {
        var cli = Cli.in(Files.createDirectory(folder.resolve("target")));
        var file = cli.folder().resolve("environments.yml");
        Files.writeString(file, "environments: {lab: {lxc: " + NAME + "}}\n");
        trusted();
        assertEquals(0, cli.run("init", "lab").exit());
        assertNotEquals(0, page().ended().code());

        Files.writeString(file, "environments: {lab: {lxc: " + NAME + ", trust_local_ca: true}}\n");
        var init = cli.run("init", "lab");
        assertTrue(init.out().contains("changed    " + NAME + ": trust the certificate authorities"), init.toString());
        assertEquals("a page of the company", page().text());
        assertTrue(cli.run("init", "lab").out().contains("unchanged  " + NAME + ": trust"));

        Lab.HERE.read(Command.of("rm", CA).asRoot());
        assertEquals(0, cli.run("init", "lab").exit());
        assertNotEquals(0, page().ended().code());
    }

    private static Result page() {
        return new ContainerShell(Lab.HERE, NAME).ask(Command.of("curl", "-sS", "--fail", address));
    }

    private static void trusted() {
        Lab.HERE.read(Command.of("install", "-m", "0644", folder.resolve("ca.crt"), CA).asRoot());
    }
}
