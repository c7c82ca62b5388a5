package dragonfab.scaffold;

import dragonfab.shell.ResourceText;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first files of a project, from the templates beside this class.
 *
 * <p>Each kind of project has a list of them: the template, where it goes, and whether it can be run.
 *
 * @param shows the command that shows the keys of the first environment
 */
public record ProjectTemplate(Project project, String maintainer, ZonedDateTime now, String shows) {
    private static final String TEMPLATES = "scaffold/";
    private static final String PLAIN = "plain";
    private static final String DJANGO = "django";
    private static final String PROCESSES = "processes";
    private static final String SITE = "site";
    /** Where a web process listens that takes no socket. */
    private static final int PORT = 8000;
    private static final Pattern CONDITION = Pattern.compile("^@([a-z]+)@");
    private static final Pattern INCLUDE = Pattern.compile("(?m)^@include (\\S+)@\\n");
    private static final Pattern MARK = Pattern.compile("@([A-Z]+)@");

    /** A file to write. */
    public record Draft(Path file, String text, boolean executable) {
    }

    /** Without debian/ when there is one. */
    public List<Draft> files() {
        var kind = kind();
        var files = filled(ResourceText.of(TEMPLATES + kind + "/files"), Map.of()).lines().map(line -> line.split(" "))
                .map(part -> new Draft(Path.of(part[1]), filled(ResourceText.of(TEMPLATES + path(kind, part[0])),
                        Map.of()), part.length > 2));
        // Django's own template has the unit of the site.
        var units = project.services().stream().filter(process -> kind.equals(PROCESSES) || !process.isWeb())
                .map(this::unit);
        return Stream.concat(files, units)
                .filter(draft -> !project.hasPackaging() || !draft.file().startsWith("debian")).toList();
    }

    /** Whether nothing of what the package brings is started. */
    public boolean startsNothing() {
        return kind().equals(PLAIN) && !project.hasPackaging();
    }

    /** A package that is there may start other things than we would. */
    private String kind() {
        if (project.site().isPresent()) {
            return SITE;
        }
        if (project.django() != null) {
            return DJANGO;
        }
        return project.hasPackaging() || project.services().isEmpty() ? PLAIN : PROCESSES;
    }

    /** Django's package takes Debian's own Python packages. */
    private List<String> python() {
        return kind().equals(PROCESSES) ? project.pythonPackages() : List.of();
    }

    private Draft unit(ProcessType process) {
        var socket = project.name() + ".socket";
        // Without an environment there is no python but python3.
        var command = python().isEmpty() ? process.quoted().replaceFirst("^(exec )?python ", "$1python3 ")
                : process.quoted();
        return new Draft(Path.of(process.unitFile(project.name())), filled(
                ResourceText.of(TEMPLATES + PROCESSES + "/service"),
                Map.of("PROCESS", process.name(), "COMMAND", command, "TYPE",
                        process.runs("gunicorn") && process.takesSocket() ? "notify" : "exec",
                        // A shell that is not the last to end would end alone.
                        "KILL", process.isOneProgram() ? "mixed" : "control-group",
                        "PORT", process.isWeb() ? " PORT=" + PORT : "",
                        "SOCKET", process.takesSocket() ? " " + socket + "\nRequires=" + socket : "")),
                false);
    }

    private static String path(String kind, String template) {
        return template.startsWith("../") ? template.substring(3) : kind + "/" + template;
    }

    /** First the lines that this project has, then what they include, and last the marks. */
    private String filled(String template, Map<String, String> more) {
        var conditions = conditions();
        var lines = template.lines().map(line -> CONDITION.matcher(line))
                .filter(line -> !line.lookingAt() || conditions.get(line.group(1)))
                .map(line -> line.reset().replaceFirst("")).collect(Collectors.joining("\n", "", "\n"));
        var text = INCLUDE.matcher(lines).replaceAll(include -> Matcher.quoteReplacement(
                filled(ResourceText.of(TEMPLATES + include.group(1)), more)));
        var values = values();
        values.putAll(more);
        return MARK.matcher(text).replaceAll(mark -> Matcher.quoteReplacement(values.get(mark.group(1))));
    }

    /** A line that begins with such a word between at signs stands only where it is so. */
    private Map<String, Boolean> conditions() {
        var services = project.services();
        boolean web = services.stream().anyMatch(ProcessType::isWeb);
        return Map.of("django", kind().equals(DJANGO) || project.site().filter(DJANGO::equals).isPresent(),
                "plain", project.site().filter(app -> !app.equals(DJANGO)).isPresent(),
                "below", project.django() != null && !project.django().toString().equals("."),
                "production", project.productionSettings().isPresent(), "web", web, "noweb", !web,
                "socket", services.stream().anyMatch(ProcessType::takesSocket),
                "others", services.stream().anyMatch(process -> !process.isWeb()),
                "python", !python().isEmpty(),
                "migrate", project.processes().stream().anyMatch(ProcessType::isRelease));
    }

    private Map<String, String> values() {
        var values = new HashMap<String, String>();
        values.put("NAME", project.name());
        values.put("USER", project.identifier());
        values.put("MODULE", project.identifier());
        values.put("VARIABLE", project.identifier().toUpperCase(Locale.ROOT));
        values.put("CONTAINER", project.container());
        values.put("FOLDER", project.django() == null ? "." : project.django().toString());
        values.put("SETTINGS", project.settings());
        values.put("PROJECT", project.python());
        values.put("MAINTAINER", maintainer);
        values.put("SHOWS", shows);
        values.put("SOFTWARE", project.software());
        values.put("APP", project.site().orElse(""));
        values.put("PRODUCTION", project.productionSettings().orElse(""));
        values.putAll(processValues());
        values.put("YEAR", String.valueOf(now.getYear()));
        values.put("DATE", now.format(DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)));
        return values;
    }

    private Map<String, String> processValues() {
        var services = project.services();
        var python = python();
        boolean socket = kind().equals(DJANGO) || services.stream().anyMatch(ProcessType::takesSocket);
        return Map.of("UPSTREAM", socket ? "unix:/run/" + project.name() + ".sock" : "127.0.0.1:" + PORT,
                "ARCHITECTURE", python.isEmpty() ? "all" : "any",
                "REQUIREMENTS", String.join(" ", python),
                "PATH", (python.isEmpty() ? "" : "/usr/lib/" + project.name() + "/venv/bin:")
                        + "/usr/local/bin:/usr/bin:/bin",
                "SERVICES", services.stream().map(process -> process.unit(project.name()) + ".service")
                        .collect(Collectors.joining(", ")),
                "OTHERS", services.stream().filter(process -> !process.isWeb())
                        .map(process -> process.unit(project.name())).collect(Collectors.joining(" ")),
                "STATE", kind().equals(DJANGO) ? "media" : "data",
                "SETTING", kind().equals(DJANGO) ? " DJANGO_SETTINGS_MODULE=" + project.identifier() + "_deployed" : "",
                "HEALTH", project.health(),
                "MIGRATE", project.processes().stream().filter(ProcessType::isRelease).findFirst()
                        .map(ProcessType::command).map(ProjectTemplate::yaml).orElse(""));
    }

    /** What dragonfab would fill in itself is left to the shell. */
    private static String yaml(String text) {
        return "'" + text.replace("'", "''").replace("${", "$${") + "'";
    }
}
