package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.files.Checksum;
import dragonfab.lab.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A project without git: its files stand for the commit. */
class OutsideGitTest {

    @TempDir
    Path shop;

    @BeforeEach
    void aProjectThatIsBuilt() throws IOException {
        write("debian/changelog", "shop (1.0) bookworm; urgency=medium\n");
        write("debian/control", "Source: shop\n\nPackage: shop\n");
        write("app/page.txt", "a page\n");
        write("environments.yml", "environments: {here: {package_name: shop, build: host, hosts: app.test}}\n");
        var deb = SmallDeb.write(Files.createDirectories(shop.resolve("dist")).resolve("shop_1.0_all.deb"), "");
        var keys = Map.of("wheel", "false", "collectstatic", "false", "companions", "", "dependencies",
                Checksum.of("[]"), "files", files());
        new DebPackage("shop", new DebVersion("1.0"), "all", deb, Checksum.of(deb), "", List.of(),
                new BuiltWith("", "amd64", keys)).writeManifest();
    }

    private void write(String path, String text) throws IOException {
        var file = shop.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String files() {
        return SourceFiles.checksum(shop,
                List.of(shop.resolve("dist"), shop.resolve("dumps"), shop.resolve(".dragonfab")));
    }

    private Cli.Ran build() {
        var built = Cli.in(shop).run("deb-build", "here", "-n");
        assertEquals(0, built.exit(), built.toString());
        return built;
    }

    @Test
    void theSameFilesAreNotBuiltTwice() throws IOException {
        write("dumps/shop.dump", "real data, which no build packs");
        write(".dragonfab/plans/here.json", "what --plan keeps");

        assertTrue(build().out().contains("build shop 1.0: it is built already"), build().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo another > app/page.txt", "echo more > app/new.txt", "rm app/page.txt",
        "chmod +x app/page.txt", "mv app/page.txt app/site.txt", "ln -s page.txt app/link", "mkdir app/empty"})
    void otherFilesAreAnotherReleaseOfTheSameVersion(String change) {
        var before = files();
        Cli.in(shop).tool("sh", "-c", change);
        assertTrue(!files().equals(before), change);

        var built = build();

        assertTrue(!built.out().contains("it is built already"), built.toString());
        assertTrue(built.err().contains("shop 1.0 was built from other files before, and nothing but its checksum"
                + " tells the two apart: dch -i makes the next a version of its own, and so does git"),
                built.toString());
    }
}
