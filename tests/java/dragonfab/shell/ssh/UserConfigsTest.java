package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserConfigsTest {
    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();
    private UserConfigs configs;
    private Path file;
    private String extra = "";

    @BeforeEach
    void prepare() {
        file = folder.resolve("config");
        configs = new UserConfigs(settings -> {
            asked.add(settings.address());
            return UserConfig.parse("OpenSSH_9.2p1\r\ndebug1: Reading configuration data " + file + "\r\n"
                    + "host " + settings.address() + "\nhostname " + settings.address() + "\nuser deploy\n" + extra);
        });
    }

    @Test
    void hostsThatTheConfigurationDoesNotTellApartShareAnAnswer() throws IOException {
        config("# 100% the same\nHost *\n  User deploy\n  SendEnv LANG LC_*\n\nHost=box? !boxes\n\tPort 23\n");
        assertEquals("web1 deploy", answer("web1"));
        assertEquals("web2 deploy", answer("web2"));
        assertEquals("box1 deploy", answer("box1"));
        assertEquals("box2 deploy", answer("box2"));
        assertEquals("boxes deploy", answer("boxes"));
        assertEquals(List.of("web1", "box1", "boxes"), asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Match host web2\n User other", "match final", "ProxyCommand nc %h 22",
        "IdentityFile ~/.ssh/%n", "CanonicalizeHostname yes", "Host \"web2\"\n User other", "?"})
    void whatCouldTellAnyTwoApartIsAskedForEach(String lines) throws IOException {
        config("Host *\n" + lines + "\n");
        answer("web1");
        answer("web2");
        answer("web1");
        assertEquals(List.of("web1", "web2", "web1"), asked);
    }

    @Test
    void namesThatSshWouldChangeAreAskedForEach() throws IOException {
        config("Host *\n");
        answer("web1");
        answer("Web2");
        answer("web_3");
        assertEquals(List.of("web1", "Web2", "web_3"), asked);
    }

    @Test
    void anAliasIsNobodysLike() throws IOException {
        config("Host *\n  HostName 10.0.0.1\n");
        var alias = new UserConfigs(settings -> {
            asked.add(settings.address());
            return UserConfig.parse("debug1: Reading configuration data " + file + "\nhostname 10.0.0.1\n");
        });
        alias.about(SshSettings.to(null, "web1", 0));
        alias.about(SshSettings.to(null, "web2", 0));
        assertEquals(List.of("web1", "web2"), asked);
    }

    @Test
    void aFileThatCannotBeReadTellsHostsApart() {
        answer("web1");
        answer("web2");
        assertEquals(List.of("web1", "web2"), asked);
    }

    @Test
    void allFilesCount() throws IOException {
        config("Include other\n");
        var other = Files.writeString(folder.resolve("other"), "Host web2\n  User other\n");
        extra = "debug1: Reading configuration data " + other + "\n";
        answer("web1");
        answer("web2");
        answer("web3");
        assertEquals(List.of("web1", "web2"), asked);
    }

    private void config(String text) throws IOException {
        Files.writeString(file, text);
    }

    private String answer(String address) {
        var config = configs.about(SshSettings.to(null, address, 0));
        return config.one("hostname") + " " + config.one("user");
    }
}
