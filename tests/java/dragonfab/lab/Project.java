package dragonfab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A copy of a project in a git repository of its own, for tests that commit. */
public final class Project {
    private final Cli cli;

    private Project(Path folder) {
        this.cli = Cli.in(folder);
    }

    public static Project guestbook() throws IOException {
        return copied("examples/guestbook");
    }

    /** One of the tests' own: its environments.yml names a container by CONTAINER. */
    public static Project in(String container, String folder) throws IOException {
        var project = copied(folder);
        var file = project.file("environments.yml");
        Files.writeString(file, Files.readString(file).replace("CONTAINER", container));
        project.commit("a container of the tests");
        return project;
    }

    private static Project copied(String original) throws IOException {
        var folder = Files.createTempDirectory("dragonfab-guestbook");
        var from = Path.of(System.getProperty("dragonfab.home"), original).toRealPath();
        try (var files = Files.walk(from)) {
            for (var file : files.filter(file -> !from.relativize(file).startsWith("dist")).toList()) {
                var to = folder.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(file)) {
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        var project = new Project(folder);
        project.git("init", "-q");
        project.commit("first");
        return project;
    }

    /** Its environment lxc has that container. */
    public static Project guestbookIn(String container) throws IOException {
        var project = guestbook();
        var file = project.file("environments.yml");
        Files.writeString(file, Files.readString(file).replace("guestbook-lxc", container));
        project.commit("a container of the tests");
        return project;
    }

    public Cli cli() {
        return cli;
    }

    public Path file(String name) {
        return cli.folder().resolve(name);
    }

    public void write(String name, String text) throws IOException {
        Files.createDirectories(file(name).getParent());
        Files.writeString(file(name), text);
    }

    public void commit(String why) {
        git("add", "-A");
        git("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-q", "--allow-empty", "-m", why);
    }

    private void git(String... words) {
        var all = new java.util.ArrayList<>(java.util.List.of("git"));
        all.addAll(java.util.List.of(words));
        cli.tool(all.toArray(String[]::new));
    }
}
