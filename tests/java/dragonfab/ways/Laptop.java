package dragonfab.ways;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Somebody's machine: an empty home, the system's own commands, and our local Maven repository. */
final class Laptop {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("dragonfab.home")).toAbsolutePath().normalize();
    private static final Path REPOSITORY = repository(Path.of(System.getProperty("localRepository",
            Path.of(System.getProperty("user.home"), ".m2", "repository").toString())));

    private final Map<String, String> environment = new TreeMap<>();
    private final Path home;

    Laptop(Path home) throws IOException {
        this.home = Files.createDirectories(home);
        Files.createDirectories(home.resolve("jbang"));
        // Every alias makes JBang ask a far server first, and wait without end for one that stays silent.
        Files.writeString(home.resolve("jbang/jbang.properties"), "connection-timeout=2000\n");
        with("HOME", home.toString());
        with("JBANG_DIR", home.resolve("jbang").toString());
        with("JBANG_REPO", REPOSITORY.toString());
        with("PATH", "/usr/local/bin:/usr/bin:/bin");
        with("LC_ALL", "C.UTF-8");
    }

    Laptop with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Laptop without(String name) {
        environment.remove(name);
        return this;
    }

    /** Puts a command before all others. */
    Laptop withCommand(Path command, String name) throws IOException {
        var bin = Files.createDirectories(home.resolve("bin"));
        Files.copy(command, bin.resolve(name), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        return with("PATH", bin + ":/usr/local/bin:/usr/bin:/bin");
    }

    Ran run(Path folder, String... command) throws IOException, InterruptedException {
        return start(folder, command).ended();
    }

    /** As {@link #run}, with no network at all where this user may take it away. */
    Ran runWithoutNetwork(Path folder, String... command) throws IOException, InterruptedException {
        var whole = new ArrayList<String>();
        if (run(folder, "unshare", "-rn", "true").exit() == 0) {
            whole.addAll(List.of("unshare", "-rn"));
        }
        whole.addAll(List.of(command));
        return run(folder, whole.toArray(String[]::new));
    }

    /** As {@link #run}, by a user whom the modes of files hold: root's rights over them are left behind. */
    Ran runHeldByModes(Path folder, String... command) throws IOException, InterruptedException {
        var drop = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
        var whole = new ArrayList<String>();
        if (run(folder, Stream.concat(drop.stream(), Stream.of("true")).toArray(String[]::new)).exit() == 0) {
            whole.addAll(drop);
        }
        whole.addAll(List.of(command));
        return run(folder, whole.toArray(String[]::new));
    }

    Running start(Path folder, String... command) throws IOException {
        var out = Files.createTempFile(home, "out", "");
        var err = Files.createTempFile(home, "err", "");
        // By way of env, which looks for the command on the PATH of this laptop and not of the tests.
        var whole = Stream.concat(Stream.of("/usr/bin/env"), Stream.of(command)).toList();
        var builder = new ProcessBuilder(whole).directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    /** A copy of this checkout as a clone would be: nothing built. */
    static Path cloneInto(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(CHECKOUT)) {
            for (Path file : (Iterable<Path>) files.filter(Laptop::isSource)::iterator) {
                Files.copy(file, folder.resolve(CHECKOUT.relativize(file).toString()),
                        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES,
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }

    /** Clones that build at once install the same version: those of another process have a repository of their own. */
    private static Path repository(Path shared) {
        if (!System.getProperty("dragonfab.lab.fork", "1").equals("2")) {
            return shared;
        }
        var own = Path.of("target", "repository").toAbsolutePath();
        try (Stream<Path> files = Files.walk(shared)) {
            for (Path file : (Iterable<Path>) files.filter(each -> isOfOthers(shared.relativize(each)))::iterator) {
                var copy = own.resolve(shared.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfOthers(Path file) {
        return !file.startsWith(Path.of("io", "github", "dragonfab"));
    }

    private static boolean isSource(Path file) {
        var path = CHECKOUT.relativize(file).toString();
        return !path.matches("((lib/\\w+|scripts|tests)/)?target(/.*)?") && !path.matches("[.]git(/.*)?");
    }

    static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static Path wrapper() {
        return CHECKOUT.resolve("jbangw");
    }

    /** A command on its way. */
    record Running(Process process, Path out, Path err) {
        Ran ended() throws IOException, InterruptedException {
            return new Ran(process.waitFor(), text(out), text(err));
        }

        private static String text(Path file) throws IOException {
            return Files.readString(file, StandardCharsets.UTF_8);
        }
    }
}
