package dragonfab.ways;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the wrapper builds the library of its checkout, with a stand-in for Maven. */
@Tag("ways")
class BuiltFirstTest {
    @TempDir
    Path temp;
    Laptop laptop;

    @BeforeEach
    void aLaptop() throws IOException {
        laptop = new Laptop(temp.resolve("home"));
    }

    @Test
    void buildsOnceAndAgainOnlyWhenASourceChanges() throws Exception {
        var checkout = checkout();

        assertEquals(1, builds(checkout));
        assertEquals(1, builds(checkout));
        Files.setLastModifiedTime(source(checkout), FileTime.fromMillis(0));
        assertEquals(1, builds(checkout));
        Files.writeString(source(checkout), "changed");
        assertEquals(2, builds(checkout));
        Files.delete(temp.resolve("m2/io/github/dragonfab/dragonfab-lib/0.0.1/dragonfab-lib-0.0.1.jar"));
        assertEquals(3, builds(checkout));
    }

    @Test
    void parallelFirstRunsBuildOnce() throws Exception {
        var checkout = checkout();
        var runs = new ArrayList<Laptop.Running>();
        for (int i = 0; i < 4; i++) {
            runs.add(laptop.start(temp, checkout.resolve("jbangw").toString(), "--build"));
        }
        for (var run : runs) {
            run.ended().well();
        }

        assertEquals(1, builds(checkout));
    }

    @Test
    void compiledScriptsGoWithTheLibraryTheyWereCompiledFor() throws Exception {
        var checkout = checkout();
        builds(checkout);
        var compiled = temp.resolve("home/jbang/cache/jars/deploy.java.0123/deploy.jar");
        Files.createDirectories(compiled.getParent());
        Files.createFile(compiled);
        var resolved = Files.createFile(temp.resolve("home/jbang/cache/dependency_cache.json"));

        builds(checkout);
        assertTrue(Files.exists(compiled) && Files.exists(resolved));
        Files.writeString(source(checkout), "changed");
        builds(checkout);
        assertFalse(Files.exists(compiled));
        assertFalse(Files.exists(resolved), "which jars the library needs may have changed, too");
    }

    @Test
    void aFailedBuildSaysWhereToRead() throws Exception {
        var checkout = checkout();
        Files.writeString(source(checkout), "broken");

        var ran = laptop.run(temp, checkout.resolve("jbangw").toString(), "--build");

        assertEquals(new Ran(1, "", """
                jbangw: building the library and the scripts first (again only when their sources change)
                [ERROR] Script.java: broken
                jbangw: the library cannot be built
                try: read what Maven said in %s/target/jbangw.log
                """.formatted(checkout)), ran);
        assertEquals(1, laptop.run(temp, checkout.resolve("jbangw").toString(), "--build").exit());
    }

    @Test
    void aCheckoutOfAnotherUserSaysWhatToType() throws Exception {
        var checkout = checkout();
        Files.createFile(checkout.resolve("target"));

        var ran = laptop.run(temp, checkout.resolve("jbangw").toString(), "--build");

        assertEquals(new Ran(2, "", """
                jbangw: the library has to be built for %s, who cannot write to %s
                try: git clone '%2$s' ~/dragonfab
                """.formatted(System.getProperty("user.name"), checkout)), ran);
    }

    /** As small as can be, with a Maven that copies the source, and says how often it was asked. */
    private Path checkout() throws IOException {
        var checkout = Files.createDirectories(temp.resolve("check out")).toRealPath();
        Files.copy(Laptop.wrapper(), checkout.resolve("jbangw"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(source(checkout).getParent());
        Files.createDirectories(checkout.resolve("scripts"));
        Files.writeString(source(checkout), "one");
        Files.writeString(checkout.resolve("pom.xml"), "<project>\n  <version>0.0.1</version>\n</project>\n");
        Files.writeString(checkout.resolve("lib/kernel/pom.xml"), "<project/>\n");
        Laptop.executable(temp.resolve("mvn"), """
                #!/bin/sh
                for word in "$@"; do
                    case $word in -Dmaven.repo.local=*) to=${word#*=}/io/github/dragonfab ;; esac
                done
                echo built >>builds
                sleep 0.3
                if grep -q broken lib/kernel/src/main/java/dragonfab/recipe/Script.java; then
                    echo '[ERROR] Script.java: broken'
                    exit 1
                fi
                for part in lib deploy scripts; do
                    folder=$to/dragonfab-$part/0.0.1
                    mkdir -p "$folder"
                    cp lib/kernel/src/main/java/dragonfab/recipe/Script.java "$folder/dragonfab-$part-0.0.1.jar"
                done
                """);
        laptop.withCommand(temp.resolve("mvn"), "mvn").with("JBANG_REPO", temp.resolve("m2").toString());
        return checkout;
    }

    private static Path source(Path checkout) {
        return checkout.resolve("lib/kernel/src/main/java/dragonfab/recipe/Script.java");
    }

    private int builds(Path checkout) throws Exception {
        laptop.run(temp, checkout.resolve("jbangw").toString(), "--build").well();
        return Files.readAllLines(checkout.resolve("builds")).size();
    }
}
