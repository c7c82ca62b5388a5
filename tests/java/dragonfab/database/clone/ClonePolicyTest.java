package dragonfab.database.clone;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.config.Environments;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClonePolicyTest {
    @TempDir
    Path folder;

    private Environments environments;

    @BeforeEach
    void load() throws IOException {
        environments = Environments.load(Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  production: {protected: true, never_to: [demo]}
                  staging: {}
                  demo: {}
                  training: {never_from: [production, staging]}
                """));
    }

    @ParameterizedTest
    @CsvSource({"production,staging", "staging,demo", "demo,training", "training,staging"})
    void allOtherWaysAreOpen(String from, String to) {
        assertDoesNotThrow(() -> demand(from, to));
    }

    @Test
    void nothingComesIntoAProtectedEnvironment() {
        refused("staging", "production", "data of staging must not come here: production is protected");
    }

    @Test
    void aTargetSaysFromWhomItTakesNothing() {
        refused("staging", "training", "data of staging must not come here: never_from of training names staging");
    }

    @Test
    void aSourceSaysToWhomItGivesNothing() {
        refused("production", "demo", "data of production must not come here: never_to of production names demo");
    }

    @Test
    void anEnvironmentIsNotItsOwnSource() {
        refused("staging", "staging", "is where the data would come from, too");
    }

    private void refused(String from, String to, String why) {
        var failure = assertThrows(Failure.class, () -> demand(from, to));

        assertEquals(Exit.REFUSED, failure.exit());
        assertEquals(to + ": " + why, failure.place() + ": " + failure.getMessage());
    }

    private void demand(String from, String to) {
        ClonePolicy.require(environments.environment(from, Map.of()), environments.environment(to, Map.of()));
    }
}
