package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dragonfab.lab.OnContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The suite can fail: it is red on cases like those of {@link FaultsTest} as soon as one protection is taken away. */
@OnContainers
class ProtectionsTest {
    private static final String SCRIPTS = "dragonfab/";

    /** A protection, a case that needs it, and what stands in place of its scripts on the target. */
    enum Protection {
        JOURNAL(new Case(1, Shop.DEB, Fault.NONE, Shop.Kind.GOOD, "open", 0, 0), Map.of(
                "state/journal/append.sh", "exit 0\n",
                "state/rollback/confirm.sh",
                "sh \"/var/lib/dragonfab/shop/rollback/disarm\" /var/lib/dragonfab/shop\n")),
        LOCK_INHERITANCE(new Case(3, Shop.DEB, Fault.SUCCESSOR, Shop.Kind.MIGRATES, "closed", 0, 0), Map.of(
                "state/step/unit.sh", "")),
        ROLLBACK(new Case(5, Shop.DEB, Fault.CLIENT, Shop.Kind.ERROR_500, "open", 5, 0), Map.of(
                "state/rollback/arm.sh", "exit 0\n")),
        VERIFICATION(new Case(7, Shop.DEB, Fault.NONE, Shop.Kind.ERROR_500, "open", 0, 0), Map.of(
                "release/deb/package/services.pl", "exit 0;\n",
                "health/http/ask.sh", "echo 200; seq -f 'release %g.0' 1 99\n"));

        private final Case fault;
        private final Map<String, String> scripts;

        Protection(Case fault, Map<String, String> scripts) {
            this.fault = fault;
            this.scripts = scripts;
        }

        /** The scripts as they would be without it. */
        void takeAway(Path folder) throws IOException {
            for (var script : scripts.entrySet()) {
                assertNotNull(ProtectionsTest.class.getClassLoader().getResource(SCRIPTS + script.getKey()));
                Files.createDirectories(folder.resolve(SCRIPTS + script.getKey()).getParent());
                var text = script.getValue().isEmpty() ? withoutInheritance(script.getKey()) : script.getValue();
                Files.writeString(folder.resolve(SCRIPTS + script.getKey()), text);
            }
        }

        private static String withoutInheritance(String script) throws IOException {
            try (var text = ProtectionsTest.class.getClassLoader().getResourceAsStream(SCRIPTS + script)) {
                var whole = new String(text.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                var without = whole.replaceAll("(?m)^exec 8>>.*$|^flock -w 10 8 .*$", ":");
                assertFalse(without.equals(whole));
                return without;
            }
        }
    }

    private static ShopSite site;

    @TempDir
    Path without;

    @BeforeAll
    static void start() throws Exception {
        site = ShopSite.start("protections");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource
    void theSuiteIsRedWithoutIt(Protection protection) throws Exception {
        protection.takeAway(without);
        site.change(without);
        try {
            var violations = Trial.of(site, protection.fault, 5000).violations();
            assertFalse(violations.isEmpty(), protection + " protects nothing");
        } finally {
            site.change(null);
            site.mend();
        }
    }
}
