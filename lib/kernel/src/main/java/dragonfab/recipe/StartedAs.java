package dragonfab.recipe;

import dragonfab.report.Starter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * How this run was started: as an installed command, through jbangw, by the alias of a catalog, or as a file.
 *
 * <p>Each of the first three tells it to the JVM that it starts; JBang names the file in the jar that it makes of it.
 */
final class StartedAs implements Starter {
    static final StartedAs THIS = new StartedAs(System.getenv(), System.getProperties(), Path.of(""),
            ProcessHandle.current().pid());

    private static final String ALIAS_END = "@dragonfab";
    private static final String JAVA = ".java";
    /** .../cache/jars/deploy.java.CHECKSUM/deploy.jar */
    private static final Pattern COMPILED = Pattern.compile("([^/]+\\.java)\\.[0-9a-f]{32,}/[^/]+\\.jar");

    private final Map<String, String> variables;
    private final Properties properties;
    private final Path folder;
    private final long process;

    StartedAs(Map<String, String> variables, Properties properties, Path folder, long process) {
        this.variables = variables;
        this.properties = properties;
        this.folder = folder;
        this.process = process;
    }

    @Override
    public List<String> script(String name) {
        var installed = properties.getProperty("dragonfab.installed");
        if (installed != null) {
            return List.of(isOnPath(Path.of(installed)) ? Path.of(installed).getFileName().toString() : installed,
                    name);
        }
        // Whatever this process started would have the variables too, and was started otherwise.
        if (String.valueOf(process).equals(variables.get("JBANGW_PROCESS"))) {
            var word = variables.getOrDefault("JBANGW_SCRIPT", "");
            return List.of(variables.getOrDefault("JBANGW", "./jbangw"),
                    word.endsWith(JAVA) ? beside(word, name) : name + ALIAS_END);
        }
        if (properties.getProperty("dragonfab.alias") != null) {
            return Starter.ALIAS.script(name);
        }
        var compiled = COMPILED.matcher(properties.getProperty("java.class.path", ""));
        if (!compiled.find()) {
            return Starter.ALIAS.script(name);
        }
        var file = beside(compiled.group(1), name);
        return !file.endsWith(JAVA) ? Starter.ALIAS.script(name)
                : Files.isExecutable(folder.resolve(file)) ? List.of("./" + file) : List.of("jbang", file);
    }

    /** The file of that script, where it lies beside the one that was started; else its alias. */
    private String beside(String started, String name) {
        if (Path.of(started).getFileName().toString().equals(name + JAVA)) {
            return started;
        }
        var file = Path.of(started).resolveSibling(name + JAVA).toString();
        return Files.exists(folder.resolve(file)) ? file : name + ALIAS_END;
    }

    private boolean isOnPath(Path command) {
        return Arrays.stream(variables.getOrDefault("PATH", "").split(":")).filter(part -> !part.isEmpty())
                .map(part -> Path.of(part).resolve(command.getFileName())).filter(Files::isExecutable).findFirst()
                .filter(found -> found.equals(command)).isPresent();
    }
}
