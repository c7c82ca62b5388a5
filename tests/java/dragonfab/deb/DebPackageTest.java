package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonWriter;
import dragonfab.files.Checksum;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        var file = SmallDeb.write(folder.resolve("app_1.0_all.deb"), "app", "1:1.0", "all", "a package");
        var deb = new DebPackage("app", new DebVersion("1:1.0"), "all", file, Checksum.of(file), "abc",
                List.of(file("app-common_1.0_all.deb")), new BuiltWith("bookworm", "amd64", Map.of("wheel", "true")));
        deb.writeManifest();

        assertEquals(deb, DebPackage.of(file));
        assertTrue(DebPackage.of(file).intact());
        SmallDeb.write(file, "app", "1:1.0", "all", "tampered");
        assertFalse(DebPackage.of(file).intact());
    }

    @Test
    void itsControlFileSaysWhatAFileIsAndNotItsName() throws IOException {
        SmallDeb.write(folder.resolve("app_9.9_all.deb"), "app", "1:1.0", "all", "an epoch");
        SmallDeb.write(folder.resolve("app-stable_current_amd64.deb"), "app", "2.0", "amd64", "of a vendor");
        SmallDeb.write(folder.resolve("app_3.0_all.deb"), "other", "3.0", "all", "another");

        var newest = DebPackage.newest(folder, "app");

        assertEquals("app 1:1.0", newest.toString());
        assertEquals(List.of("app_1.0_all.deb"), newest.names());
        assertEquals(List.of("app_2.0_amd64.deb"),
                DebPackage.of(folder.resolve("app-stable_current_amd64.deb")).names());
        assertEquals("other 3.0", DebPackage.of(folder.resolve("app_3.0_all.deb")).toString());
    }

    @Test
    void twoOfOneVersionAreNotChosenBetween() throws IOException {
        SmallDeb.write(folder.resolve("app_1.0_all.deb"), "app", "1.0", "all", "one");
        SmallDeb.write(folder.resolve("app-latest.deb"), "app", "1.0", "all", "one");
        assertEquals("app 1.0", DebPackage.newest(folder, "app").toString());

        SmallDeb.write(folder.resolve("app-latest.deb"), "app", "1.0", "all", "two");

        var failure = assertThrows(Failure.class, () -> DebPackage.newest(folder, "app"));
        assertEquals("there are two packages app 1.0 with other bytes: app-latest.deb and app_1.0_all.deb",
                failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"../app, 1.0, all, is a package whose name is none: ../app",
        "app, 1.0/../../x, all, is a package whose version is none: 1.0/../../x",
        "app, '', all, is a package without version", "app, 1.0, a/b, is a package whose architecture is none: a/b"})
    void wordsThatDpkgWouldNotTakeAreRefused(String name, String version, String architecture, String why)
            throws IOException {
        var file = SmallDeb.write(folder.resolve("app.deb"), name, version, architecture, "a package");

        assertEquals(why, assertThrows(Failure.class, () -> DebControl.of(file)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0:1.0, 1.0", "00:1.0, 1.0", "01:1.0, 1:1.0", "10:1.0, 10:1.0", "1.0-0:1, 1.0-0:1"})
    void aVersionIsAsDpkgShowsIt(String written, String shown) throws IOException {
        var file = SmallDeb.write(folder.resolve("app.deb"), "app", written, "all", "a package");

        assertEquals(shown, DebControl.of(file).version().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../app_1.0_all.deb", "/etc/passwd", "..", ".hidden.deb", "a\u0007.deb", "x"})
    void aCompanionOfAManifestLiesBesideIt(String companion) throws IOException {
        var file = file("app_1.0_all.deb");
        Files.writeString(folder.resolve("app_1.0_all.deb.json"),
                JsonWriter.string().object().value("sha256", "1").value("commit", "").array("companions",
                        List.of(companion)).end().done());

        var failure = assertThrows(Failure.class, () -> DebPackage.of(file));
        assertTrue(failure.getMessage().startsWith("is no manifest of a package"), failure.getMessage());
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
        assertEquals("jbang deb-build@dragonfab", failure.remedy().toString());
    }

    @Test
    void theNewestOfTheSamePackageForTheSameMachinesIsMostLikeIt() {
        var others = List.of("app_1.9_all.deb", "app_1.10_all.0123456789abcdef.deb", "app_1.11_arm64.deb",
                "app-common_2.0_all.deb",
                "x.deb");

        assertEquals(Optional.of("app_1.10_all.0123456789abcdef.deb"),
                DebPackage.newestLike("app_2.0_all.deb", others));
        assertEquals(Optional.empty(), DebPackage.newestLike("app_2.0_amd64.deb", others));
        assertEquals(Optional.empty(), DebPackage.newestLike("app.deb", others));
    }

    private Path file(String name) throws IOException {
        return SmallDeb.write(folder.resolve(name), name);
    }
}
