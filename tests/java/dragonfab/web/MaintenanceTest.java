package dragonfab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.config.Environments;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
    static final String LOCAL = "default visitor;\n    127.0.0.0/8 local;\n    ::1 local;\n";

    @TempDir
    Path folder;

    @Test
    void theAccessListHoldsTheAddressesOfTheFileAndNeverThisMachineTwice() {
        var access = maintenance("maintenance_allow: [192.0.2.7, '2001:db8::/32', 127.0.0.1, '::1']")
                .rules().access();
        assertTrue(access.contains(LOCAL + "    192.0.2.7 allowed;\n    2001:db8::/32 allowed;\n}\n"),
                access);

        var apache = maintenance("web_server: apache\nmaintenance_allow: [192.0.2.7, '2001:db8::/32']");
        assertTrue(apache.rules().rules().contains(
                " && !(-R '192.0.2.7') && !(-R '2001:db8::/32')\" dragonfab_guestbook=closed\n"),
                apache.rules().rules());
        assertEquals("", apache.rules().access());

        var caddy = maintenance("web_server: caddy\nmaintenance_allow: [192.0.2.7, '2001:db8::/32']");
        assertTrue(
                caddy.rules().rules().contains("\n\t}\n\tnot remote_ip 192.0.2.7\n\tnot remote_ip 2001:db8::/32\n}\n"),
                caddy.rules().rules());
        assertEquals("", caddy.rules().access());
    }

    @Test
    void noPlaceholderIsLeftInAnyRule() {
        for (var server : List.of("nginx", "apache", "caddy")) {
            var rules = maintenance("maintenance_retry_after: 77\nweb_server: " + server).rules();
            assertFalse((rules.rules() + rules.access()).matches("(?s).*@[A-Z]+@.*"), rules.toString());
            assertTrue(rules.rules().contains("Retry-After " + (server.equals("apache") ? "\"77\"" : "77")));
        }
    }

    @Test
    void packagesOfOneMachineNeverShareAVariableAndNginxHasRoomForIt() {
        assertNotEquals(variable("a-b"), variable("a.b"));
        assertNotEquals(variable("a-b"), variable("a+b"));
        assertEquals("dragonfab_guest__book", variable("guest-book"));
        assertTrue(variable("a-name-that-is-longer-than-most").length() <= 34);
    }

    @Test
    void thePageEscapesWhatPeopleWroteAndReplacesItInAPageOfTheProjectToo() throws IOException {
        Files.writeString(folder.resolve("page.html"), "<h1>{{site}}</h1><p>{{message}}</p> ü");
        var page = maintenance("maintenance_page: page.html\nsite_name: guestbook.test").page();

        assertEquals("<h1>guestbook.test</h1><p>&lt;i&gt; &amp; &quot;{{site}}&quot; &#39;x&#39;</p> ü",
                page.html("<i> & \"{{site}}\" 'x'"));
        assertEquals("{\"error\":\"maintenance\",\"message\":\"a \\\"b\\\"\\nc\",\"retry_after\":120}\n",
                page.json("a \"b\"\nc"));
    }

    @Test
    void aPageThatCannotBeReadIsFoundBeforeAnythingIsTouched() throws IOException {
        assertEquals("maintenance_page: cannot read " + folder.resolve("none.html"),
                refused("maintenance_page: none.html"));

        Files.write(folder.resolve("latin.html"), "ü".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("maintenance_page: " + folder.resolve("latin.html") + " is not UTF-8",
                refused("maintenance_page: latin.html"));
    }

    @Test
    void aFlagThatSomebodySetByHandIsAFlag() {
        var facts = MaintenanceFacts.of(List.of("server yes", "notice ", "shown maintenance x"));

        assertEquals("", facts.notice().orElseThrow().message());
    }

    @Test
    void aSiteOfAnotherNameIsNotTakenForOurs() {
        var other = List.of("server yes", "site\tno\town\t/etc/nginx/other:3\tother.test www.other.test\t");
        assertTrue(MaintenanceFacts.of(other).nothingThere("guestbook.test"));
        assertFalse(MaintenanceFacts.of(other).nothingThere(""));
        assertFalse(MaintenanceFacts.of(other).nothingThere("other.test"));

        var any = List.of("server yes", "site\tno\town\t/etc/nginx/any:3\t_\t");
        assertFalse(MaintenanceFacts.of(any).nothingThere("guestbook.test"));
        assertEquals(List.of("/etc/nginx/any:3"), MaintenanceFacts.of(any).candidates("guestbook.test"));
    }

    private String variable(String name) {
        var rules = maintenance("package_name: " + name).rules().rules();
        return rules.substring(rules.indexOf("set $") + "set $".length(), rules.indexOf(" \"\";"));
    }

    private String refused(String keys) {
        var failure = assertThrows(Failure.class, () -> maintenance(keys));
        assertEquals(Exit.USAGE, failure.exit());
        return failure.getMessage();
    }

    private Maintenance maintenance(String keys) {
        try {
            var name = keys.contains("package_name") ? "" : "package_name: guestbook\n";
            var file = Files.writeString(folder.resolve("environments.yml"),
                    "environments:\n  test:\n" + (name + keys + "\n").indent(4));
            return Maintenance.of(Environments.load(file).environment("test", Map.of()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
