package dragonfab.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bridge of this machine, without which no container has an address: it runs alone. */
@OnContainers
@Tag("alone")
class BridgeTest {
    private static final String NAME = "bridged";

    private Cli here;

    @BeforeEach
    void theServerOfAddressesDies() throws IOException {
        var folder = Files.createTempDirectory("dragonfab-lab");
        Files.writeString(folder.resolve("environments.yml"),
                "environments: {lab: {lxc: " + Lab.PREFIX + NAME + "}}\n");
        here = Cli.in(folder);
        Lab.run(Lab.HERE, """
                pid=$(cat /run/lxc/dnsmasq.pid)
                kill "$pid"
                while [ -d /proc/"$pid" ]; do sleep 0.1; done
                """);
    }

    @Test
    void initStartsIt() throws IOException {
        var init = here.run("init", "lab");

        assertEquals(0, init.exit(), init.toString());
        assertTrue(init.out().contains("changed    local: prepare for containers"), init.toString());
        Lab.container(NAME);
        assertTrue(Lab.address(NAME).startsWith("10."), Lab.address(NAME));
        Lab.remove(NAME);
    }

    @Test
    void twoAtOnceStartItOnce() {
        var both = List.of(CompletableFuture.supplyAsync(() -> here.run("init", "lab")),
                CompletableFuture.supplyAsync(() -> here.run("init", "lab")));

        var said = both.stream().map(CompletableFuture::join).toList();

        said.forEach(init -> assertEquals(0, init.exit(), init.toString()));
        assertEquals(1, said.stream().filter(init -> init.out().contains("changed    local: prepare for containers"))
                .count(), said.toString());
    }
}
