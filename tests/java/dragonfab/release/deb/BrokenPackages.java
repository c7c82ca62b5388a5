package dragonfab.release.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A container to deploy small packages to, and to spoil before; what dpkg says of it is asked of dpkg itself. */
final class BrokenPackages {
    private final Path folder;
    private final Shell inside;
    private final String container;

    private BrokenPackages(Path folder, Shell inside, String container) {
        this.folder = folder;
        this.inside = inside;
        this.container = container;
    }

    /** @param environments behind their common keys, the container's name as %s */
    static BrokenPackages start(String name, String environments) throws IOException {
        var folder = Files.createTempDirectory("dragonfab-packages");
        var packages = new BrokenPackages(folder, Lab.container(name), Lab.PREFIX + name);
        Files.writeString(folder.resolve("environments.yml"), "environments:\n"
                + environments.formatted(packages.container).indent(2));
        return packages;
    }

    Path folder() {
        return folder;
    }

    Shell inside() {
        return inside;
    }

    /** A package in the making: what it holds and what its scripts do. */
    final class Deb {
        private final String name;
        private final String version;
        private final Map<String, String> files = new LinkedHashMap<>();
        private final List<String> conffiles = new ArrayList<>();
        private String fields = "";

        private Deb(String name, String version) {
            this.name = name;
            this.version = version;
        }

        Deb with(String path, String text) {
            files.put(path, text);
            return this;
        }

        Deb conffile(String path, String text) {
            conffiles.add(path);
            return with(path, text);
        }

        Deb field(String line) {
            fields += line + "\n";
            return this;
        }

        /** Behind its first lines. */
        Deb script(String script, String text) {
            return with("/DEBIAN/" + script, "#!/bin/sh\nset -e\n" + text + "\n");
        }

        /** That unit, which its scripts start, also where it runs. */
        Deb unit(String unit, String keys) {
            return with("/lib/systemd/system/" + unit, keys + "\n[Install]\nWantedBy=multi-user.target\n");
        }

        Path build() throws IOException {
            var root = Files.createTempDirectory(folder, "root");
            with("/usr/share/" + name + "/version", version);
            with("/DEBIAN/control", """
                    Package: %s
                    Version: %s
                    Architecture: all
                    Maintainer: Test <test@example.org>
                    %sDescription: a package
                    """.formatted(name, version, fields));
            if (!conffiles.isEmpty()) {
                with("/DEBIAN/conffiles", String.join("\n", conffiles) + "\n");
            }
            for (var file : files.entrySet()) {
                var path = root.resolve(file.getKey().substring(1));
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
                if (file.getValue().startsWith("#!")) {
                    path.toFile().setExecutable(true, false);
                }
            }
            root.toFile().setReadable(true, false);
            root.toFile().setExecutable(true, false);
            var deb = folder.resolve(name + "_" + version + "_all.deb");
            Cli.in(folder).tool("dpkg-deb", "--root-owner-group", "-Zgzip", "-b", root.toString(), deb.toString());
            return deb;
        }
    }

    Deb deb(String name, String version) {
        return new Deb(name, version);
    }

    /** Runs dpkg on a file of here; whether that goes well is not asked. */
    void dpkg(String how, Path deb) {
        var said = new ByteArrayOutputStream();
        inside.execute(Command.script("cat > /tmp/other.deb; dpkg $1 /tmp/other.deb", how)
                .reading(Input.file(deb)).asRoot(), said, said, Duration.ofMinutes(1));
    }

    /** A file of here, there. */
    void put(Path file, String there) {
        var said = new ByteArrayOutputStream();
        var ended = inside.execute(Command.script("mkdir -p \"${1%/*}\"; cat > \"$1\"", there).reading(Input.file(file))
                .asRoot(), said, said, Duration.ofMinutes(1));
        assertEquals(0, ended.code(), said.toString());
    }

    /** From now on apt knows these, as it knows those of Debian. */
    void publish(Path... debs) throws IOException {
        var repository = Files.createTempDirectory(folder, "repository");
        for (var deb : debs) {
            put(deb, "/srv/repository/" + deb.getFileName());
            Files.copy(deb, repository.resolve(deb.getFileName()));
        }
        var index = repository.resolve("Packages");
        Files.writeString(index, Cli.in(repository).tool("dpkg-scanpackages", "-m", ".").out());
        put(index, "/srv/repository/Packages");
        Lab.run(inside, """
                echo 'deb [trusted=yes] file:/srv/repository ./' > /etc/apt/sources.list.d/test.list
                apt-get -q update -o Dir::Etc::sourcelist=sources.list.d/test.list -o Dir::Etc::sourceparts=- \
                    -o APT::Get::List-Cleanup=0
                """);
    }

    Cli.Ran run(String script, String... words) {
        return Cli.in(folder).run(script, words);
    }

    void well(String script, String... words) {
        var ran = run(script, words);
        assertEquals(0, ran.exit(), ran.toString());
    }

    Cli.Ran ends(int exit, String script, String... words) {
        var ran = run(script, words);
        assertEquals(exit, ran.exit(), ran.toString());
        return ran;
    }

    String ask(String script) {
        return inside.ask(Command.script(script).asRoot()).text();
    }

    /** As "ii 1.0"; empty where dpkg has never heard of it. */
    String state(String name) {
        return ask("dpkg-query -W -f '${db:Status-Abbrev}${Version}' " + name).strip();
    }

    /** What a refused deploy may not touch. */
    String everything() {
        return ask("sha256sum /var/lib/dpkg/status; cat /var/lib/dragonfab/app/journal; systemctl list-units --all"
                + " --plain --no-legend 'dragonfab-*'");
    }

    void close() {
        Lab.HERE.ask(Command.script("lxc-stop -k -n \"$1\"; lxc-destroy -s -n \"$1\"", container).asRoot());
    }
}
