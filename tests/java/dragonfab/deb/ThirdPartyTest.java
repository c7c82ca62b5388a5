package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debian's own source packages, which nobody here wrote, through the same scripts. */
@OnContainers
class ThirdPartyTest {
    private static final String NAME = Lab.PREFIX + "third";
    private static final Shell INSIDE = new ContainerShell(Lab.HERE, NAME);

    private static Path sources;

    @BeforeAll
    static void fetchSources() throws IOException {
        sources = Files.createTempDirectory("dragonfab-third");
        var box = Lab.container("sources");
        Lab.run(box, """
                cd /etc/apt
                for file in sources.list.d/*.sources sources.list; do
                    [ -f "$file" ] || continue
                    case "$file" in
                    *.sources) sed -i 's/^Types: deb$/Types: deb deb-src/' "$file" ;;
                    *) sed -n 's/^deb /deb-src /p' "$file" > sources.list.d/source.list ;;
                    esac
                done
                apt-get -q update >&2
                apt-get -y -q --no-install-recommends install dpkg-dev >&2
                mkdir -p /sources && cd /sources
                apt-get -q source hello rinetd >&2
                """);
        try (var archive = Files.newOutputStream(sources.resolve("all.tar"))) {
            box.execute(Command.script("cd /sources && tar -c */"), archive, System.err, Shell.SHORT);
        }
        Cli.in(sources).tool("tar", "-x", "--no-same-owner", "-f", "all.tar");
        Lab.remove("sources");
    }

    @AfterAll
    static void remove() {
        Lab.remove("third");
        Lab.remove("third-build");
    }

    /** rinetd brings a service, which has to run. */
    @ParameterizedTest
    @CsvSource({"hello, container, hello --greeting=works, works",
        "rinetd, target, systemctl is-active rinetd, active"})
    void isBuiltAndDeployedToAFreshContainer(String name, String build, String question, String answer)
            throws IOException {
        Path folder;
        try (var folders = Files.list(sources)) {
            folder = folders.filter(path -> path.getFileName().toString().startsWith(name + "-")).findFirst()
                    .orElseThrow();
        }
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  lxc: {lxc: %s, package_name: %s, build: %s, deploy: [deb-build, deb-deploy]}
                """.formatted(NAME, name, build));

        var deploy = Cli.in(folder).run("deploy", "lxc");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertEquals(answer, INSIDE.read(Command.of("sh", "-c", question)));
    }
}
