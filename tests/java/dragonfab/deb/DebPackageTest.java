package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.files.Checksum;
import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebPackageTest {
    @TempDir
    Path folder;

    @Test
    void theNewestIsThatOfTheHighestVersionAndNotOfASiblingNorOfTheLastTouched() throws IOException {
        file("app_1.10_all.deb");
        file("app-doc_2.0_all.deb");
        file("apps_3.0_all.deb");
        file("app_1.9_all.deb");

        assertEquals("app 1.10", DebPackage.newest(folder, "app").toString());
    }

    @Test
    void aPackageIsWhatItsManifestSays() throws IOException {
        var file = file("app_1.0_all.deb");
        var deb = new DebPackage("app", new DebVersion("1:1.0"), "all", file, Checksum.of(file), "abc",
                List.of(file("app-common_1.0_all.deb")));
        deb.writeManifest();

        assertEquals(deb, DebPackage.of(file));
        assertTrue(DebPackage.of(file).intact());
        Files.writeString(file, "tampered");
        assertFalse(DebPackage.of(file).intact());
    }

    @Test
    void aManifestThatIsCutOffIsNamed() throws IOException {
        file("app_1.0_all.deb");
        Files.writeString(folder.resolve("app_1.0_all.deb.json"), "{\"name\": \"app\", \"ver");

        var failure = assertThrows(Failure.class, () -> DebPackage.newest(folder, "app"));
        assertTrue(failure.getMessage().startsWith("is no manifest of a package"), failure.getMessage());
    }

    @Test
    void anEmptyFolderIsAFailureWithTheRemedy() {
        var failure = assertThrows(Failure.class, () -> DebPackage.newest(folder.resolve("dist"), "app"));

        assertEquals("there is no package app", failure.getMessage());
        assertEquals("jbang deb-build@dragonfab", failure.remedy());
    }

    @Test
    void theNewestOfTheSamePackageForTheSameMachinesIsMostLikeIt() {
        var others = List.of("app_1.9_all.deb", "app_1.10_all.deb", "app_1.11_arm64.deb", "app-common_2.0_all.deb",
                "x.deb");

        assertEquals(Optional.of("app_1.10_all.deb"), DebPackage.newestLike("app_2.0_all.deb", others));
        assertEquals(Optional.empty(), DebPackage.newestLike("app_2.0_amd64.deb", others));
        assertEquals(Optional.empty(), DebPackage.newestLike("app.deb", others));
    }

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), name);
    }
}
