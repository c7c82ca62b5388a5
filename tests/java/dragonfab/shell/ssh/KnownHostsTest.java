package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What known_hosts says of a key, line by line as OpenSSH reads it. */
class KnownHostsTest {
    private static final HostKey KEY = new HostKey("ssh-ed25519", "S0VZ", null);
    private static final HostKey SIGNED = new HostKey("ssh-ed25519", "S0VZ", "Q0E=");

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} seen by {1}: {2}")
    @CsvSource(delimiter = ';', value = {
        "app1 ssh-ed25519 S0VZ; app1; KNOWN",
        "APP1 ssh-ed25519 S0VZ; app1; KNOWN",
        "app1,10.0.0.1 ssh-ed25519 S0VZ comment; 10.0.0.1; KNOWN",
        "  app1\tssh-ed25519\tS0VZ; app1; KNOWN",
        "app2 ssh-ed25519 S0VZ; app1; UNKNOWN",
        "app ssh-ed25519 S0VZ; app1; UNKNOWN",
        "# app1 ssh-ed25519 S0VZ; app1; UNKNOWN",
        "app1 ssh-ed25519; app1; UNKNOWN",
        "app1 ssh-ed25519 T1RIRVI=; app1; CHANGED",
        "app1 ssh-rsa T1RIRVI=; app1; OTHER_KIND",
        "app1 ssh-rsa T1RIRVI=|app1 ssh-ed25519 S0VZ; app1; KNOWN",
        "app1 ssh-ed25519 T1RIRVI=|app1 ssh-ed25519 S0VZ; app1; KNOWN",
        "app1 ssh-ed25519 S0VZ|app1 ssh-ed25519 T1RIRVI=; app1; KNOWN",
        "app1 ssh-rsa T1RIRVI=|app1 ssh-ed25519 T1RIRVI=; app1; CHANGED",
        "*.example.com ssh-ed25519 S0VZ; a.example.com; KNOWN",
        "*.example.com ssh-ed25519 S0VZ; example.com; UNKNOWN",
        "app? ssh-ed25519 S0VZ; app1; KNOWN",
        "app? ssh-ed25519 S0VZ; app; UNKNOWN",
        "a.c ssh-ed25519 S0VZ; abc; UNKNOWN",
        "*.example.com,!b.example.com ssh-ed25519 S0VZ; a.example.com; KNOWN",
        "*.example.com,!b.example.com ssh-ed25519 S0VZ; b.example.com; UNKNOWN",
        "!b.example.com,*.example.com ssh-ed25519 S0VZ; b.example.com; UNKNOWN",
        "[app1]:2222 ssh-ed25519 S0VZ; [app1]:2222; KNOWN",
        "[app1]:2222 ssh-ed25519 S0VZ; app1; UNKNOWN",
        "[app1]:2222 ssh-ed25519 S0VZ; [app1]:2223; UNKNOWN",
        "[*]:2222 ssh-ed25519 S0VZ; [app1]:2222; KNOWN",
        "app1 ssh-ed25519 S0VZ|@revoked * ssh-ed25519 S0VZ; app1; REVOKED",
        "@revoked app2 ssh-ed25519 S0VZ; app1; UNKNOWN",
        "@revoked app1 ssh-ed25519 T1RIRVI=; app1; UNKNOWN",
        "@cert-authority * ssh-ed25519 S0VZ; app1; UNKNOWN",
        "@cert-authority * ssh-ed25519 Q0E=; app1; UNKNOWN",
        "@made-up app1 ssh-ed25519 S0VZ; app1; UNKNOWN",
        "''; app1; UNKNOWN",
    })
    void oneKey(String lines, String name, KnownHosts.Standing expected) throws IOException {
        assertEquals(expected, read(lines.replace('|', '\n')).judge(List.of(name), KEY).standing());
    }

    @ParameterizedTest(name = "a certificate, {0}: {2}")
    @CsvSource(delimiter = ';', value = {
        "@cert-authority *.example.com ssh-ed25519 Q0E=; a.example.com; KNOWN",
        "@cert-authority *.example.com ssh-ed25519 Q0E=; a.example.org; UNKNOWN",
        "@cert-authority * ssh-ed25519 T1RIRVI=; app1; UNKNOWN",
        "app1 ssh-ed25519 Q0E=; app1; CHANGED",
        "app1 ssh-ed25519 S0VZ; app1; KNOWN",
        "@cert-authority * ssh-ed25519 Q0E=|@revoked * ssh-ed25519 Q0E=; app1; REVOKED",
        "@cert-authority * ssh-ed25519 Q0E=|@revoked * ssh-ed25519 S0VZ; app1; REVOKED",
        "app1 ssh-ed25519 T1RIRVI=|@cert-authority * ssh-ed25519 Q0E=; app1; KNOWN",
    })
    void oneCertificate(String lines, String name, KnownHosts.Standing expected) throws IOException {
        assertEquals(expected, read(lines.replace('|', '\n')).judge(List.of(name), SIGNED).standing());
    }

    @Test
    void hashedNamesAreFound() throws IOException {
        // Written by ssh-keygen -H.
        var line = "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-ed25519 S0VZ\n";
        assertEquals(KnownHosts.Standing.KNOWN, read(line).judge(List.of("192.168.1.61"), KEY).standing());
        assertEquals(KnownHosts.Standing.UNKNOWN, read(line).judge(List.of("192.168.1.62"), KEY).standing());
        assertEquals(KnownHosts.Standing.KNOWN, read(KnownHost.hashed("app1") + " ssh-ed25519 S0VZ")
                .judge(List.of("app1"), KEY).standing());
        assertEquals(KnownHosts.Standing.UNKNOWN, read("|1|%%%|x ssh-ed25519 S0VZ\n|1|AAAA ssh-ed25519 S0VZ")
                .judge(List.of("app1"), KEY).standing());
    }

    @Test
    void theNameWithoutPortCountsOnlyForAKeyThatFits() throws IOException {
        var names = List.of("[app1]:2222", "app1");
        assertEquals(KnownHosts.Standing.KNOWN, read("app1 ssh-ed25519 S0VZ").judge(names, KEY).standing());
        assertEquals(KnownHosts.Standing.UNKNOWN, read("app1 ssh-ed25519 T1RIRVI=").judge(names, KEY)
                .standing());
        assertEquals(KnownHosts.Standing.REVOKED, read("@revoked app1 ssh-ed25519 S0VZ").judge(names, KEY)
                .standing());
        assertEquals(KnownHosts.Standing.CHANGED,
                read("[app1]:2222 ssh-ed25519 T1RIRVI=\napp1 ssh-ed25519 S0VZ")
                        .judge(names, KEY).standing());
    }

    @Test
    void theLineThatDecidedIsNamed() throws IOException {
        var verdict = read("# mine\n\napp1 ssh-ed25519 T1RIRVI=\n").judge(List.of("app1"), KEY);
        assertEquals(folder.resolve("known_hosts") + ":3", verdict.entry().line());
    }

    @Test
    void kindsOfKnownKeysComeFirst() throws IOException {
        var known = read("app1 ssh-rsa AAAA\napp2 ssh-ed25519 AAAA\n@cert-authority app1 ssh-rsa AAAA");
        assertEquals(List.of("ssh-rsa", "@cert-authority"), known.kinds(List.of("app1")));
    }

    @Test
    void aKeyIsAddedOnALineOfItsOwn() throws IOException {
        var rules = rules(false);
        Files.writeString(rules.file(), "app2 ssh-rsa AAAA");
        KnownHosts.read(rules).add(rules, KEY, "app1");
        assertEquals("app2 ssh-rsa AAAA\napp1 ssh-ed25519 S0VZ\n", Files.readString(rules.file()));
        var hashed = rules(true);
        KnownHosts.read(hashed).add(hashed, KEY, "app1");
        assertEquals(KnownHosts.Standing.KNOWN,
                KnownHosts.read(hashed).judge(List.of("app1"), KEY).standing());
    }

    @Test
    void aFileIsReadAgainWhenItHasChanged() throws IOException {
        assertEquals(KnownHosts.Standing.UNKNOWN,
                read("app2 ssh-ed25519 S0VZ\n").judge(List.of("app1"), KEY).standing());
        Files.writeString(rules(false).file(), "app1 ssh-ed25519 S0VZ\n", StandardOpenOption.APPEND);
        assertEquals(KnownHosts.Standing.KNOWN,
                KnownHosts.read(rules(false)).judge(List.of("app1"), KEY).standing());
        Files.delete(rules(false).file());
        assertEquals(KnownHosts.Standing.UNKNOWN,
                KnownHosts.read(rules(false)).judge(List.of("app1"), KEY).standing());
    }

    private KnownHosts read(String lines) throws IOException {
        Files.writeString(rules(false).file(), lines);
        return KnownHosts.read(rules(false));
    }

    private HostKeyRules rules(boolean hashed) {
        return new HostKeyRules(List.of(folder.resolve("known_hosts"), folder.resolve("none")), List.of(),
                List.of(),
                List.of("app1"), HostKeyRules.NewKeys.ASK, hashed);
    }
}
