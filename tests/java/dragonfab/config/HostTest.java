package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "app1.example.com, -, app1.example.com, 0, app1.example.com",
        "deploy@app1.example.com:2222, deploy, app1.example.com, 2222, app1.example.com:2222",
        "[::1]:22, -, ::1, 22, [::1]:22",
        "user@[fe80::1], user, fe80::1, 0, fe80::1",
        "[fe80::1%eth0], -, fe80::1%eth0, 0, fe80::1%eth0",
        "192.0.2.7:22, -, 192.0.2.7, 22, 192.0.2.7:22",
        "localhost, -, localhost, 0, localhost",
        "local, -, local, 0, local",
        "CORP\\ann@app1, CORP\\ann, app1, 0, app1",
        "b\u00fccher.example:22, -, xn--bcher-kva.example, 22, xn--bcher-kva.example:22",
        "first.last@my_alias, first.last, my_alias, 0, my_alias"})
    void isRead(String text, String user, String address, int port, String name) {
        var host = Host.parse(text);

        assertEquals(new Host(user, address, port), host);
        assertEquals(name, host.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-oProxyCommand=x", "a@-b", "-a@b", "a b", "a\nb", "a\tb", "a\0b", "a;b",
        "a/b", "@b", "a@", "a@b@c", "a:", "a:0", "a:65536", "a:123456", "a:x", "a:-1", "::1", "[::1", "::1]",
        "[a]", "[:::]", "[]", "$(a)", "`a`", "a'b", "7", "yes", "FALSE", "null", "CORP\\\\ann@app1", "\\ann@app1",
        "[::1]22", "[fe80::1%-x y]", "a:+22"})
    void isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Host.parse(text));
    }

    @Test
    void cannotBeMadeOfPartsThatCouldNotBeRead() {
        assertThrows(IllegalArgumentException.class, () -> new Host("-l", "a", 0));
        assertThrows(IllegalArgumentException.class, () -> new Host(null, "-a", 0));
        assertThrows(IllegalArgumentException.class, () -> new Host(null, "a", -1));
        assertThrows(IllegalArgumentException.class, () -> new Container("a;b", null));
        assertThrows(IllegalArgumentException.class, () -> new Container("a".repeat(64), null));
        assertThrows(IllegalArgumentException.class, () -> new Check("x", 200, null, null, "target"));
        assertThrows(IllegalArgumentException.class, () -> new Check("http://a:b:c/", 200, null, null, "target"));
        assertThrows(IllegalArgumentException.class, () -> new Check("/x", 200, null, "a\r\nb", "target"));
    }
}
