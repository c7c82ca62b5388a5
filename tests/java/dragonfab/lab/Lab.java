package dragonfab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.LocalShell;
import dragonfab.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The machine of the tests on containers. All their containers begin with one prefix, and none is left behind.
 */
public final class Lab implements CloseableResource {
    public static final String PREFIX = System.getProperty("dragonfab.lab.prefix", "dftest-")
            .replaceFirst("-$", System.getProperty("dragonfab.lab.fork", "") + "-");
    /** What only the tests need; a service that comes with it is not started. */
    private static final String TOOLS = """
            set -eu
            missing=
            for tool in tmux:tmux sshd:openssh-server strace:strace; do
                PATH="$PATH:/usr/sbin" command -v "${tool%%:*}" >/dev/null || missing="$missing ${tool#*:}"
            done
            [ -n "$missing" ] || exit 0
            policy=/usr/sbin/policy-rc.d
            if [ ! -e "$policy" ]; then
                printf '#!/bin/sh\\nexit 101\\n' > "$policy"
                chmod 0755 "$policy"
                trap 'rm -f "$policy"' EXIT
            fi
            DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends install $missing </dev/null
            """;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    public static final Shell HERE = new LocalShell(Path.of("").toAbsolutePath(), null);

    Lab() {
        sweep();
        // Of those that run beside each other, one at a time installs what this machine lacks.
        try (var turn = FileChannel.open(Path.of(System.getProperty("java.io.tmpdir"),
                "dragonfab-lab-" + System.getProperty("user.name")), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); var mine = turn.lock()) {
            var folder = Files.createTempDirectory("dragonfab-lab");
            Files.writeString(folder.resolve("environments.yml"),
                    "environments: {lab: {lxc: " + PREFIX + "lab}}\n");
            var init = Cli.in(folder).run("init", "lab");
            assertEquals(0, init.exit(), init.toString());
            run(HERE, TOOLS);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        sweep();
    }

    /** A fresh container that has booted; made by our own scripts, as all containers are. */
    public static Shell container(String name) throws IOException {
        var folder = Files.createTempDirectory("dragonfab-lab");
        Files.writeString(folder.resolve("environments.yml"), "environments: {lab: {lxc: " + PREFIX + name + "}}\n");
        var create = Cli.in(folder).run("lxc", "lab", "create");
        assertEquals(0, create.exit(), create.toString());
        return new ContainerShell(HERE, PREFIX + name);
    }

    /** A script that has to end well, however long it takes to install things. */
    public static void run(Shell shell, String script, Object... arguments) {
        var said = new ByteArrayOutputStream();
        var ended = shell.execute(Command.script(script, arguments).asRoot(), said, said, LONGEST);
        assertEquals(0, ended.code(), said.toString());
    }

    public static String address(String name) {
        return HERE.read(Command.script("lxc-info -n \"$1\" -iH | grep -m 1 -F .", PREFIX + name).asRoot());
    }

    public static void remove(String name) {
        HERE.ask(Command.script("lxc-stop -k -n \"$1\"; lxc-destroy -s -n \"$1\"", PREFIX + name).asRoot());
    }

    /** Clones before what they were cloned from. */
    private static void sweep() {
        var nobody = OutputStream.nullOutputStream();
        HERE.execute(Command.script("""
                command -v lxc-ls >/dev/null || exit 0
                for round in 1 2 3; do
                    for folder in /var/lib/lxc/"$1"*; do
                        [ -e "$folder" ] || continue
                        name=${folder##*/}
                        lxc-stop -k -n "$name"
                        if mountpoint -q "$folder"; then
                            umount -l "$folder"
                            rmdir "$folder"
                        fi
                        lxc-destroy -s -n "$name"
                        # What lxc-ls does not list: a container that was being made, or removed, when all ended.
                        if [ -e "$folder" ] && [ -z "$(lxc-info -n "$name" -H -c lxc.rootfs.path)" ]; then
                            rm -rf --one-file-system "$folder"
                        fi
                    done
                done
                """, PREFIX).asRoot(), nobody, nobody, LONGEST);
    }

    @Override
    public void close() {
        sweep();
    }
}
