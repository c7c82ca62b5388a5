package dragonfab.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.lab.ShopSource;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One project is built and deployed, whatever locale, login shell, git and server somebody has. */
@OnContainers
class ClientMatrixTest {
    /** Of the machine that deploys; the last is not installed anywhere. */
    private static final List<String> LOCALES = List.of("C.UTF-8", "C", "POSIX", "", "xx_YY.ISO-8859-15");
    /** A user of each. */
    private static final List<String> SHELLS = List.of("bash", "dash", "fish", "tcsh", "zsh", "talkative", "strict");

    /** Of the project, with what a deploy ends with. */
    private enum Git {
        CLEAN(0), SUBMODULE(0), USERS_SETTINGS(0), HOOK(0), SHALLOW(3), DIRTY(3), NONE(0);

        private final int exit;

        Git(int exit) {
            this.exit = exit;
        }
    }

    /** By the name that ssh_config has for it. */
    private enum Server {
        STOCK("sshj", 0), SYSTEMS_SSH("openssh", 0), TWO_KEYS("sshj", 0), WITHOUT_SFTP("openssh", 0),
        DROPBEAR("sshj", 3);

        private final String transport;
        private final int exit;

        Server(String transport, int exit) {
            this.transport = transport;
            this.exit = exit;
        }
    }

    /** A row of the table. */
    private record Cell(String locale, String shell, Git git, Server server) {
        int exit() {
            return Math.max(git.exit, server.exit);
        }
    }

    private static final String HOST = """
            set -eu
            export DEBIAN_FRONTEND=noninteractive
            apt-get -q update
            apt-get -y -q --no-install-recommends install fish tcsh zsh dropbear-bin dpkg-dev make </dev/null
            for user in bash:/bin/bash dash:/bin/dash fish:/usr/bin/fish tcsh:/bin/tcsh zsh:/usr/bin/zsh \
                    talkative:/bin/bash strict:/bin/bash; do
                name=${user%%:*}
                useradd -m -s "${user#*:}" "$name"
                install -d -m 700 -o "$name" "/home/$name/.ssh"
                printf '%s\\n' "$1" > "/home/$name/.ssh/authorized_keys"
                echo "$name ALL=(ALL) NOPASSWD: ALL" > "/etc/sudoers.d/$name"
            done
            printf 'echo Welcome; echo and to stderr >&2; printf "no line end"\\n' > /home/talkative/.bashrc
            printf 'set -u\\nalias cat=false ls=false\\numask 077\\n' > /home/strict/.bashrc
            serve() { port=$1; shift; /usr/sbin/sshd -f /dev/null -p "$port" -o UsePAM=yes "$@"; }
            serve 2301 -o 'Subsystem=sftp /usr/lib/openssh/sftp-server' -o 'AuthenticationMethods=publickey,publickey'
            serve 2302
            dropbearkey -t ed25519 -f /root/dropbear-key > /dev/null
            dropbear -p 2303 -r /root/dropbear-key
            """;

    @TempDir
    static Path folder;
    private static Shell inside;

    /** All of shell, git and server with a locale in turn by -Ddragonfab.long=true; else each value once at least. */
    static Stream<Cell> cells() {
        if (Boolean.getBoolean("dragonfab.long")) {
            var row = new AtomicInteger();
            return SHELLS.stream().flatMap(shell -> Stream.of(Git.values()).flatMap(git -> Stream.of(Server.values())
                    .map(server -> new Cell(LOCALES.get(row.getAndIncrement() % LOCALES.size()), shell, git, server))));
        }
        // What cannot be reached hides all else.
        var reached = List.of(Server.STOCK, Server.SYSTEMS_SSH, Server.TWO_KEYS, Server.WITHOUT_SFTP);
        return Stream.concat(IntStream.range(0, SHELLS.size()).mapToObj(i -> new Cell(LOCALES.get(i % LOCALES.size()),
                SHELLS.get(i), Git.values()[i], reached.get(i % reached.size()))),
                Stream.of(new Cell("C", "bash", Git.CLEAN, Server.DROPBEAR)));
    }

    @BeforeAll
    static void theHostAndTheProjects() throws IOException {
        var cli = Cli.in(folder);
        for (var key : List.of("key", "second")) {
            cli.tool("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve(key).toString());
        }
        inside = Lab.container("matrix");
        Lab.run(inside, HOST, Files.readString(folder.resolve("key.pub"))
                + Files.readString(folder.resolve("second.pub")).strip());
        var config = new StringBuilder();
        for (var server : Server.values()) {
            config.append("Host ").append(server).append("\n  Port ").append(switch (server) {
                case STOCK, SYSTEMS_SSH -> 22;
                case TWO_KEYS -> 2301;
                case WITHOUT_SFTP -> 2302;
                case DROPBEAR -> 2303;
            }).append("\n");
        }
        Files.writeString(folder.resolve("ssh_config"), config + """
                Host *
                  HostName %2$s
                  IdentityFile %1$s/key
                  IdentityFile %1$s/second
                  IdentitiesOnly yes
                  StrictHostKeyChecking accept-new
                  UserKnownHostsFile %1$s/known_hosts
                  SendEnv LANG LC_*
                """.formatted(folder, Lab.address("matrix")));
        Files.writeString(folder.resolve("gitconfig"), """
                [core]
                  autocrlf = true
                  pager = false
                  quotePath = true
                  abbrev = 4
                [log]
                  showSignature = true
                [status]
                  showUntrackedFiles = no
                [color]
                  ui = always
                [user]
                  name = Ann
                  email = ann@example.org
                [protocol "file"]
                  allow = always
                """);
        for (var git : Git.values()) {
            project(git);
        }
    }

    @AfterAll
    static void remove() {
        Lab.remove("matrix");
    }

    private static Path at(Git git) {
        return folder.resolve("project of " + git);
    }

    private static void project(Git git) throws IOException {
        var project = Files.createDirectories(at(git));
        files(project);
        if (git == Git.NONE) {
            return;
        }
        git(project, "init", "-q", "-b", "main");
        if (git == Git.SUBMODULE) {
            var other = Files.createDirectories(folder.resolve("other"));
            Files.writeString(other.resolve("part.txt"), "a part\n");
            git(other, "init", "-q");
            git(other, "add", "-A");
            git(other, "commit", "-q", "-m", "part");
            git(project, "submodule", "add", "-q", other.toString(), "part");
        }
        git(project, "add", "-A");
        git(project, "commit", "-q", "-m", "first");
        Files.writeString(project.resolve("page.txt"), "another page\nof two lines\n");
        git(project, "commit", "-q", "-a", "-m", "second");
        if (git == Git.SHALLOW) {
            Cli.in(folder).tool("mv", project.toString(), folder + "/deep");
            git(folder, "clone", "-q", "--depth", "1", "file://" + folder + "/deep", project.toString());
        } else if (git == Git.DIRTY) {
            Files.writeString(project.resolve("page.txt"), "a trial\n");
        }
    }

    private static void git(Path project, String... words) {
        var all = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always", "-c", "user.name=Ann",
                "-c", "user.email=ann@example.org"));
        all.addAll(List.of(words));
        var ran = Cli.in(project).with("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z")
                .with("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z").tool(all.toArray(String[]::new));
        assertEquals(0, ran.exit(), ran.toString());
    }

    private static void files(Path project) throws IOException {
        ShopSource.write(project, "mkdir -p debian/shop/usr/share/shop", "cp -r *.txt debian/shop/usr/share/shop/",
                "[ ! -e part ] || cp -r part debian/shop/usr/share/shop/");
        Files.writeString(project.resolve("grüße an alle.txt"), "Grüße\n");
        Files.writeString(project.resolve("page.txt"), "a page\nof two lines\n");
        Files.writeString(project.resolve(".gitignore"), "dist/\n");
        Files.writeString(project.resolve("environments.yml"), """
                environments:
                  lab:
                    hosts: nobody@nowhere
                    package_name: shop
                    build: target
                    web_server: none
                    app_user: root
                    ssh_config: %s/ssh_config
                """.formatted(folder));
    }

    private static Map<String, String> variables(Git git) {
        return switch (git) {
            case HOOK -> Map.of("GIT_DIR", ".git", "GIT_INDEX_FILE", "/nowhere/index", "GIT_WORK_TREE", "/");
            case USERS_SETTINGS -> Map.of("GIT_CONFIG_GLOBAL", folder.resolve("gitconfig").toString());
            default -> Map.of();
        };
    }

    private static String installed() {
        return inside.ask(Command.script("dpkg-query -W -f '${db:Status-Status} ${Version}' shop 2>/dev/null")).text();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void theDeployIsTheSame(Cell cell) throws IOException {
        Lab.run(inside, "dpkg -P shop >/dev/null 2>&1; rm -rf /var/lib/dragonfab");
        var project = at(cell.git);
        Cli.in(project).tool("rm", "-rf", "dist");
        var cli = Cli.in(project).with("LC_ALL", cell.locale).with("LANG", cell.locale);
        variables(cell.git).forEach(cli::with);

        var deploy = cli.run("deploy", "lab", "--set", "hosts=" + cell.shell + "@" + cell.server,
                "--set", "transport=" + cell.server.transport);

        assertEquals(cell.exit(), deploy.exit(), cell + "\n" + deploy);
        if (cell.exit() == 3) {
            assertEquals("", installed(), deploy.toString());
            assertEquals("", inside.ask(Command.of("ls", "/var/lib/dragonfab")).out(), deploy.toString());
            return;
        }
        assertTrue(installed().matches(cell.git == Git.NONE ? "installed 1\\.0" : "installed 1\\.0\\+1\\.g[0-9a-f]{7}"),
                cell + ": " + installed());
        var pages = inside.read(Command.script("cd /usr/share/shop; cat 'grüße an alle.txt' page.txt; [ ! -e part ]"
                + " || cat part/part.txt"));
        assertEquals("Grüße\n" + (cell.git == Git.NONE ? "a" : "another") + " page\nof two lines"
                + (cell.git == Git.SUBMODULE ? "\na part" : ""), pages.strip());
    }

    @Test
    void theTableHasEachValue() {
        var cells = cells().toList();
        assertEquals(List.copyOf(new TreeSet<>(LOCALES)),
                cells.stream().map(Cell::locale).distinct().sorted().toList());
        assertEquals(SHELLS.size(), cells.stream().map(Cell::shell).distinct().count());
        assertEquals(Git.values().length, cells.stream().map(Cell::git).distinct().count());
        assertEquals(Server.values().length, cells.stream().map(Cell::server).distinct().count());
    }
}
