package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {
    private static final String THREE = """
            environments:
              __all__:
                package_name: guestbook
                vars: {colour: green, size: big}
                lxc: shared
                lxc_host: titi
              lxc: {}
              staging:
                hosts: [app1]
                package_name: other
                vars: {colour: blue}
              production: {lxc: own, connect_timeout: 20}
            """;

    @TempDir
    Path folder;

    @Test
    void areFoundHereAndInFoldersAbove() throws IOException {
        var file = Files.writeString(folder.resolve("environments.yml"), THREE);
        var deep = Files.createDirectories(folder.resolve("a/b/c"));

        assertEquals(file, Environments.find(folder).file());
        assertEquals(file, Environments.find(deep).file());
        assertEquals(folder, Environments.find(deep).folder());
    }

    @Test
    void areMissedWithARemedy() {
        assertEquals("""
                local: no environments.yml in this folder, nor in one above
                try: jbang new@dragonfab
                or: say with -f where the file is""",
                Written.refused(() -> Environments.find(folder)));
    }

    @Test
    void keepTheOrderOfTheFile() {
        assertEquals(List.of("lxc", "staging", "production"), three().names());
    }

    @Test
    void anOwnValueWinsOverASharedOneAndIsTakenWhole() {
        assertEquals("guestbook", three("lxc").get(Key.PACKAGE_NAME));
        assertEquals("other", three("staging").get(Key.PACKAGE_NAME));
        assertEquals(Map.of("colour", "blue"), three("staging").vars());
        assertEquals(Map.of("colour", "green", "size", "big"), three("production").vars());
    }

    @Test
    void ownHostsDropASharedContainerAndItsHost() {
        assertEquals(List.of(new Host(null, "app1", 0)), three("staging").targets());
        assertNull(three("staging").get(Key.LXC));
        assertNull(three("staging").get(Key.LXC_HOST));
    }

    @Test
    void anOwnContainerKeepsTheSharedHostAndDropsSharedHosts() {
        assertEquals(new Container("own", Host.parse("titi")), three("production").targets().get(0));

        var environments = new Written(folder).load("""
                environments:
                  __all__: {hosts: [app1, app2]}
                  lxc: {lxc: guestbook}
                """);

        assertEquals(List.of(new Container("guestbook", null)), targets(environments, Map.of()));
        assertEquals(List.of(Host.parse("app3")), targets(environments, Map.of("hosts", "app3")));
    }

    @Test
    void hostsOfSetDropAnOwnContainerWithItsHost() {
        var environments = new Written(folder).load("""
                environments:
                  lxc: {lxc: guestbook, lxc_host: titi}
                """);

        assertEquals(List.of(Host.parse("app3")), targets(environments, Map.of("hosts", "app3")));
    }

    @Test
    void setWinsOverTheFile() {
        var set = new TreeMap<>(Map.of("package_name", "third", "connect_timeout", "30",
                "hosts", "[a, b@c:22]", "vars.size", "small", "protected", "true",
                "health", "{url: /up, status: 204}"));
        var production = three().environment("production", set);

        assertEquals("third", production.get(Key.PACKAGE_NAME));
        assertEquals(30, production.get(Key.CONNECT_TIMEOUT));
        assertEquals(List.of(Host.parse("a"), Host.parse("b@c:22")), production.targets());
        assertEquals(Map.of("colour", "green", "size", "small"), production.vars());
        assertEquals(204, production.get(Key.HEALTH).status());
        assertEquals(20, three("production").get(Key.CONNECT_TIMEOUT));
    }

    @Test
    void setIsCheckedLikeTheFile() {
        var set = new TreeMap<>(Map.of("lcx", "x", "connect_timeout", "soon", "package_name", "",
                "deploy", "[depoy]", "checks", "[", "dba.x", "y", "url", "${site_nam}", "lxc", "a"));

        assertEquals("""
                --set: 7 problems
                --set: checks: a value is missing, or a bracket or brace is not closed
                --set: dba.x: unknown key (did you mean dba?)
                --set: lcx: unknown key (did you mean lxc?)
                --set: package_name: has no value
                --set: connect_timeout: should be a number from 1 to 600, found soon
                --set: deploy[0]: unknown script depoy; a command is written {run: ...} or {local: ...}
                --set: url: has ${site_nam}, an unknown name (did you mean site_name?)""",
                Written.refused(() -> three().environment("staging", set)));
    }

    @Test
    void aWordOfAnEnumerationThatIsWrittenOtherwiseIsSuggested() {
        var set = new TreeMap<>(Map.of("rollback", "PACKAGE", "transport", "OpenSHH", "db_sslmode", "verify-ful"));

        assertEquals("""
                --set: 3 problems
                --set: db_sslmode: should be disable, allow, prefer, require, verify-ca or verify-full,\
                 found verify-ful (did you mean verify-full?)
                --set: rollback: should be package or snapshot, found PACKAGE (did you mean package?)
                --set: transport: should be sshj or openssh, found OpenSHH (did you mean openssh?)""",
                Written.refused(() -> three().environment("staging", set)));
    }

    @Test
    void setMayNotBreakARuleBetweenKeys() {
        assertEquals("""
                --set: 1 problem
                --set: lxc_unprivileged: needs lxc_clone: copy""",
                Written.refused(() -> three().environment("lxc", Map.of("lxc_unprivileged", "true"))));
    }

    @Test
    void anUnknownNameIsToldWithTheKnownOnes() {
        assertEquals("environments.yml: no environment stagin (did you mean staging?);"
                + " there are lxc, staging, production", Written.refused(() -> three("stagin")));
        assertEquals("environments.yml: no environment __all__; there are lxc, staging, production",
                Written.refused(() -> three("__all__")));
    }

    @Test
    void secretsInClearTextAreWarnedOfWhereItIsProtected() {
        var environments = new Written(folder).load("""
                environments:
                  __all__:
                    sudo_password: hunter2
                  staging: {db_password: hunter2}
                  production:
                    protected: true
                    db_password: ${vars.pw}
                    vars: {pw: hunter2}
                  other:
                    protected: true
                    sudo_password: ${env:PW}
                    db_password: ${file:pw}
                """);

        assertEquals("""
                environments.yml:3: production.sudo_password: stands in clear text \
                (write ${env:NAME}, ${file:PATH} or ${cmd:COMMAND})
                environments.yml:7: production.db_password: stands in clear text \
                (write ${env:NAME}, ${file:PATH} or ${cmd:COMMAND})""",
                String.join("\n", environments.warnings()));
        assertFalse(environments.warnings().toString().contains("hunter2"));
    }

    private static List<Target> targets(Environments environments, Map<String, String> set) {
        return environments.environment("lxc", set).targets();
    }

    private Environments three() {
        return new Written(folder).load(THREE);
    }

    private Environment three(String name) {
        return three().environment(name, Map.of());
    }
}
