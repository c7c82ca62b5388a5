package dragonfab.lxc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A template from an archive that is laid out as Ubuntu's, and signed by keys which no package brings. */
@OnContainers
@Tag("long")
class OtherDistributionTest {
    private static final String ARCHIVE = """
            set -eu
            export DEBIAN_FRONTEND=noninteractive GNUPGHOME=/root/keys
            apt-get -q update
            # Before anything else is there: what a template has, is all that it takes.
            packages=$(dpkg-query -W -f '${Package} ')
            apt-get -y -q install --no-install-recommends dpkg-dev apt-utils gpg gpg-agent </dev/null
            pool=/srv/ubuntu/pool
            mkdir -p $pool/main $pool/universe && cd $pool/main && chmod 777 .
            apt-get -q download $packages
            mv debconf-utils_* ../universe/
            cd /srv/ubuntu
            install -d -m 700 $GNUPGHOME
            gpg -q --batch --passphrase '' --quick-generate-key 'Test archive' default sign
            gpg -q --export > /root/archive.gpg
            for suite in noble noble-updates noble-security; do
                for component in main universe; do
                    index=dists/$suite/$component/binary-$(dpkg --print-architecture)
                    mkdir -p $index
                    : > $index/Packages
                    [ $suite != noble ] || dpkg-scanpackages -m pool/$component > $index/Packages 2>/dev/null
                done
                apt-ftparchive -o APT::FTPArchive::Release::Origin=Test -o APT::FTPArchive::Release::Suite=$suite \
                    -o APT::FTPArchive::Release::Codename=$suite \
                    -o APT::FTPArchive::Release::Components='main universe' release dists/$suite > Release
                gpg -q --batch --clearsign -o dists/$suite/InRelease Release
            done
            systemd-run --quiet --unit=archive python3 -m http.server -d /srv 8080
            """;

    @BeforeAll
    static void archive() throws IOException {
        Lab.run(Lab.container("archive"), ARCHIVE);
    }

    @AfterAll
    static void remove() {
        for (var name : new String[] {"noble-box", "noble", "archive"}) {
            Lab.remove(name);
        }
        for (var template : new String[] {"noble", "unread"}) {
            Lab.HERE.read(Command.of("rm", "-rf", "--", "/var/tmp/" + Lab.PREFIX + template));
        }
    }

    private static Path project(String template, String permissions) throws IOException {
        // The container finds its keys at the same path, and empties its /tmp when it boots.
        var folder = Files.createDirectories(Path.of("/var/tmp", Lab.PREFIX + template));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var keys = folder.resolve("archive.gpg");
        Lab.HERE.read(Command.script("lxc-attach -n \"$1\" -- cat /root/archive.gpg > \"$2\"; chmod $3 \"$2\"",
                Lab.PREFIX + "archive", keys.toString(), permissions).asRoot());
        var lines = new StringBuilder();
        for (var suite : new String[] {"noble", "noble-updates", "noble-security"}) {
            lines.append("    - deb [signed-by=").append(keys).append("] http://").append(Lab.address("archive"))
                    .append(":8080/ubuntu ").append(suite).append(" main universe\n");
        }
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  lab:
                    lxc: %1$snoble-box
                    lxc_template: %1$s%2$s
                    lxc_suite: noble
                    lxc_mirror:
                """.formatted(Lab.PREFIX, template) + lines.toString().indent(2));
        return folder;
    }

    /** apt would say that they are not there. */
    @Test
    void keysThatAptMayNotReadAreNamed() throws IOException {
        var init = Cli.in(project("unread", "600")).run("init", "lab");

        assertEquals(1, init.exit(), init.toString());
        assertTrue(init.err().contains("/archive.gpg: put it below /etc/apt/keyrings, readable by all"), init.err());
    }

    @Test
    void aContainerOfItInstallsFromIt() throws IOException {
        var made = Cli.in(project("noble", "644")).run("init", "lab");

        assertEquals(0, made.exit(), made.toString());
        var inside = new ContainerShell(Lab.HERE, Lab.PREFIX + "noble-box");
        Lab.run(inside, "apt-get -q update 2>&1 | tee /root/update; ! grep -E '^(W|E|Err)' /root/update");
        var sources = inside.read(Command.of("grep", "-rh", "noble-security", "/etc/apt"));
        assertTrue(sources.contains("noble-security main universe"), sources);
    }
}
