package dragonfab.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The packages of the code, lowest first: the jar that each lies in, and the others that it imports. */
final class Packages {
    static final String KERNEL = "kernel";
    static final String DEPLOY = "deploy";
    static final String SCRIPTS = "scripts";

    private static final List<Row> ROWS = """
            kernel  report            :
            kernel  shell             : report
            kernel  shell.stream      : report shell
            kernel  shell.ssh         : report shell
            kernel  shell.ssh.openssh : report shell shell.ssh
            kernel  shell.ssh.sshj    : report shell shell.ssh
            kernel  files             : report shell
            kernel  config            : report shell files
            kernel  lxc               : shell config files
            kernel  app               : shell config
            kernel  target            : report shell shell.stream shell.ssh shell.ssh.openssh shell.ssh.sshj config lxc
            kernel  recipe            : report shell shell.ssh config files target
            kernel  transfer          : report shell shell.stream files target
            kernel  container         : report shell config lxc app target recipe
            deploy  state             : shell
            deploy  health            : report shell config lxc app target recipe state
            deploy  web               : report shell config files target recipe state
            deploy  database          : report shell shell.stream config files target recipe state
            deploy  database.clone    : report shell config target recipe database
            deploy  database.migrate  : report shell config files app target recipe state database
            deploy  media             : report shell shell.stream config target recipe transfer database.clone
            deploy  deb               : report shell config files lxc target recipe transfer
            deploy  repository        : report shell config target recipe transfer state deb
            deploy  provision         : report shell config lxc target database
            deploy  python            : report files
            deploy  scaffold          : report shell target recipe python
            deploy  doctor            : report shell config lxc target recipe repository web
            deploy  release           : report shell config lxc target recipe state health database
            deploy  release.site      : report shell config files target recipe transfer state deb python release
            deploy  release.deb       : report shell config files target recipe transfer state deb repository release
            deploy  deploy            : report shell config target recipe state health database release release.deb release.site
            deploy  plan              : report shell config files lxc target recipe state health database database.migrate \
            repository release deploy
            scripts scripts           : report shell config files app target recipe container state health web \
            database database.clone database.migrate media deb repository provision scaffold doctor release \
            release.deb release.site deploy plan
            """.lines().map(Packages::row).toList();

    private static final Pattern DOCUMENTATION = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    private Packages() {
    }

    /** @param name without "dragonfab."; of the scripts, which lie in the unnamed package, that of their folder */
    record Row(String jar, String name, List<String> imports) {

        Path sources() {
            return jar.equals(SCRIPTS) ? Code.HOME.resolve(SCRIPTS)
                    : Code.HOME.resolve("lib/" + jar + "/src/main/java/dragonfab/" + name.replace('.', '/'));
        }

        /** What its package-info says. */
        String sentence() {
            if (jar.equals(SCRIPTS)) {
                return "One recipe a command; each is a file that a project can copy and change.";
            }
            var found = DOCUMENTATION.matcher(text(sources().resolve("package-info.java")));
            return found.find() ? found.group(1).replaceAll("\\s*\\n \\*", "").strip() : "";
        }
    }

    static List<Row> all() {
        return ROWS;
    }

    static List<Row> of(String jar) {
        return ROWS.stream().filter(row -> row.jar().equals(jar)).toList();
    }

    static Optional<Row> named(String name) {
        return ROWS.stream().filter(row -> row.name().equals(name)).findFirst();
    }

    private static Row row(String line) {
        var parts = line.split(":");
        var place = parts[0].strip().split(" +");
        return new Row(place[0], place[1], parts.length < 2 ? List.of() : Arrays.asList(parts[1].strip().split(" +")));
    }

    static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
