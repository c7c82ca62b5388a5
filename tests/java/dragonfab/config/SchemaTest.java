package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.SnakeYamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {
    private static final Path HOME = Path.of(System.getProperty("dragonfab.home"));

    @TempDir
    Path folder;

    @Test
    void theFileIsTheOneThatTheKeysMake() throws IOException {
        assertEquals(Schema.json(), Files.readString(HOME.resolve("environments.schema.json")));
    }

    @Test
    void theExampleFollowsIt() throws IOException {
        var example = Files.readString(HOME.resolve("environments.yml.example"));

        assertTrue(example.startsWith("# yaml-language-server: $schema=environments.schema.json\n"));
        assertEquals("", wrong(example));
    }

    @Test
    void theExampleOfEachKeyFollowsItAndLoads() {
        for (var key : Key.all()) {
            var text = "environments: {staging: {" + key + ": " + quoted(key.example()) + "}}";

            assertEquals("", wrong(text), text);
            assertTrue(key.description().endsWith("."), key.name());
            assertTrue(loaded(key).has(key));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{environments: {staging: {lcx: a}}}",
        "{environments: {Staging: {lxc: a}}}",
        "{environment: {}}",
        "{environments: {staging: {hosts: a, lxc: b}}}",
        "{environments: {staging: {lxc: A_B}}}",
        "{environments: {staging: {db_port: 70000}}}",
        "{environments: {staging: {protected: 1}}}",
        "{environments: {staging: {lxc_clone: thin}}}",
        "{environments: {staging: {deploy: [deploy]}}}",
        "{environments: {staging: {deploy: [deb-biuld]}}}",
        "{environments: {staging: {deploy: [{run: a, local: b}]}}}",
        "{environments: {staging: {checks: [{status: 200}]}}}",
        "{environments: {staging: {batch: [1, 0]}}}",
        "{environments: {staging: {batch: 130%}}}",
        "{environments: {staging: {canary: soon}}}",
        "{environments: {staging: {before_host: {run: drain}}}}",
        "{environments: {staging: {vars: {a: [b]}}}}"})
    void refusesWhatTheChecksRefuse(String text) {
        assertTrue(!wrong(text).isEmpty());
    }

    private Environment loaded(Key<?> key) {
        var with = key == Key.LXC_HOST || key == Key.ROLLBACK ? "lxc: guestbook\n"
                : key == Key.INSTALL_FROM ? "repository_url: http://apt.example.com\n"
                : key == Key.LXC_UNPRIVILEGED ? "lxc_clone: copy\n" : "";
        return new Written(folder).staging(with + key + ": " + quoted(key.example()));
    }

    private static String quoted(String example) {
        return example.startsWith("${") ? "\"" + example + "\"" : example;
    }

    private static String wrong(String yaml) {
        var validator = new ValidatorFactory().withJsonNodeFactory(new SnakeYamlNode.Factory())
                .createValidator();
        var schema = validator.registerSchema(Schema.json());
        return validator.validate(schema, yaml).getErrors().stream()
                .map(error -> error.getInstanceLocation() + " " + error.getError())
                .collect(Collectors.joining("\n"));
    }
}
