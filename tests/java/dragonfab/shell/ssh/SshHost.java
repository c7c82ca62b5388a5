package dragonfab.shell.ssh;

import dragonfab.lab.Lab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A container with an sshd, made before the first test that needs it and removed when all are done. */
final class SshHost implements BeforeAllCallback, ExtensionContext.Store.CloseableResource {
    private static final String NAME = Lab.PREFIX + "ssh";
    private static SshHost running;

    private String address;
    private boolean ready;

    static SshHost it() {
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent(NAME, name -> {
            running = this;
            Runtime.getRuntime().addShutdownHook(new Thread(SshHost::remove));
            return this;
        });
        // Other tests sweep their containers away, and may take this one with them.
        if (!running.ready || !Local.answers("lxc-info", "-n", NAME)) {
            running.create();
            running.ready = true;
        }
    }

    @Override
    public void close() {
        remove();
    }

    String address() {
        return address;
    }

    /** Runs a script as root inside, and returns what it said. */
    String run(String script) {
        return Local.run("lxc-attach", "-n", NAME, "--clear-env", "-v",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "--", "sh", "-c",
                script);
    }

    /** One more sshd with options of its own; every login is as on port 22. */
    void listen(int port, String... options) {
        var words = new ArrayList<>(List.of("/usr/sbin/sshd", "-f", "/dev/null", "-p", String.valueOf(port),
                "-o", "PidFile=/run/sshd-" + port + ".pid"));
        for (var option : options) {
            words.addAll(List.of("-o", "'" + option + "'"));
        }
        run("kill $(cat /run/sshd-" + port + ".pid 2>/dev/null) 2>/dev/null; " + String.join(" ", words));
        awaitPort(port);
    }

    private void create() {
        remove();
        Local.run("lxc-copy", "-n", "vanilla", "-N", NAME, "-s", "-B", "overlayfs");
        Local.run("lxc-start", "-n", NAME);
        address = Local.await(() -> Local.run("lxc-info", "-n", NAME, "-iH").lines()
                .filter(line -> line.matches("[0-9.]+")).findFirst().orElse(""));
        // A template has no host keys, so that its sshd has failed before we can make some.
        run("for i in $(seq 300); do systemctl is-active -q basic.target && break; sleep 0.1; done;"
                + " mkdir -p /run/sshd; ssh-keygen -A; systemctl reset-failed ssh; systemctl restart ssh");
        awaitPort(22);
        run("useradd -m -s /bin/bash -p '*' deploy; echo 'deploy ALL=(ALL) NOPASSWD: ALL' >"
                + " /etc/sudoers.d/deploy;"
                + " useradd -m -s /bin/bash typist; echo 'typist:s3cret word' | chpasswd;"
                + " echo 'typist ALL=(ALL) ALL' > /etc/sudoers.d/typist");
    }

    void authorize(String publicKeys) {
        for (var home : List.of("/root", "/home/deploy", "/home/typist")) {
            run("mkdir -p " + home + "/.ssh && cat > " + home + "/.ssh/authorized_keys <<'E'\n" + publicKeys
                    + "\nE\nchown -R $(stat -c %u:%g " + home + ") " + home + "/.ssh");
        }
    }

    private void awaitPort(int port) {
        Local.await(() -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getByName(address), port), 500);
                return socket.getInputStream().read() < 0 ? "" : "there";
            } catch (IOException e) {
                return "";
            }
        });
    }

    private static void remove() {
        try {
            new ProcessBuilder("lxc-destroy", "-f", "-n", NAME).redirectErrorStream(true).start()
                    .waitFor(60, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException e) {
            System.err.println("container " + NAME + " is left: " + e);
        }
    }

    /** Commands on this machine. */
    static final class Local {

        static boolean answers(String... words) {
            try {
                return new ProcessBuilder(words).redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        static String run(String... words) {
            try {
                var process = new ProcessBuilder(words).redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null"))).start();
                var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(String.join(" ", words) + ": " + said);
                }
                return said;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        static String await(java.util.function.Supplier<String> question) {
            for (int i = 0; i < 300; i++) {
                var answer = question.get();
                if (!answer.isEmpty()) {
                    return answer;
                }
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            throw new IllegalStateException("waited 30 seconds for nothing");
        }
    }
}
