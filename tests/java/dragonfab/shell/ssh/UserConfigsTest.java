package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private List<Path> files;

    @BeforeEach
    void prepare() {
        file = folder.resolve("config");
        files = List.of(file);
        configs = new UserConfigs(settings -> {
            asked.add(settings.address());
            return new UserConfig(Map.of("host", List.of(settings.address()), "hostname", List.of(settings.address()),
                    "user", List.of("deploy")), files);
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
            return new UserConfig(Map.of("hostname", List.of("10.0.0.1")), files);
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
        files = List.of(file, Files.writeString(folder.resolve("other"), "Host web2\n  User other\n"));
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
