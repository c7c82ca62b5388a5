package dragonfab.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Containers in the states that people find them in. */
@OnContainers
class ContainersTest {
    private static final String NAME = "states";

    @AfterEach
    void remove() {
        Lab.remove(NAME);
        Lab.remove("other");
    }

    @Test
    void twoScriptsAtOnceOnAMissingContainerMakeOne() throws IOException {
        var folder = folder("");
        var both = List.of(
                CompletableFuture.supplyAsync(() -> Cli.in(folder).run("run", "lab", "--", "hostname")),
                CompletableFuture.supplyAsync(() -> Cli.in(folder).run("run", "lab", "--", "hostname")));

        for (var future : both) {
            var ran = future.join();
            assertEquals(0, ran.exit(), ran.toString());
            assertTrue(ran.out().contains(Lab.PREFIX + NAME), ran.toString());
        }
    }

    @Test
    void clonesShareNeitherHostKeysNorMachineId() throws IOException {
        var one = Lab.container(NAME);
        var other = Lab.container("other");
        var identity = Command.of("cat", "/etc/machine-id", "/etc/ssh/ssh_host_ed25519_key.pub");

        assertNotEquals(one.read(identity).lines().toList().get(0), other.read(identity).lines().toList().get(0));
        assertNotEquals(one.read(identity).lines().toList().get(1), other.read(identity).lines().toList().get(1));
    }

    @Test
    void aContainerMadeAgainHasItsOldAddress() throws IOException {
        Lab.container(NAME);
        var address = Lab.address(NAME);
        Lab.remove(NAME);
        Lab.container(NAME);

        assertEquals(address, Lab.address(NAME));
    }

    @Test
    void aStoppedContainerIsStarted() throws IOException {
        Lab.container(NAME);
        Lab.HERE.read(Command.of("lxc-stop", "-k", "-n", Lab.PREFIX + NAME).asRoot());

        var ran = Cli.in(folder("")).run("run", "lab", "--", "hostname");

        assertEquals(0, ran.exit(), ran.toString());
    }

    @Test
    void aFrozenContainerIsAClearErrorWithTheRemedy() throws IOException {
        Lab.container(NAME);
        Lab.HERE.read(Command.of("lxc-freeze", "-n", Lab.PREFIX + NAME).asRoot());

        var ran = Cli.in(folder("")).run("run", "lab", "--", "hostname");

        assertEquals(1, ran.exit(), ran.toString());
        assertEquals("""
                run: local: %1$s is frozen, and nothing in it goes on
                try: sudo lxc-unfreeze -n %1$s
                """.formatted(Lab.PREFIX + NAME), ran.err());
        Lab.HERE.read(Command.of("lxc-unfreeze", "-n", Lab.PREFIX + NAME).asRoot());
    }

    @Test
    void aMissingTemplateIsNamedWithTheRemedy() throws IOException {
        var ran = Cli.in(folder(", lxc_template: " + Lab.PREFIX + "no-template")).run("run", "lab", "--", "hostname");

        assertEquals(1, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("there is no container " + Lab.PREFIX + "no-template to clone"), ran.err());
        assertTrue(ran.err().contains("try: jbang init@dragonfab lab"), ran.err());
    }

    @Test
    void aCloneThatWasCutOffIsMadeWhole() throws IOException {
        Lab.HERE.read(Command.script("mkdir -p \"$(lxc-config lxc.lxcpath)/$1.new/rootfs\"; echo half > "
                + "\"$(lxc-config lxc.lxcpath)/$1.new/config\"", Lab.PREFIX + NAME).asRoot());

        var shell = Lab.container(NAME);

        assertEquals(Lab.PREFIX + NAME, shell.read(Command.of("hostname")));
    }

    @Test
    void anEmptyFolderOfTheNameIsTaken() throws IOException {
        Lab.HERE.read(Command.script("mkdir \"$(lxc-config lxc.lxcpath)/$1\"", Lab.PREFIX + NAME).asRoot());

        assertEquals(Lab.PREFIX + NAME, Lab.container(NAME).read(Command.of("hostname")));
    }

    @Test
    void aContainerWithoutARootFileSystemIsNeverStarted() throws IOException {
        var name = Lab.PREFIX + NAME;
        Lab.HERE.read(Command.script("mkdir -p \"$(lxc-config lxc.lxcpath)/$1\"; echo 'lxc.uts.name = x' > "
                + "\"$(lxc-config lxc.lxcpath)/$1/config\"", name).asRoot());

        var ran = Cli.in(folder("")).run("run", "lab", "--", "hostname");

        assertEquals(1, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("no root file system of its own"), ran.err());
        Lab.HERE.read(Command.script("rm -rf -- \"$(lxc-config lxc.lxcpath)/$1\"", name).asRoot());
    }

    @Test
    void aFullCopyStandsAloneAndCanBeUnprivileged() throws IOException {
        var ran = Cli.in(folder(", lxc_clone: copy, lxc_unprivileged: true")).run("run", "lab", "--", "id", "-u");
        assertEquals(0, ran.exit(), ran.toString());

        assertNotEquals("0", Lab.HERE.read(Command.script("stat -c %u /proc/$(lxc-info -n \"$1\" -pH)",
                Lab.PREFIX + NAME).asRoot()));
    }

    private static Path folder(String more) throws IOException {
        var folder = Files.createTempDirectory("dragonfab-states");
        Files.writeString(folder.resolve("environments.yml"),
                "environments: {lab: {lxc: " + Lab.PREFIX + NAME + more + "}}\n");
        return folder;
    }
}
