package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.files.Checksum;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a machine must know to reach its network, containers know as well: its certificate authorities, proxies and indexes. */
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
                import base64, glob, http.server, ssl
                # As one word it would be found among the arguments of this very program.
                password = b"p0is" + b"0n"
                login = "Basic " + base64.b64encode(b"ann:" + password).decode()
                class Pages(http.server.SimpleHTTPRequestHandler):
                    def do_GET(self):
                        for process in glob.glob("/proc/[0-9]*/cmdline"):
                            try:
                                if password in open(process, "rb").read():
                                    open("leaked", "w").write(process)
                            except OSError:
                                pass
                        if self.path.startswith("/simple/") and self.headers.get("Authorization") != login:
                            self.send_response(401)
                            self.send_header("WWW-Authenticate", "Basic")
                            self.send_header("Content-Length", "0")
                            self.end_headers()
                        else:
                            super().do_GET()
                server = http.server.ThreadingHTTPServer((open("address").read().strip(), 0), Pages)
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

    /** pip starts another of its kind for what a requirement is built with, and tells it the index by arguments. */
    @Test
    @Tag("long")
    void itsProxiesAndIndexesAndTheirPasswordsInNoArgument() throws IOException {
        Lab.run(Lab.HERE, """
                set -eu
                cd "$1"
                mkdir -p simple/parcel simple/bundle bundle-1.0
                cat > bundle-1.0/backend.py <<'END'
                import zipfile
                def wheel(folder, name):
                    file = name + "-1.0-py3-none-any.whl"
                    with zipfile.ZipFile(folder + "/" + file, "w") as made:
                        info = name + "-1.0.dist-info/"
                        made.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: " + name + "\\nVersion: 1.0\\n")
                        made.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
                        made.writestr(info + "RECORD", "")
                    return file
                def build_wheel(folder, settings=None, metadata=None):
                    return wheel(folder, "bundle")
                END
                printf '[build-system]\\nrequires = ["parcel"]\\nbuild-backend = "backend"\\nbackend-path = ["."]\\n' \
                    > bundle-1.0/pyproject.toml
                printf 'Metadata-Version: 2.1\\nName: bundle\\nVersion: 1.0\\n' > bundle-1.0/PKG-INFO
                tar -czf simple/bundle/bundle-1.0.tar.gz bundle-1.0
                PYTHONPATH=bundle-1.0 python3 -c 'import backend; backend.wheel("simple/parcel", "parcel")'
                """, folder);
        var project = Cli.in(SlowPackage.in(Files.createDirectory(folder.resolve("private")), NAME));
        var file = project.folder().resolve("environments.yml");
        Files.writeString(file, Files.readString(file).replace("build: container", "build: container, wheel: true"));
        Files.writeString(project.folder().resolve("requirements.txt"), "bundle\n");
        var rules = project.folder().resolve("debian/rules");
        var proxy = "http://ann:s3cr'3t@192.0.2.1:9/";
        Files.writeString(rules, Files.readString(rules).replace("[ -e quick ] || sleep 600",
                "ls wheelhouse; printenv HTTP_PROXY; printenv HTTP_PROXY | sha256sum | grep "
                        + Checksum.of(proxy + "\n")));
        trusted();
        project.with("PIP_INDEX_URL", address.replace("https://", "https://ann:p0is0n@").replace("/page", "/simple/"))
                .with("HTTP_PROXY", proxy);

        var built = project.run("deb-build", "lab", "--dirty", "-v");

        assertEquals(0, built.exit(), built.toString());
        assertTrue(built.toString().contains("bundle-1.0-py3-none-any.whl"), built.toString());
        assertFalse(built.toString().contains("p0is0n") || built.toString().contains("s3cr"), built.toString());
        assertFalse(Files.exists(folder.resolve("leaked")));
        assertEquals("", Lab.HERE.ask(Command.script("grep -rlsE \"p0is0n|s3cr'3t\" \"$(lxc-config lxc.lxcpath)/$1\"",
                NAME + "-build").asRoot()).text());
    }

    /** One that wants a login, and tells who asked for what: apt and pip go through it, and so does what they start. */
    @Test
    @Tag("long")
    void aptAndPipGoThroughItsProxy() throws IOException {
        var proxy = new ProcessBuilder("python3", "-c", """
                import base64, http.server, select, socket, urllib.request
                login = "Basic " + base64.b64encode(b"ann:s3cr3t").decode()
                direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
                class Proxy(http.server.BaseHTTPRequestHandler):
                    def asked(self, what):
                        allowed = self.headers.get("Proxy-Authorization") == login
                        open("asked", "a").write(("" if allowed else "refused ") + what + "\\n")
                        if not allowed:
                            self.send_response(407)
                            self.send_header("Proxy-Authenticate", "Basic realm=company")
                            self.send_header("Content-Length", "0")
                            self.end_headers()
                        return allowed
                    def do_GET(self):
                        if not self.asked(self.path):
                            return
                        try:
                            answer = direct.open(urllib.request.Request(self.path), timeout=60)
                        except urllib.error.HTTPError as error:
                            answer = error
                        body = answer.read()
                        self.send_response(answer.status)
                        self.send_header("Content-Length", str(len(body)))
                        self.end_headers()
                        self.wfile.write(body)
                    def do_CONNECT(self):
                        if not self.asked(self.path):
                            return
                        host, port = self.path.rsplit(":", 1)
                        with socket.create_connection((host, int(port)), 60) as there:
                            self.send_response(200)
                            self.end_headers()
                            ends = {self.connection: there, there: self.connection}
                            while ready := select.select(list(ends), [], [], 60)[0]:
                                for end in ready:
                                    piece = end.recv(65536)
                                    if not piece:
                                        return
                                    ends[end].sendall(piece)
                    def log_message(self, *words):
                        pass
                server = http.server.ThreadingHTTPServer((open("address").read().strip(), 0), Proxy)
                print(server.server_address[1], flush=True)
                server.serve_forever()
                """).directory(folder.toFile()).start();
        try {
            var port = proxy.inputReader().readLine();
            var address = "http://ann:s3cr3t@" + Files.readString(folder.resolve("address")).strip() + ":" + port;
            var project = Cli.in(SlowPackage.in(Files.createDirectory(folder.resolve("proxied")), NAME));
            var file = project.folder().resolve("environments.yml");
            Files.writeString(file, Files.readString(file).replace("build: container",
                    "build: container, wheel: true"));
            Files.writeString(project.folder().resolve("requirements.txt"), "six\n");
            Files.writeString(project.folder().resolve("quick"), "");
            project.with("http_proxy", address).with("https_proxy", address);

            var built = project.run("deb-build", "lab", "--dirty", "-v");

            assertEquals(0, built.exit(), built.toString());
            assertFalse(built.toString().contains("s3cr3t"), built.toString());
            var asked = Files.readString(folder.resolve("asked"));
            assertTrue(asked.contains("/python3-pip_"), "apt: " + asked);
            assertTrue(asked.lines().anyMatch(line -> line.matches("[^ ]+:443")), "pip: " + asked);
        } finally {
            proxy.destroyForcibly();
        }
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
