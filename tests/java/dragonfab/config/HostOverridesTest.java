package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.report.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostOverridesTest {
    private static final String FLEET = """
            environments:
              __all__:
                debconf: answers.${vars.place}
                vars: {place: here, colour: green}
                app_env: {MODE: plain}
              production:
                protected: true
                hosts:
                  deploy@app1.test: {roles: [app, db]}
                  app2.test: {roles: app, port: 2222, user: ops, connect_timeout: 60}
                  "[2001:db8::7]": {vars: {place: there}, app_env: {BEAT: "yes"}, sudo_password: "${env:SUDO}"}
                connect_timeout: 20
            """;

    @TempDir
    Path folder;

    @Test
    void aMappingNamesHostsWithTheirRoles() {
        assertEquals(List.of(new Host("deploy", "app1.test", 0, List.of("app", "db")),
                new Host("ops", "app2.test", 2222, List.of("app")), new Host(null, "2001:db8::7", 0)),
                fleet().targets());
    }

    @Test
    void whatAHostSaysWinsForItAlone() {
        assertEquals(List.of(20, 60, 20), each(Key.CONNECT_TIMEOUT));
        assertEquals(20, fleet().get(Key.CONNECT_TIMEOUT));
        assertEquals(List.of("answers.here", "answers.here", "answers.there"),
                each(Key.DEBCONF).stream().map(path -> ((Path) path).getFileName().toString()).toList());
    }

    @Test
    void variablesAreLaidOverNameByName() {
        assertEquals(Map.of("place", "there", "colour", "green"), fleet().at("2001:db8::7").vars());
        assertEquals(Map.of("MODE", "plain", "BEAT", "yes"), fleet().at("2001:db8::7").get(Key.APP_ENV));
    }

    @Test
    void setWinsOverAHostToo() {
        var set = load().environment("production", Map.of("connect_timeout", "5", "vars.place", "nowhere"));

        assertEquals(5, set.at("app2.test:2222").get(Key.CONNECT_TIMEOUT));
        assertEquals("nowhere", set.at("2001:db8::7").vars().get("place"));
        assertEquals("green", set.at("2001:db8::7").vars().get("colour"));
    }

    @Test
    void aHostsSecretIsFetchedWhenThatHostNeedsIt() {
        assertEquals(null, fleet().at("app1.test").get(Key.SUDO_PASSWORD));
        assertEquals("the variable SUDO is not set",
                assertThrows(Failure.class, () -> fleet().at("2001:db8::7").get(Key.SUDO_PASSWORD)).getMessage()
                        .replaceFirst(".*: ", ""));
    }

    @Test
    void setGivesHostsAsAMapping() {
        var set = load().environment("production", Map.of("hosts", "{x.test: {roles: db, connect_timeout: 7}}"));

        assertEquals(7, set.at("x.test").get(Key.CONNECT_TIMEOUT));
        assertEquals(List.of("db"), set.targets().get(0).roles());
    }

    @Test
    void aSecretInClearTextIsWarnedOfAndNeverShown() {
        var environments = new Written(folder).load("""
                environments:
                  production:
                    protected: true
                    hosts:
                      app1.test: {roles: [app, db], sudo_password: hunter2, vars: {a: see hunter2}, health: {url: /up}}
                      app2.test: {port: 22}
                """);

        assertEquals(List.of("environments.yml:5: production.hosts.app1.test.sudo_password: stands in clear text"
                + " (write ${env:NAME}, ${file:PATH} or ${cmd:COMMAND})"), environments.warnings());
        var shown = environments.environment("production", Map.of()).shown();
        assertEquals("""
                hosts.app1.test | roles: app, db | environments.yml:4
                hosts.app1.test.sudo_password | *** | environments.yml:5
                hosts.app1.test.vars.a | see *** | environments.yml:5
                hosts.app1.test.health | url: /up | environments.yml:5
                hosts.app2.test | port: 22 | environments.yml:4""", shown.stream()
                .filter(row -> row.get("key").startsWith("hosts")).map(row -> String.join(" | ", row.values()))
                .collect(Collectors.joining("\n")));
        assertFalse(shown.toString().contains("hunter2"));
    }

    @Test
    void aRoleIsForThoseThatNameItAndThoseThatNameNone() {
        var all = fleet().targets();

        assertEquals("app1.test app2.test:2222 2001:db8::7", names(new TargetScope(List.of("app"), false).among(all)));
        assertEquals("2001:db8::7", names(new TargetScope(List.of("beat"), true).among(all)));
        assertEquals("app1.test", names(new TargetScope(List.of("db"), true).among(all)));
        assertEquals("app1.test", names(new TargetScope(List.of(), true).among(all)));
        assertEquals("app1.test", names(TargetScope.database(all).stream().toList()));
    }

    @Test
    void theDatabaseIsWorkedOnWhereTheRoleIsElseOnTheFirst() {
        assertEquals("b", database("{a: {roles: app}, b: {roles: db}, c: {roles: db}}"));
        assertEquals("b", database("{a: {}, b: {roles: db}}"));
        assertEquals("a", database("{a: {roles: app}, b: {roles: web}}"));
        assertEquals("a", database("[a, b]"));
    }

    @Test
    void aSharedSequenceMayNameRolesThatAnEnvironmentHasNot() {
        var environments = new Written(folder).load("""
                environments:
                  __all__:
                    deploy: [{run: ls, roles: beat, once: true}, {step: web-restart, roles: [app, beat]}, {run: id, once: true}]
                  lxc: {lxc: one}
                  staging: {hosts: [a, b]}
                """);

        assertEquals("run: ls (once on beat), web-restart (on app, beat), run: id (once)",
                environments.environment("lxc", Map.of()).get(Key.DEPLOY).stream().map(SequenceStep::shown)
                        .collect(Collectors.joining(", ")));
    }

    private String database(String hosts) {
        return TargetScope.database(new Written(folder).staging("hosts: " + hosts).targets()).orElseThrow().name();
    }

    private static String names(List<Target> targets) {
        return targets.stream().map(Target::name).collect(Collectors.joining(" "));
    }

    private List<Object> each(Key<?> key) {
        return fleet().targets().stream().map(target -> (Object) fleet().at(target.name()).get(key)).toList();
    }

    private Environments load() {
        return new Written(folder).load(FLEET);
    }

    private Environment fleet() {
        return load().environment("production", Map.of());
    }
}
