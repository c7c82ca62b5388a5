package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.config.Environment;
import dragonfab.config.Host;
import dragonfab.shell.ScriptedShell;
import dragonfab.shell.Shell;
import dragonfab.target.Connector;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class ConnectionsTest {
    private static final int MANY = 24;

    @Test
    void allHostsAreReachedAtTheSameTime() {
        var meeting = new CyclicBarrier(MANY);
        var script = new Reach();
        script.connector = new Connector() {
            @Override
            public Shell host(Host host, Environment environment) {
                try {
                    meeting.await(10, TimeUnit.SECONDS);
                } catch (Exception alone) {
                    throw new IllegalStateException(host.name() + " waited for others", alone);
                }
                return new ScriptedShell(host.name());
            }
        };
        var hosts = IntStream.range(0, MANY).mapToObj(i -> "app" + i + ".test").collect(Collectors.joining(", "));

        var launch = Launch.real("environments: {many: {hosts: [" + hosts + "]}}\n", script, "many");

        assertEquals(new Launch(0, "", ""), launch);
    }

    @Command(name = "reach")
    static class Reach extends EnvironmentScript {
        @Override
        protected void steps(Run run) {
            run.targets();
        }
    }
}
