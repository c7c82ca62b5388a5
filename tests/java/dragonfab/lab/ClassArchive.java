package dragonfab.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The class path of the scripts that tests start by the hundred, as jars, and an archive of their classes: each start
 * takes little more than half of a processor's time. Made once by each process that runs tests.
 */
final class ClassArchive {
    private static final ClassArchive ONE = new ClassArchive();
    private static final int LONGEST_SECONDS = 60;

    private final String classPath;
    private final Path archive;

    private ClassArchive() {
        var plain = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var made = plain;
        Path file = null;
        try {
            var folder = Files.createTempDirectory(Path.of(System.getProperty("dragonfab.home", "."), "tests/target"),
                    "classes-");
            folder.toFile().deleteOnExit();
            made = jars(plain, folder);
            file = dumped(made, folder);
        } catch (IOException e) {
            // Without one they start as well, and later.
            made = plain;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        this.classPath = made;
        this.archive = file;
    }

    /** What java is told before the name of a class. @param before stands before all others, or null */
    static List<String> options(Path before) {
        return before == null && ONE.archive != null
                ? List.of("-XX:SharedArchiveFile=" + ONE.archive, "-cp", ONE.classPath)
                : List.of("-cp", (before == null ? "" : before + File.pathSeparator) + ONE.classPath);
    }

    /** An archive knows jars alone. */
    private static String jars(String classPath, Path folder) throws IOException {
        var parts = new ArrayList<String>();
        for (var part : classPath.split(File.pathSeparator)) {
            var path = Path.of(part);
            if (Files.isDirectory(path)) {
                parts.add(jar(path, folder.resolve(parts.size() + ".jar")).toString());
            } else if (Files.exists(path)) {
                parts.add(part);
            }
        }
        return String.join(File.pathSeparator, parts);
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        jar.toFile().deleteOnExit();
        try (var files = Files.walk(classes); var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var file : files.filter(Files::isRegularFile).sorted().collect(Collectors.toList())) {
                var bytes = Files.readAllBytes(file);
                var entry = new ZipEntry(classes.relativize(file).toString());
                var sum = new CRC32();
                sum.update(bytes);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(bytes.length);
                entry.setCrc(sum.getValue());
                out.putNextEntry(entry);
                out.write(bytes);
            }
        }
        return jar;
    }

    /** Null where this Java makes none. */
    private static Path dumped(String classPath, Path folder) throws IOException, InterruptedException {
        var list = folder.resolve("classes.lst");
        var archive = folder.resolve("classes.jsa");
        list.toFile().deleteOnExit();
        archive.toFile().deleteOnExit();
        // It reaches for a host, up to the connection, which nobody takes.
        Files.writeString(folder.resolve("environments.yml"),
                "environments: {here: {hosts: \"nobody@127.0.0.1:9\", package_name: app}}\n").toFile().deleteOnExit();
        java(folder, "-Xshare:off", "-XX:DumpLoadedClassList=" + list, "-cp", classPath, "Status", "here");
        return Files.exists(list)
                && java(folder, "-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + archive,
                        "-cp", classPath) ? archive : null;
    }

    private static boolean java(Path folder, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC",
                "-Xlog:disable"));
        command.addAll(Arrays.asList(words));
        var process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
