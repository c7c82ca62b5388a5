package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.report.Failure;
import dragonfab.shell.ssh.sshj.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the words of {@code ssh -G} come to. */
class ResolvedHostTest {
    private static final Path HOME = Path.of("/home/ann");
    private static final SshSettings APP1 = SshSettings.to(null, "app1", 0).answeredBy(Operator.NOBODY);

    @Test
    void theConfigurationFillsWhatIsLeftOpen() {
        var app1 = of(APP1, """
                user deploy
                hostname app1.example.com
                port 2222
                identitiesonly yes
                stricthostkeychecking accept-new
                hashknownhosts yes
                serveralivecountmax 5
                serveraliveinterval 7
                identityfile ~/.ssh/id_ed25519
                identityfile /etc/keys/%r@%h_%p_%n_100%%
                certificatefile ${HOME}/%u.pub
                globalknownhostsfile /etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2
                userknownhostsfile /home/ann/.ssh/known_hosts ~/.ssh/%k
                connecttimeout 4
                proxyjump ann@gate:2200,inner
                """);
        assertEquals("app1.example.com port 2222", app1.hostAndPort());
        assertEquals("deploy", app1.user());
        assertEquals(List.of(HOME.resolve(".ssh/id_ed25519"),
                Path.of("/etc/keys/deploy@app1.example.com_2222_app1_100%")), app1.identities());
        assertEquals(List.of(HOME.resolve(System.getProperty("user.name") + ".pub")), app1.certificates());
        assertEquals(List.of("ann@gate:2200", "inner"), app1.jumps());
        assertEquals(Duration.ofSeconds(4), app1.connectTimeout());
        assertEquals(Duration.ofSeconds(7), app1.aliveInterval());
        assertEquals(5, app1.aliveCount());
        assertEquals(true, app1.onlyThese());
        assertEquals(new HostKeyRules(List.of(HOME.resolve(".ssh/known_hosts"), HOME.resolve(".ssh/app1")),
                List.of(Path.of("/etc/ssh/ssh_known_hosts"), Path.of("/etc/ssh/ssh_known_hosts2")), List.of(),
                List.of("[app1.example.com]:2222", "app1.example.com"), HostKeyRules.NewKeys.ACCEPT, true),
                app1.hostKeys());
    }

    @Test
    void namesOfFilesMayHoldBlanks() {
        assertEquals(List.of(Path.of("/home/ann/My Keys/known hosts")),
                knownHosts("/home/ann/My Keys/known hosts"));
        assertEquals(List.of(Path.of("/home/ann/My Keys/known hosts"), Path.of("/etc/more of them")),
                knownHosts("/home/ann/My Keys/known hosts /etc/more of them"));
        assertEquals(List.of(HOME.resolve("My  Keys"), Path.of("/etc/known")), knownHosts("~/My  Keys /etc/known"));
    }

    /** A name whose second part looks like a path of its own. */
    @Test
    void aFileThatIsThereHasTheNameThatItHas(@TempDir Path folder) throws IOException {
        var odd = Files.createFile(Files.createDirectories(folder.resolve("My ")).resolve("known"));
        var plain = Files.createFile(folder.resolve("plain"));

        assertEquals(List.of(plain, odd), knownHosts(plain + " " + odd));
    }

    private static List<Path> knownHosts(String files) {
        return of(APP1, "hostname app1\nuserknownhostsfile " + files + "\n").hostKeys().userFiles();
    }

    @Test
    void settingsWinOverTheConfiguration() {
        var settings = SshSettings.to("root", "app1", 22).identity(Path.of("/k"))
                .within(Duration.ofSeconds(3))
                .alive(Duration.ofSeconds(2), 4);
        var app1 = of(settings, """
                user deploy
                port 2222
                identityfile ~/.ssh/id_ed25519
                certificatefile ~/c.pub
                connecttimeout 99
                serveraliveinterval 99
                """);
        assertEquals("root", app1.user());
        assertEquals(22, app1.port());
        assertEquals(List.of(Path.of("/k")), app1.identities());
        assertEquals(List.of(), app1.certificates());
        assertEquals(true, app1.onlyThese());
        assertEquals(Duration.ofSeconds(3), app1.connectTimeout());
        assertEquals(Duration.ofSeconds(2), app1.aliveInterval());
        assertEquals(4, app1.aliveCount());
    }

    @Test
    void withoutSshOnThisMachineTheUsualValuesHold() {
        var app1 = of(APP1, "");
        assertEquals("app1 port 22", app1.hostAndPort());
        assertEquals(System.getProperty("user.name"), app1.user());
        assertEquals(List.of(HOME.resolve(".ssh/id_ed25519"), HOME.resolve(".ssh/id_ecdsa"),
                HOME.resolve(".ssh/id_rsa")), app1.identities());
        assertEquals(Duration.ofSeconds(10), app1.connectTimeout());
        assertEquals(Duration.ofSeconds(15), app1.aliveInterval());
        assertEquals(3, app1.aliveCount());
        assertEquals(HostKeyRules.NewKeys.ASK, app1.hostKeys().newKeys());
        assertEquals(List.of(HOME.resolve(".ssh/known_hosts")), app1.hostKeys().userFiles());
    }

    @Test
    void anAliasStandsForTheHostInKnownHosts() {
        var app1 = of(APP1, "hostname 10.0.0.1\nport 2222\nhostkeyalias App1\n");
        assertEquals(List.of("app1"), app1.hostKeys().names());
    }

    @ParameterizedTest(name = "StrictHostKeyChecking {0}")
    @CsvSource({"yes, REFUSE", "true, REFUSE", "ask, ASK", "accept-new, ACCEPT", "no, ACCEPT",
        "false, ACCEPT"})
    void newKeysAreTreatedAsTheUserSays(String said, HostKeyRules.NewKeys expected) {
        assertEquals(expected, of(APP1, "stricthostkeychecking " + said).hostKeys().newKeys());
    }

    @ParameterizedTest(name = "IdentityAgent {0}")
    @CsvSource({"SSH_AUTH_SOCK, /run/agent", "none, ", "$OTHER, /run/other", "${OTHER}, /run/other",
        "~/agent, /home/ann/agent", "$UNSET, ", "'', /run/agent"})
    void theAgentIsTheOneTheUserNames(String said, Path expected) {
        assertEquals(expected, of(APP1, said.isEmpty() ? "port 22" : "identityagent " + said).agent());
    }

    @Test
    void noneMeansNone() {
        var app1 = of(APP1,
                "identityfile none\nproxyjump none\nproxycommand none\nglobalknownhostsfile none\n");
        assertEquals(List.of(), app1.identities());
        assertEquals(List.of(), app1.jumps());
        assertEquals(List.of(), app1.hostKeys().globalFiles());
    }

    @Test
    void aJumpHostIsNotReachedThroughItself() {
        assertEquals(List.of(), of(SshSettings.to(null, "gate", 0), "proxyjump ann@gate:22").jumps());
    }

    @Test
    void aProxyCommandIsRefusedWithTheWayRound() {
        var failure = assertThrows(Failure.class, () -> Route.to(of(APP1, "proxycommand nc %h %p")));
        assertEquals("app1: ProxyCommand takes the system's own ssh, and the ssh configuration says: nc %h %p"
                + "\ntry: transport: openssh in environments.yml, or ProxyJump HOST in ~/.ssh/config",
                failure.place() + ": " + failure.getMessage() + "\ntry: " + failure.remedy());
    }

    @ParameterizedTest(name = "jump {0}")
    @CsvSource({"gate, , gate, 0", "ann@gate:2200, ann, gate, 2200", "ssh://ann@gate:2200, ann, gate, 2200",
        "[fe80::1]:22, , fe80::1, 22", "ann@[::1], ann, ::1, 0"})
    void jumpHostsAreWrittenAsSshReadsThem(String text, String user, String address, int port) {
        var jump = JumpHost.parse(APP1, text);
        assertEquals(user, jump.user());
        assertEquals(address, jump.address());
        assertEquals(port, jump.port());
        assertEquals("jump host " + address, jump.name());
    }

    @ParameterizedTest
    @CsvSource({"-oProxyCommand=x", "a:b", "a@b:99999999", "''"})
    void nonsenseIsNoJumpHost(String text) {
        var failure = assertThrows(Failure.class, () -> JumpHost.parse(APP1, text));
        assertEquals("not a jump host: " + text, failure.getMessage());
    }

    @Test
    void sshIsAskedWithEverythingThatMatchMayLookAt() {
        assertEquals(List.of("ssh", "-v", "-T", "-G", "--", "app1"), UserConfig.question(APP1));
        assertEquals(List.of("ssh", "-v", "-T", "-G", "-F", "/c", "-l", "deploy", "-p", "2222", "--", "app1"),
                UserConfig.question(SshSettings.to("deploy", "app1", 2222).config(Path.of("/c"))));
    }

    @Test
    void anAddressThatSshWouldTakeForAnOptionIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SshSettings.to(null, "-oProxyCommand=x", 0));
    }

    @Test
    void wordsOfSshAreKeptInOrder() {
        var config = UserConfig.parse("identityfile a b\nIdentityFile c\nport none\nempty\n");
        assertEquals(List.of("a b", "c"), config.all("identityfile"));
        assertNull(config.one("port"));
        assertNull(config.one("empty"));
        assertEquals(22, config.number("port", 22));
    }

    private static ResolvedHost of(SshSettings settings, String words) {
        return ResolvedHost.of(settings, UserConfig.parse(words), HOME,
                Map.of("SSH_AUTH_SOCK", "/run/agent", "OTHER", "/run/other", "HOME", HOME.toString()));
    }
}
