package dragonfab.release;

import dragonfab.lab.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** A small package with a service of its own, whose maintainer scripts do what a test wants. */
public final class ServicePackage {
    private static final String SERVICE = """
            [Service]
            ExecStart=/bin/sleep infinity
            [Install]
            WantedBy=multi-user.target
            """;
    private static final String POSTINST = """
            #!/bin/sh
            set -e
            [ "$1" = configure ] || exit 0
            systemctl daemon-reload
            systemctl enable --quiet %1$s.service
            systemctl restart %1$s.service
            """;

    private final String name;
    private final String version;
    private final Map<String, String> scripts = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private String fields = "";

    public ServicePackage(String name, String version) {
        this.name = name;
        this.version = version;
        scripts.put("postinst", POSTINST.formatted(name));
        files.put("lib/systemd/system/" + name + ".service", SERVICE);
        files.put("usr/share/" + name + "/version", version + "\n");
    }

    /** A maintainer script in place of its own, or behind its own postinst. */
    public ServicePackage with(String script, String text) {
        scripts.merge(script, script.equals("postinst") ? text : "#!/bin/sh\n" + text, String::concat);
        return this;
    }

    public ServicePackage file(String path, String text) {
        files.put(path, text);
        return this;
    }

    /** More lines of its control file. */
    public ServicePackage fields(String lines) {
        fields += lines;
        return this;
    }

    /** Builds it into the dist folder there. */
    public Path build(Path folder) throws IOException {
        var root = Files.createTempDirectory(folder, "root");
        for (var file : files.entrySet()) {
            write(root.resolve(file.getKey()), file.getValue(), "rw-r--r--");
        }
        var conffiles = files.keySet().stream().filter(path -> path.startsWith("etc/")).map(path -> "/" + path + "\n")
                .toList();
        if (!conffiles.isEmpty()) {
            write(root.resolve("DEBIAN/conffiles"), String.join("", conffiles), "rw-r--r--");
        }
        for (var script : scripts.entrySet()) {
            write(root.resolve("DEBIAN/" + script.getKey()), script.getValue(), "rwxr-xr-x");
        }
        write(root.resolve("DEBIAN/control"), """
                Package: %s
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                %sDescription: a service
                """.formatted(name, version, fields), "rw-r--r--");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        var deb = folder.resolve("dist").resolve(name + "_" + version + "_all.deb");
        Files.createDirectories(deb.getParent());
        Cli.in(folder).tool("dpkg-deb", "--root-owner-group", "-Zgzip", "-b", root.toString(), deb.toString());
        return deb;
    }

    private static void write(Path file, String text, String mode) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
