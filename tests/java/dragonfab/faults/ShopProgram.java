package dragonfab.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small web application whose releases are good or bad on demand: a service behind a socket of systemd, and nginx
 * before it, so that a restart by itself fails no request.
 *
 * <p>A release answers 500 when the schema in /var/lib/shop is not its own: no mixture can pass for health.
 */
final class ShopProgram {
    private static final String APP = """
            import http.server, os, signal, socket, sys, threading, time
            KIND, RELEASE, SCHEMA = "%s", "%s", "%s"
            if KIND == "NO_START":
                sys.exit("this release does not start")
            def schema():
                try:
                    return open("/var/lib/shop/schema").read().strip()
                except OSError:
                    return "0"
            class Answer(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    if KIND == "HANGS":
                        time.sleep(3600)
                    found = schema()
                    text = ("release %%s\\n" %% RELEASE if found == SCHEMA
                            else "release %%s wants schema %%s and finds %%s\\n" %% (RELEASE, SCHEMA, found)).encode()
                    self.send_response(500 if KIND in ("ERROR_500", "REBUILT_BAD") or found != SCHEMA else 200)
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                def log_message(self, *words):
                    pass
                def address_string(self):
                    return ""
            class Server(http.server.ThreadingHTTPServer):
                address_family = socket.AF_UNIX
                daemon_threads = KIND == "HANGS"
                def __init__(self):
                    super().__init__("", Answer, bind_and_activate=False)
                    self.socket = socket.socket(fileno=3)
                    self.server_name, self.server_port = "shop", 80
                def get_request(self):
                    request, _ = self.socket.accept()
                    return request, ("", 0)
            server = Server()
            signal.signal(signal.SIGTERM, lambda *ignored: threading.Thread(target=server.shutdown).start())
            server.serve_forever(0.05)
            server.server_close()
            """;
    static final String SOCKET = """
            [Socket]
            ListenStream=/run/shop.sock
            [Install]
            WantedBy=sockets.target
            """;
    static final String SITE = """
            server {
                listen 80 default_server;
                include /etc/nginx/dragonfab/shop/*.conf;
                location / {
                    proxy_pass http://unix:/run/shop.sock;
                    proxy_read_timeout 5s;
                }
            }
            """;
    /** Nothing between the two schemas is a schema. */
    private static final String MIGRATE = """
            #!/bin/sh
            set -e
            exec 5>>/var/lib/shop/migrating
            flock -n 5 || echo "two migrations at once" > /var/lib/shop/mixture
            echo "on the way to %1$s" > /var/lib/shop/schema.new
            mv -f /var/lib/shop/schema.new /var/lib/shop/schema
            sleep 2
            %2$s
            echo "%1$s" > /var/lib/shop/schema.new
            mv -f /var/lib/shop/schema.new /var/lib/shop/schema
            """;
    private static final String PENDING = """
            #!/bin/sh
            [ "$(cat /var/lib/shop/schema 2>/dev/null || echo 0)" = "%1$s" ] || echo "to schema %1$s"
            """;

    private ShopProgram() {
    }

    /** The unit of the program that lies in that folder. */
    static String service(String folder) {
        return """
                [Unit]
                Requires=shop.socket
                [Service]
                ExecStart=/usr/bin/python3 %s/app.py
                Restart=on-failure
                RestartSec=200ms
                [Install]
                WantedBy=multi-user.target
                """.formatted(folder);
    }

    /** @param schema that the release needs, and brings when it migrates */
    static void write(Path folder, String title, Shop.Kind kind, int schema) throws IOException {
        write(folder.resolve("app.py"), APP.formatted(kind, title, schema));
        executable(folder.resolve("migrate"), MIGRATE.formatted(schema,
                kind == Shop.Kind.BAD_MIGRATION ? "exit 1" : ""));
        executable(folder.resolve("pending"), PENDING.formatted(schema));
    }

    static void executable(Path file, String text) throws IOException {
        write(file, text);
        file.toFile().setExecutable(true, false);
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
