package dragonfab.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which file of a project says what it needs, and what stands for an environment of it. */
class RequirementsTest {
    private static final String LOCKED = "django==4.2 \\\n    --hash=sha256:aa\nasgiref==3.8 --hash=sha256:bb\n";
    private static final List<String> NONE = List.of();

    private static Requirements of(Map<String, String> files) {
        return Requirements.of(file -> Optional.ofNullable(files.get(file)), Optional.empty(), "local");
    }

    private static String hash(String lock) {
        return of(Map.of("requirements.txt", lock)).hash(NONE, "bookworm amd64");
    }

    @Test
    void requirementsWithChecksumsAreALock() {
        assertEquals(Optional.of(LOCKED), of(Map.of("requirements.txt", LOCKED)).lock());
        assertEquals(Optional.empty(), of(Map.of("requirements.txt", LOCKED + "flask\n")).lock());
        assertEquals(Optional.empty(), of(Map.of("requirements.txt", "# --hash=x\nflask\n")).lock());
    }

    @Test
    void othersHaveOursOrNone() {
        assertEquals(Optional.of(LOCKED),
                of(Map.of("requirements.txt", "django\n", Requirements.LOCK, LOCKED)).lock());
        assertEquals("pyproject.toml", of(Map.of("pyproject.toml", "[project]\n")).file());
        assertEquals(Optional.empty(), of(Map.of("pyproject.toml", "[project]\n")).lock());
    }

    @Test
    void aLockOfAnotherToolGoesBeforeWhatItWasMadeOf() {
        var requirements =
                of(Map.of("uv.lock", "version = 1\n", "pyproject.toml", "[project]\n", "requirements.txt", "x"));

        assertEquals("uv.lock", requirements.file());
        assertTrue(requirements.isForeign());
    }

    @Test
    void twoLocksOrNoRequirementsAreRefused() {
        var two = assertThrows(Failure.class, () -> of(Map.of("uv.lock", "", "poetry.lock", "")));
        assertTrue(two.getMessage().contains("uv.lock and poetry.lock"), two.getMessage());
        var none = assertThrows(Failure.class, () -> of(Map.of()));
        assertTrue(none.getMessage().contains("no requirements.txt"), none.getMessage());
        assertThrows(Failure.class,
                () -> Requirements.of(file -> Optional.empty(), Optional.of(Path.of("more.txt")), "local"));
    }

    @Test
    void neitherOrderNorCommentsChangeTheHash() {
        assertEquals(hash(LOCKED),
                hash("# by uv\nasgiref==3.8    --hash=sha256:bb  # via django\r\n\ndjango==4.2 --hash=sha256:aa\n"));
    }

    @Test
    void whateverMakesAnotherEnvironmentDoes() {
        var lock = of(Map.of("requirements.txt", LOCKED));
        var hash = lock.hash(NONE, "bookworm amd64");

        assertNotEquals(hash, hash(LOCKED.replace("bb", "cc")));
        assertNotEquals(hash, lock.hash(List.of("libpq5"), "bookworm amd64"));
        assertNotEquals(hash, lock.hash(NONE, "trixie amd64"));
        assertNotEquals(hash, lock.hash(NONE, "bookworm arm64"));
        assertEquals(lock.hash(List.of("b", "a"), "x"), lock.hash(List.of("a", "b", "a"), "x"));
    }

    @Test
    void aPackageIsKnownByItsWholeNameHoweverItIsWritten() {
        var lock = of(
                Map.of("requirements.txt", "Django_Filter==1 --hash=sha256:aa\ngunicorn-more==1 --hash=sha256:bb\n"));

        assertTrue(lock.has("django-filter"));
        assertFalse(lock.has("gunicorn"));
        assertTrue(assertThrows(Failure.class, () -> lock.require("gunicorn", "local")).getMessage()
                .contains("requirements.txt has no gunicorn"));
        var ours = of(Map.of("requirements.txt", "flask\n", Requirements.LOCK, "flask==1 --hash=sha256:aa\n"));
        assertTrue(assertThrows(Failure.class, () -> ours.require("gunicorn", "local")).getMessage()
                .contains("requirements.lock has no gunicorn"));
        of(Map.of("requirements.txt", "flask\n")).require("gunicorn", "local");
        assertTrue(of(Map.of("uv.lock", "[[package]]\nname = \"gunicorn\"\n")).has("gunicorn"));
        assertTrue(of(Map.of("Pipfile.lock", "{\"default\": {\n        \"gunicorn\": {}}}")).has("gunicorn"));
    }
}
