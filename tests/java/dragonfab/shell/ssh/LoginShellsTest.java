package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import dragonfab.shell.Shell;
import dragonfab.shell.ShellScript;
import dragonfab.shell.ssh.openssh.OpenSshShell;
import dragonfab.shell.ssh.sshj.SshShell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever shell a login has, and whatever that says by itself, a command and its words arrive as they are. */
@OnContainers
@Timeout(120)
@ExtendWith(SshHost.class)
class LoginShellsTest {
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();
    /** A user of each, and what is in the file that the shell reads when it begins. */
    private static final String USERS = """
            set -eu
            apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends install \
                fish tcsh zsh </dev/null
            for user in dashy:/bin/dash bashy:/bin/bash fishy:/usr/bin/fish cshy:/bin/tcsh zshy:/usr/bin/zsh \
                    talky:/bin/bash tracy:/bin/bash rashy:/bin/rbash noshy:/usr/sbin/nologin; do
                useradd -m -s "${user#*:}" "${user%%:*}"
                install -d -m 700 -o "${user%%:*}" "/home/${user%%:*}/.ssh"
                cp /root/.ssh/authorized_keys "/home/${user%%:*}/.ssh/"
                chmod 644 "/home/${user%%:*}/.ssh/authorized_keys"
                echo "${user%%:*} ALL=(ALL) NOPASSWD: ALL" > "/etc/sudoers.d/${user%%:*}"
            done
            printf 'echo Welcome to the shop; echo and to stderr >&2; printf "no line end"\\n' > /home/talky/.bashrc
            printf 'set -xv\\n' > /home/tracy/.bashrc
            printf 'echo Hello from tcsh; set prompt="x"\\n' > /home/cshy/.cshrc
            mkdir -p /home/fishy/.config/fish
            printf 'echo Hello from fish\\n' > /home/fishy/.config/fish/config.fish
            """;

    @TempDir
    static Path folder;
    private static SshUser user;

    @BeforeAll
    static void users() throws IOException {
        user = new SshUser(folder);
        user.knows(22);
        SshHost.it().run(USERS);
    }

    static Stream<Arguments> logins() {
        return Stream.of("dashy", "bashy", "fishy", "cshy", "zshy", "talky", "tracy", "rashy")
                .flatMap(name -> Stream.of(Arguments.of(name, false), Arguments.of(name, true)));
    }

    private static Shell connect(String name, boolean openssh) {
        var settings = user.settings(name, 0);
        return openssh ? OpenSshShell.connect(settings) : SshShell.connect(settings);
    }

    @ParameterizedTest
    @MethodSource("logins")
    void allArrivesToTheLetter(String name, boolean openssh) {
        var words = List.of("it's", "a\"b", "$HOME", "`id`", "two\nlines\n", "", " ", "-n", "*", "~", "\\", "\\n",
                "\\\\",
                "\\'", "'\\''", "ä€😀", "!", "!!", "a!b", "%s", "{a,b}", "[a]", "(", ";", "&", "|", "#", "\t", "\u0001",
                "$(id)", "^a^b", "@", "end\\");
        try (var shell = connect(name, openssh)) {
            assertEquals("<" + String.join("><", words) + ">",
                    shell.ask(Command.of("printf", "<%s>").with(words.toArray())).out());
            var nested = Command.of("printf", "<%s>").with(words.toArray());
            assertEquals("<" + String.join("><", words) + ">", shell.ask(Command.of("sh", "-c", nested)).out());
            var answer = shell.ask(Command.script("echo out; echo err >&2; cat; exit 7").reading(Input.of("in\n")));
            assertEquals("7 out\nin\n err\n", answer.ended().code() + " " + answer.out() + " " + answer.err());
            assertEquals(name, shell.read(Command.of("id", "-un")));
            assertEquals("root", shell.read(Command.of("id", "-un").asRoot()));
            assertEquals("x".repeat(90_000), shell.read(Command.of("printf", "%s", "x".repeat(90_000))));
        }
    }

    @ParameterizedTest
    @CsvSource({"bashy, false", "fishy, false", "cshy, false", "fishy, true", "cshy, true"})
    void aCommandIsEndedWithAllItsChildren(String name, boolean openssh) {
        try (var shell = connect(name, openssh)) {
            assertThrows(Failure.class,
                    () -> shell.execute(Command.script("sleep 4830; true").asRoot(), NOWHERE, NOWHERE,
                            Duration.ofSeconds(1)));
            assertEquals("", SshHost.it().run("pgrep -f '^sleep 4830' || true"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatALoginSaysByItselfIsKnown(boolean openssh) {
        for (var each : List.of("talky Welcome to the shop", "fishy Hello from fish", "cshy Hello from tcsh",
                "dashy ")) {
            var parts = each.split(" ", 2);
            try (var shell = connect(parts[0], openssh)) {
                shell.ask(Command.of("true"));
                assertEquals(parts[1], shell.greeting());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoginShellThatRunsNothingIsNamed(boolean openssh) {
        try (var shell = connect("noshy", openssh)) {
            var failure = assertThrows(Failure.class, () -> shell.ask(Command.of("true")));
            assertEquals("REFUSED noshy@box: the login shell of noshy runs no commands: it says"
                    + " \"This account is currently not available.\", exit 1\ntry: ssh -F HOME/config noshy@box true",
                    user.shown(failure));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWrongPasswordForSudoIsOneMessage(boolean openssh) {
        var settings = user.settings("typist", 0).sudo(Secret.of("another word"));
        try (var shell = openssh ? OpenSshShell.connect(settings) : SshShell.connect(settings)) {
            var failure = assertThrows(Failure.class,
                    () -> shell.ask(ShellScript.of("state/lock/facts", "/none").asRoot()));
            assertEquals("USAGE typist@box: sudo does not take sudo_password for typist: it is wrong\n"
                    + "try: ssh -t -F HOME/config typist@box sudo -k true", user.shown(failure));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSecondKeyOrAPasswordThatIsMissingIsNamed(boolean openssh) throws IOException {
        SshHost.it().listen(2340, "AuthenticationMethods publickey,publickey", "PermitRootLogin yes");
        SshHost.it().listen(2341, "AuthenticationMethods publickey,password", "PermitRootLogin yes");
        try {
            for (var each : List.of("2340 a second key", "2341 password")) {
                var port = Integer.parseInt(each.split(" ")[0]);
                user.knows(port);
                var settings = user.settings(null, port);
                var said = user.shown(assertThrows(Failure.class,
                        () -> (openssh ? OpenSshShell.connect(settings) : SshShell.connect(settings)).close()));
                assertTrue(said.startsWith("FAILED box:" + port
                        + ": login as root refused: one key is not enough, the host"
                        + " wants " + each.split(" ", 2)[1] + " besides (AuthenticationMethods); tried key HOME/id"),
                        said);
            }
            var second = user.key("second-" + openssh, "ed25519", "");
            SshHost.it().run("cat >> /root/.ssh/authorized_keys <<'E'\n"
                    + Files.readString(Path.of(second + ".pub")) + "E\n");
            user.config("Host *\n  IdentityFile " + second);
            user.knows(2340);
            try (var shell = openssh ? OpenSshShell.connect(user.settings(null, 2340))
                    : SshShell.connect(user.settings(null, 2340))) {
                assertEquals("root", shell.read(Command.of("id", "-un")));
            }
        } finally {
            user.config("");
            user.knows(22);
        }
    }
}
