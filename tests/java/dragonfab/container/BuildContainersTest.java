package dragonfab.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is removed with a container, of others with names that are like those of its build containers. */
@OnContainers
class BuildContainersTest {
    private static final String NAME = Lab.PREFIX + "shop";

    private Cli cli;

    @BeforeEach
    void containers() throws IOException {
        cli = Cli.in(Files.createTempDirectory("dragonfab-builds"));
        Files.writeString(cli.folder().resolve("environments.yml"),
                "environments: {lab: {package_name: shop, lxc: " + NAME + "}}\n");
        kept("shop-build", "shop " + NAME + " -");
        kept("shop-build-2", null);
        kept("shop-build-3", "shop " + Lab.PREFIX + "other -");
        kept("shop-build-4", "other " + NAME + " -");
        clone("shop-build-7", "shop-build", "shop " + NAME + " " + NAME + "-build");
        clone("shop-build-8", "shop-build", "shop " + NAME + " " + NAME + "-build");
    }

    @AfterEach
    void remove() {
        for (var name : List.of("-8", "-7", "-4", "-3", "-2", "")) {
            Lab.remove("shop-build" + name);
        }
    }

    @Test
    void onlyThoseThatWereMadeForIt() {
        var list = cli.run("lxc", "lab", "list").out();
        assertTrue(list.matches("(?s).*\n" + NAME + "-build-7 +" + NAME + " +STOPPED\n.*"), list);
        assertTrue(list.contains("\n" + NAME + "-build-3  " + Lab.PREFIX + "other"), list);
        assertFalse(list.substring(list.indexOf("  of ")).contains("-build-2"), list);
        assertFalse(list.substring(list.indexOf("  of ")).contains("-build-4"), list);

        var removed = cli.run("lxc", "lab", "remove", "-y");

        assertEquals(0, removed.exit(), removed.toString());
        assertEquals(List.of("-build-2", "-build-3", "-build-4"), left());
        assertEquals(0, cli.run("lxc", "lab", "remove").exit());
    }

    @Test
    void noneThatABuildRunsIn() throws IOException, InterruptedException {
        var held = new ProcessBuilder("flock", "/run/dragonfab/lxc-" + NAME + "-build-7.lease", "sleep", "60").start();
        while (!cli.run("lxc", "lab", "list").out().matches("(?s).*" + NAME + "-build-7 +" + NAME
                + " +STOPPED +runs\n.*")) {
            assertTrue(held.isAlive());
        }

        var removed = cli.run("lxc", "lab", "remove", "-y");

        held.descendants().forEach(ProcessHandle::destroyForcibly);
        held.destroyForcibly().waitFor();
        assertTrue(removed.out().contains(NAME + "-build-7 stays: a build runs in it"), removed.toString());
        assertEquals(List.of("-build", "-build-2", "-build-3", "-build-4", "-build-7"), left());
    }

    /** As an environment of its name would have it made, or a person. */
    private static void kept(String name, String record) {
        make(ShellScript.of("lxc/clone", Lab.PREFIX + name, "vanilla", "snapshot", "00:16:3e:00:00:01", "privileged")
                .with(record == null ? new Object[0] : new Object[] {record}));
    }

    private static void clone(String name, String base, String record) {
        make(ShellScript.of("lxc/build/room", Lab.PREFIX + base, Lab.PREFIX + name, "00:16:3e:00:00:02", record));
    }

    private static void make(Command command) {
        var made = Lab.HERE.ask(command.asRoot());
        assertEquals(0, made.ended().code(), made.err());
    }

    private static List<String> left() {
        return Lab.HERE.read(Command.of("lxc-ls", "-1").asRoot()).lines().filter(name -> name.startsWith(NAME))
                .map(name -> name.substring(NAME.length())).sorted().toList();
    }
}
