package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.files.Checksum;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.LocalShell;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that dpkg-deb made, read without it. */
class DebContentsTest {
    private static final String LONG = "a-name-of-a-file-that-is-far-longer-than-an-old-archive-could-hold".repeat(3);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "xz", "zstd"})
    void saysWhatIsInAPackageHoweverItIsPacked(String packing) throws IOException {
        var contents = DebContents.of(built(packing), DebContentsTest::zstd);

        assertEquals("shop", contents.name());
        assertEquals("1:1.0~e", contents.field("Version"));
        assertEquals("/etc/shop.conf, /usr/share/shop/" + LONG + ", /usr/share/shop/big, /usr/share/shop/same",
                String.join(", ", contents.files().keySet()));
        assertEquals("{/etc/shop.conf=764efa883dda1e11db47671c4a3bbd9e}", contents.conffileSums().toString());
        assertEquals("[/etc/old.conf]", contents.unwanted().toString());
        assertEquals(md5("usr/share/shop/big"), contents.files().get("/usr/share/shop/big"));
        assertEquals(md5("usr/share/shop/big"), contents.files().get("/usr/share/shop/same"));
        assertEquals("{postinst=" + md5("DEBIAN/postinst") + ", templates=" + md5("DEBIAN/templates") + "}",
                contents.scriptSums().toString());
        assertEquals(List.of("shop/secret", "shop/port"), contents.questions());
    }

    @Test
    void aPackageThatIsCutOffIsAFailureThatNamesIt() throws IOException {
        var whole = Files.readAllBytes(built("xz"));
        var part = Files.write(folder.resolve("part.deb"), Arrays.copyOf(whole, whole.length - 200));

        var failure = assertThrows(Failure.class, () -> DebContents.of(part, DebContentsTest::zstd));
        assertEquals(part.toString(), failure.place());
        assertTrue(failure.getMessage().startsWith("is no whole package"), failure.getMessage());
    }

    @Test
    void whatIsNoPackageIsAFailure() throws IOException {
        var file = Files.writeString(folder.resolve("no.deb"), "certainly no package");

        assertEquals("is no Debian package",
                assertThrows(Failure.class, () -> DebContents.of(file, DebContentsTest::zstd)).getMessage());
    }

    private Path built(String packing) throws IOException {
        write("etc/shop.conf", "hi\n");
        write("usr/share/shop/" + LONG, "long");
        write("usr/share/shop/big", "0123456789".repeat(30_000));
        Files.createLink(folder.resolve("root/usr/share/shop/same"), folder.resolve("root/usr/share/shop/big"));
        Files.createSymbolicLink(folder.resolve("root/usr/share/shop/link"), Path.of("big"));
        write("DEBIAN/control", """
                Package: shop
                Version: 1:1.0~e
                Architecture: all
                Maintainer: Tëst <test@example.org>
                Description: a shop
                 of two lines
                """);
        write("DEBIAN/conffiles", "/etc/shop.conf\nremove-on-upgrade /etc/old.conf\n");
        write("DEBIAN/postinst", "#!/bin/sh\necho grüezi\n");
        write("DEBIAN/templates", """
                Template: shop/secret
                Type: password
                Description: A secret?

                Template: shop/port
                Type: string
                Default: 80
                Description: Which port?

                Template: shop/hello
                Type: note
                Description: Only to be read.
                """);
        folder.resolve("root/DEBIAN/postinst").toFile().setExecutable(true, false);
        var deb = folder.resolve("shop.deb");
        var ran = new LocalShell(folder, null).ask(Command.of("dpkg-deb", "--root-owner-group", "-Z" + packing, "-b",
                folder.resolve("root").toString(), deb.toString()));
        Assumptions.assumeTrue(ran.ended().code() != 127, "dpkg-deb is not here");
        assertTrue(ran.ok(), ran.err());
        return deb;
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve("root").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String md5(String name) throws IOException {
        return Checksum.md5(Files.readAllBytes(folder.resolve("root").resolve(name)));
    }

    private static InputStream zstd(Input packed) {
        var answer = new LocalShell(Path.of("").toAbsolutePath(), null)
                .ask(Command.of("zstd", "-dcq").reading(packed).asking());
        Assumptions.assumeTrue(answer.ended().code() != 127, "zstd is not here");
        assertTrue(answer.ok(), answer.err());
        return new ByteArrayInputStream(answer.bytes());
    }
}
