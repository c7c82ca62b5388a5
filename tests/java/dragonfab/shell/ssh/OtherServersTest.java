package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Shell;
import dragonfab.shell.ssh.openssh.OpenSshShell;
import dragonfab.shell.ssh.sshj.SshShell;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that are set up otherwise than ours: what can work does, and what cannot is named before anything is done. */
@OnContainers
@Timeout(120)
@ExtendWith(SshHost.class)
class OtherServersTest {
    private static final String HOST = """
            set -eu
            apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends install \
                dropbear-bin </dev/null
            dropbearkey -t ed25519 -f /root/dropbear-key >/dev/null
            dropbear -p 2350 -r /root/dropbear-key -P /run/dropbear.pid
            for user in ttyonly execs; do
                useradd -m -s /bin/bash "$user"
                install -d -m 700 -o "$user" "/home/$user/.ssh"
                cp /root/.ssh/authorized_keys "/home/$user/.ssh/"
                chmod 644 "/home/$user/.ssh/authorized_keys"
            done
            printf 'Defaults:ttyonly requiretty\\nttyonly ALL=(ALL) NOPASSWD: ALL\\n' > /etc/sudoers.d/ttyonly
            echo 'exec bash' > /home/execs/.bashrc
            """;

    @TempDir
    static Path folder;
    private static SshUser user;

    @BeforeAll
    static void host() throws IOException {
        user = new SshUser(folder);
        SshHost.it().run(HOST);
        user.config("StrictHostKeyChecking accept-new");
    }

    private static Shell connect(SshSettings settings, boolean openssh) {
        return openssh ? OpenSshShell.connect(settings) : SshShell.connect(settings);
    }

    /** It would end the connection in the middle of a deploy. */
    @Test
    void dropbearIsRefused() {
        var failure = assertThrows(Failure.class, () -> SshShell.connect(user.settings("root", 2350)));
        assertEquals(
                "REFUSED root@box:2350: its SSH server is dropbear, which takes no command of more than 9000 bytes\n"
                        + "try: install openssh-server there, in place of dropbear",
                user.shown(failure));
        try (var shell = OpenSshShell.connect(user.settings("root", 2350))) {
            assertEquals("fine", shell.read(Command.of("echo", "fine")));
            var lost = assertThrows(Failure.class, () -> shell.read(Command.of("echo", "x".repeat(10_000))));
            assertTrue(user.shown(lost).contains("if its SSH server is dropbear"), user.shown(lost));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sudoThatWantsATerminalSaysSoAtOnce(boolean openssh) {
        try (var shell = connect(user.settings("ttyonly", 0), openssh)) {
            var answer = shell.ask(Command.of("true").asRoot());
            assertEquals("exit 1 sudo: sorry, you must have a tty to run sudo\n", answer.ended() + " " + answer.err());
        }
    }

    /** What such a shell is given to read are commands to it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoginThatTurnsIntoAnotherShellGetsNoInput(boolean openssh) {
        try (var shell = connect(user.settings("execs", 0), openssh)) {
            var failure = assertThrows(Failure.class,
                    () -> shell.ask(Command.of("cat").reading(Input.of("touch /tmp/read-by-it\n"))));
            assertTrue(user.shown(failure).contains("the login shell of execs does not begin commands"),
                    user.shown(failure));
            assertEquals("", SshHost.it().run("ls /tmp/read-by-it 2>/dev/null || true"));
        }
    }
}
