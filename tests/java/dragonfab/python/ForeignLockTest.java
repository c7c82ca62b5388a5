package dragonfab.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dragonfab.shell.Command;
import dragonfab.shell.LocalShell;
import dragonfab.shell.ResourceText;
import dragonfab.shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pip is given of the locks of poetry and pipenv: what serves, and nothing of a developer's. */
class ForeignLockTest {
    @TempDir
    Path folder;

    @BeforeEach
    void pythonReadsToml() {
        assumeTrue(new LocalShell(folder, null).ask(Command.of("python3", "-c", "import tomllib")).ok(),
                "there is no python3 from 3.11 on here");
    }

    private Result written(String file, String lock) throws IOException {
        Files.writeString(folder.resolve(file), lock);
        return new LocalShell(folder, null).ask(Command.of("python3", "-c", ResourceText.of("python/lock.py"), file));
    }

    @Test
    void poetrysMainGroupWithMarkersAndChecksums() throws IOException {
        var answer = written("poetry.lock", """
                [[package]]
                name = "flask"
                version = "3.1"
                optional = false
                groups = ["main", "dev"]
                markers = "python_version < '4'"
                files = [{file = "b", hash = "sha256:bb"}, {file = "a", hash = "sha256:aa"}]
                [[package]]
                name = "colour"
                version = "1.0"
                optional = false
                groups = ["main"]
                files = [{file = "c", hash = "sha256:cc"}]
                [package.markers]
                main = "os_name == 'posix'"
                [[package]]
                name = "pytest"
                version = "8.0"
                optional = false
                groups = ["dev"]
                files = [{file = "d", hash = "sha256:dd"}]
                [[package]]
                name = "extra"
                version = "1.0"
                optional = true
                groups = ["main"]
                files = [{file = "e", hash = "sha256:ee"}]
                """);

        assertEquals("""
                flask==3.1 ; python_version < '4' --hash=sha256:aa --hash=sha256:bb
                colour==1.0 ; os_name == 'posix' --hash=sha256:cc
                """, answer.out(), answer.err());
    }

    @Test
    void pipenvsDefaultPackagesWithTheirExtras() throws IOException {
        var answer = written("Pipfile.lock", """
                {"default": {"psycopg": {"version": "==3.3", "extras": ["binary"], "hashes": ["sha256:aa"],
                  "markers": "python_version >= '3.8'"}}, "develop": {"pytest": {"version": "==8.0", "hashes": ["x"]}}}
                """);

        assertEquals("psycopg[binary]==3.3 ; python_version >= '3.8' --hash=sha256:aa\n", answer.out(), answer.err());
    }

    @Test
    void whatHasNoChecksumIsRefused() throws IOException {
        var answer = written("Pipfile.lock", "{\"default\": {\"mine\": {\"git\": \"https://git.example.com/mine\"}}}");

        assertFalse(answer.ok());
        assertTrue(answer.err().contains("mine has no version or no checksum there"), answer.err());
    }
}
