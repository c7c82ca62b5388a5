package dragonfab.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.config.Environment;
import dragonfab.config.Environments;
import dragonfab.config.Host;
import dragonfab.report.Report;
import dragonfab.shell.ScriptedShell;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTest {
    private static final int MANY = 24;

    @TempDir
    Path folder;

    @Test
    void ofTwoThatFailTheFirstIsTold() {
        var second = new CountDownLatch(1);
        var thrown = assertThrows(IllegalStateException.class, () -> Parallel.both(() -> {
            await(second);
            throw new IllegalStateException("first");
        }, () -> {
            second.countDown();
            throw new IllegalStateException("second");
        }));
        assertEquals("first", thrown.getMessage());
    }

    @Test
    void anInterruptionOfOneIsNotTheNextOnes() {
        var interrupted = Parallel.all(numbers(), 1, number -> {
            var before = Thread.currentThread().isInterrupted();
            Thread.currentThread().interrupt();
            return before;
        }, failures -> failures.get(0));

        assertFalse(interrupted.contains(true));
    }

    @Test
    void soManyAndNoMoreAreWorkedOnAtOnce() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var full = new CountDownLatch(3);

        var results = Parallel.all(numbers(), 3, number -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            full.countDown();
            await(full);
            now.decrementAndGet();
            return -number;
        }, failures -> failures.get(0));

        assertEquals(3, most.get());
        assertEquals(numbers().stream().map(number -> -number).toList(), results);
    }

    @Test
    void whatFailsDoesNotKeepTheOthersFromTheirEnd() {
        var done = new AtomicInteger();

        var thrown = assertThrows(IllegalStateException.class, () -> Parallel.all(numbers(), 4, number -> {
            if (number % 8 == 0) {
                throw new IllegalStateException("no " + number);
            }
            return done.incrementAndGet();
        }, failures -> new IllegalStateException(failures.size() + " failed")));

        assertEquals("3 failed", thrown.getMessage());
        assertEquals(MANY - 3, done.get());
    }

    /** Were the others to wait for the first, it would wait for them too. */
    @Test
    void aHostThatIsSlowToReachKeepsNoOtherWaiting() throws IOException {
        var hosts = String.join(", ", numbers().stream().map(number -> "app" + number + ".test").toList());
        var file = Files.writeString(folder.resolve("environments.yml"),
                "environments: {staging: {hosts: [" + hosts + "]}}");
        var staging = Environments.load(file).environment("staging", Map.of());
        var others = new CountDownLatch(MANY - 1);
        var world = new Connector() {
            @Override
            public Shell host(Host host, Environment environment) {
                if (host.address().equals("app0.test")) {
                    await(others);
                } else {
                    others.countDown();
                }
                return new ScriptedShell(host.name());
            }
        };

        try (var connections = new Connections(new Report(event -> {}), world, false, Duration.ofSeconds(1800))) {
            var reached = Parallel.all(staging.targets(), MANY, target -> connections.reached(target, staging).name(),
                    failures -> failures.get(0));
            assertEquals(MANY, reached.size());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, MANY).boxed().toList();
    }
}
