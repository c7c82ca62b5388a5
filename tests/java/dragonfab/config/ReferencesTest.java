package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.shell.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
    private static final String POISON = "p0is0n-Wert";

    @TempDir
    Path folder;

    private final List<String> heard = new ArrayList<>();

    @Test
    void aVariableOfTheShell() {
        var staging = staging("db_password: ${env:PW}\nurl: https://u:${env:PW}@example.com/");

        assertEquals(Secret.of(POISON), staging.get(Key.DB_PASSWORD));
        assertEquals("https://u:" + POISON + "@example.com/", staging.get(Key.URL));
        assertEquals(List.of(POISON), heard);
    }

    @Test
    void aFileLessOneLineEnd() throws IOException {
        Files.writeString(folder.resolve("pw"), "a\n\n");
        Files.writeString(folder.resolve("crlf"), "b\r\n");

        assertEquals("a\n", staging("wheelserver: ${file:pw}").get(Key.WHEELSERVER));
        assertEquals("b", staging("wheelserver: ${file:crlf}").get(Key.WHEELSERVER));
        assertEquals("a\n", staging("wheelserver: ${file:" + folder.resolve("pw") + "}").get(Key.WHEELSERVER));
    }

    @Test
    void aCommandInTheFolderOfTheFileLessItsLineEnds() throws IOException {
        Files.writeString(folder.resolve("pw"), "a b\n");

        var staging = staging("wheelserver: ${cmd:awk '{print $1}' pw; x=${HOME:+c}; echo \"$x\"; echo}");

        assertEquals("a\nc", staging.get(Key.WHEELSERVER));
        assertEquals(List.of("a\nc"), heard);
    }

    @Test
    void isFetchedWhenTheKeyIsAskedForAndOnlyOnce() throws IOException {
        var staging = staging("wheelserver: ${cmd:echo x >> log; wc -l < log}\n"
                + "dba: d-${cmd:echo x >> log; wc -l < log}");
        staging.shown();

        assertFalse(Files.exists(folder.resolve("log")));
        assertEquals("1", staging.get(Key.WHEELSERVER));
        assertEquals("1", staging.get(Key.WHEELSERVER));
        assertEquals("d-1", staging.get(Key.DBA));
        assertEquals(1, Files.readAllLines(folder.resolve("log")).size());
    }

    @Test
    void secretsAreKnownBeforeAnybodyAsksAndNamesAreNone() throws IOException {
        Files.writeString(folder.resolve("secret"), "of a file\n");
        Files.writeString(folder.resolve("name"), "guestbook\n");
        staging("""
                hosts: ["${env:HOST}"]
                site_name: ${vars.host}
                package_name: ${file:name}
                db_password: in clear text
                app_env: {A: "${env:PW}", B: "${file:secret}", C: "${cmd:echo never}"}
                url: https://visitor:${vars.other}@example.com/
                wheelserver: ${env:WHEELS}
                vars: {host: "${env:HOST}", unused: "${env:UNUSED}", other: "${env:OTHER}"}""",
                "PW", POISON, "HOST", "app1.test", "UNUSED", "unused", "OTHER", "other",
                "WHEELS", "https://user:literal@example.com/").get(Key.HOSTS);

        assertEquals(java.util.Set.of("in clear text", POISON, "of a file", "other", "literal", "unused"),
                java.util.Set.copyOf(heard));
    }

    @Test
    void whoListensLateHearsWhatWasFetchedBefore() {
        var staging = staging("db_password: ${env:PW}\nsudo_password: in clear");
        staging.get(Key.DB_PASSWORD);
        staging.get(Key.SUDO_PASSWORD);
        var late = new ArrayList<String>();

        staging.onSecret(late::add);

        assertEquals(List.of(POISON, "in clear"), late.stream().sorted(Comparator.reverseOrder()).toList());
        assertEquals(late, heard);
    }

    @Test
    void aSecretKeyInAnotherTextIsHeardToo() {
        var staging = staging("db_password: hunter2\napp_env: {URL: \"postgres://u:${db_password}@h/\"}");

        assertEquals(Map.of("URL", "postgres://u:hunter2@h/"), staging.get(Key.APP_ENV));
        assertEquals(List.of("hunter2"), heard);
    }

    @Test
    void otherKeysAndVariablesAreWrittenOutThroughAllTheirReferences() {
        var staging = staging("""
                package_name: guestbook
                db_name: ${package_name}_${vars.stage}
                db_user: ${db_name}-${lxc_template}-${db_port}
                db_port: 5433
                vars: {stage: "${vars.word}", word: test}
                hosts: ["${package_name}1", "deploy@${package_name}2"]
                """);

        assertEquals("guestbook_test-vanilla-5433", staging.get(Key.DB_USER));
        assertEquals(Map.of("stage", "test", "word", "test"), staging.vars());
        assertEquals(List.of("guestbook1", "guestbook2"),
                staging.targets().stream().map(Target::name).toList());
        assertEquals(List.of(), heard);
    }

    @Test
    void aLiteralOneAndLoneDollarsStay() {
        assertEquals("${HOME} $HOME $$ $ {a}", staging("wheelserver: $${HOME} $HOME $$ $ {a}").get(Key.WHEELSERVER));
    }

    @Test
    void whatAReferenceBringsIsNotReadAgain() throws IOException {
        Files.writeString(folder.resolve("pw"), "${env:PW} $${x}");

        assertEquals("${env:PW} $${x}", staging("wheelserver: ${file:pw}").get(Key.WHEELSERVER));
    }

    @Test
    void aMissingVariableFails() {
        var staging = staging("db_password: ${env:NOT_SET}");

        assertEquals("""
                environments.yml: staging.db_password: the variable NOT_SET is not set
                try: set NOT_SET in the environment of this command""",
                Written.refused(() -> staging.get(Key.DB_PASSWORD)));
    }

    @Test
    void aMissingFileFails() {
        var staging = staging("db_password: ${file:none}\nsudo_password: ${file:.}");

        assertEquals("""
                environments.yml: staging.db_password: there is no file none
                try: write the value into that file""", Written.refused(() -> staging.get(Key.DB_PASSWORD)));
        assertEquals("""
                environments.yml: staging.sudo_password: the file . cannot be read
                try: ls -l .""",
                Written.refused(() -> staging.get(Key.SUDO_PASSWORD)));
    }

    @Test
    void aCommandThatFailsIsToldByItsLastErrorLineOnly() {
        var staging = staging("db_password: ${cmd:echo " + POISON + "; echo one >&2; echo two >&2; exit 3}");

        assertEquals("environments.yml: staging.db_password: its command ended with exit 3: two",
                Written.refused(() -> staging.get(Key.DB_PASSWORD)));
    }

    @Test
    void aCommandThatHangsIsEnded() {
        var wanted = new ExternalValues.Wanted("environments.yml", "staging.dba");
        var limit = Duration.ofSeconds(1);
        var before = System.nanoTime();

        assertEquals("environments.yml: staging.dba: its command did not end in 1 s",
                Written.refused(() -> new ShellCommand("sleep 60; echo x", folder, wanted).output(limit)));
        assertTrue(Duration.ofNanos(System.nanoTime() - before).toSeconds() < 10);
    }

    @Test
    void aCommandMaySayMoreThanAPipeHolds() {
        var staging = staging("wheelserver: ${cmd:yes x | head -c 500000; yes y | head -c 500000 >&2}");

        assertEquals(499_999, staging.get(Key.WHEELSERVER).length());
    }

    @Test
    void aFetchedValueIsCheckedAndNotQuoted() {
        var staging = staging("hosts: [\"${env:PW}!\"]\nlxc_suite: -${env:PW}");

        assertEquals("""
                environments.yml: a fetched value is wrong
                environments.yml:3: staging.hosts[0]: should be a host such as deploy@app1.example.com:2222""",
                Written.refused(staging::targets));
        assertEquals("""
                environments.yml: a fetched value is wrong
                environments.yml:4: staging.lxc_suite: should be one word""",
                Written.refused(() -> staging.get(Key.LXC_SUITE)));
    }

    @Test
    void anEmptySecretIsRefused() {
        var staging = staging("db_password: ${env:PW}", "PW", "");

        assertEquals("""
                environments.yml: a fetched value is wrong
                environments.yml:3: staging.db_password: is empty""",
                Written.refused(() -> staging.get(Key.DB_PASSWORD)));
    }

    @Test
    void aSecretIsInNothingThatIsShown() {
        var staging = staging("""
                db_password: ${env:PW}
                sudo_password: %s
                app_env: {A: "${env:PW}"}
                url: https://${db_password}.example.com/${sudo_password}
                """.formatted(POISON));
        Key.all().forEach(staging::get);

        assertFalse((staging.shown() + staging.toString() + staging.get(Key.DB_PASSWORD)).contains(POISON));
        assertEquals(List.of(POISON), heard.stream().distinct().toList());
    }

    @Test
    void aPasswordThatYamlStumblesOverIsNotQuoted() {
        for (var sign : List.of("*", "&", "!", "@", "%", "`", "\"", "'", "[", "{", "x: ", "${", "!x!",
                "? ", "- ", "|", "\"\\q", "${x:", "${", "[a, ", "\t", "#")) {
            var said = Written.refused(() -> new Written(folder).staging("db_password: " + sign + POISON));

            assertFalse(said.contains("p0is0n"), said);
        }
        for (var form : List.of("${%s}", "{a: %s}", "[%s]", "${vars.%s}", "${%s:x}", "${env:%s!}")) {
            var text = form.formatted(POISON);
            var said = Written.refused(() -> new Written(folder).staging("db_password: " + text));

            assertFalse(said.contains("p0is0n"), said);
        }
    }

    private Environment staging(String keys) {
        return staging(keys, "PW", POISON);
    }

    private Environment staging(String keys, String... variables) {
        var staging = new Written(folder).staging(keys, variables);
        staging.onSecret(heard::add);
        return staging;
    }
}
