package dragonfab.lab;

import dragonfab.config.CloneMode;
import dragonfab.lxc.Lxc;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Containers alike, made at once and let into over SSH by one key; in a folder with an ssh_config for environments. */
public final class Herd implements AutoCloseable {
    private static final int AT_ONCE = 4;
    private static final Duration BOOT = Duration.ofSeconds(120);

    private final Path folder;
    private final List<String> names;
    private final Map<String, String> addresses = new TreeMap<>();

    private Herd(Path folder, List<String> names) {
        this.folder = folder;
        this.names = names;
    }

    /** With names that begin alike, and end in numbers from 1. */
    public static Herd of(String name, int count) throws Exception {
        var herd = new Herd(Files.createTempDirectory("dragonfab-herd"),
                IntStream.rangeClosed(1, count).mapToObj(i -> name + i).toList());
        var login = Login.in(herd.folder);
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            var made = herd.names.stream().map(each -> threads.submit(() -> herd.make(each, login))).toList();
            for (var one : made) {
                one.get();
            }
            return herd;
        } catch (Exception e) {
            herd.close();
            throw e;
        } finally {
            threads.shutdown();
        }
    }

    private void make(String name, Login login) {
        var lxc = new Lxc(Lab.PREFIX + name, "vanilla", CloneMode.SNAPSHOT, false);
        Lab.HERE.read(lxc.makeClone());
        Lab.HERE.read(lxc.ready(BOOT));
        try {
            synchronized (this) {
                addresses.put(name, Lab.address(name));
                login.to(name, inside(name), "deploy ALL=(ALL) NOPASSWD: ALL");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    public List<String> names() {
        return names;
    }

    /** In the order of the names. */
    public List<String> addresses() {
        return names.stream().map(addresses::get).toList();
    }

    public String address(String name) {
        return addresses.get(name);
    }

    public Shell inside(String name) {
        return new ContainerShell(Lab.HERE, Lab.PREFIX + name);
    }

    /** What dpkg has of a package; empty where it has none. */
    public String installed(String name, String packageName) {
        return inside(name).ask(Command.of("dpkg-query", "-W", "-f", "${Version}", packageName)).text();
    }

    public Cli cli() {
        return Cli.in(folder);
    }

    @Override
    public void close() {
        names.forEach(Lab::remove);
    }
}
