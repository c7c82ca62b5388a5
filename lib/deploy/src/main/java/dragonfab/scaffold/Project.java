package dragonfab.scaffold;

import dragonfab.python.DjangoSettings;
import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a project's folder says of itself before it has an environments.yml.
 *
 * @param name      of its package
 * @param django    the folder of manage.py, relative; null when there is none
 * @param settings  the Django settings module that manage.py names, or a guess
 * @param processes those of its Procfile; of a Python application without one, what serves it
 * @param site      what a site of it serves, as the key app has it; empty where its packaging says, or a Procfile
 */
public record Project(Path folder, String name, Path django, String settings, List<ProcessType> processes,
        Optional<String> site) {
    private static final String REQUIREMENTS = "requirements.txt";
    private static final List<String> REQUIRED = List.of(REQUIREMENTS, "uv.lock", "poetry.lock", "Pipfile.lock");
    private static final List<String> PRODUCTION = List.of("production", "prod", "live", "deploy");
    private static final int LONGEST_SOFTWARE = 20;
    private static final Pattern CONTROL = Pattern.compile("(?m)^Package:\\s*(\\S+)");
    private static final Pattern PYPROJECT =
            Pattern.compile("(?ms)^\\[(?:project|tool\\.poetry)]\\s*$(?:(?!^\\[).)*?^name\\s*=\\s*[\"']([^\"']+)[\"']");
    private static final Pattern SETUP = Pattern.compile("\\bname\\s*=\\s*[\"']([^\"']+)[\"']");
    private static final Pattern HEALTH = Pattern.compile("[\"'](/(?:health|healthz|up)/?)[\"']");

    public static Project in(Path folder) {
        var name = found(folder.resolve("debian/control"), CONTROL)
                .or(() -> found(folder.resolve("pyproject.toml"), PYPROJECT))
                .or(() -> found(folder.resolve("setup.py"), SETUP))
                .orElseGet(() -> folder.toAbsolutePath().normalize().getFileName().toString());
        var manage = manage(folder);
        var settings = manage.flatMap(Project::text).flatMap(DjangoSettings::namedBy)
                .orElse(named(name, "_", "app_") + ".settings");
        var django = manage.map(file -> relative(folder, file)).orElse(null);
        return new Project(folder, packageName(name), django, settings, processes(folder, django == null),
                site(folder, django != null));
    }

    /** A Python project that says what it needs, and not how it is packaged or started. */
    private static Optional<String> site(Path folder, boolean django) {
        boolean says = REQUIRED.stream().anyMatch(file -> Files.exists(folder.resolve(file)));
        if (!says || Files.exists(folder.resolve("debian")) || !Procfile.in(folder).isEmpty()) {
            return Optional.empty();
        }
        return django ? Optional.of("django") : PythonApplication.in(folder).map(PythonApplication::key);
    }

    /** The settings for visitors, where there are others for developers; empty where manage.py names them itself. */
    public Optional<String> productionSettings() {
        if (django == null) {
            return Optional.empty();
        }
        var home = folder.resolve(django);
        var names = settings.split("\\.");
        var above = String.join(".", List.of(names).subList(0, names.length - 1));
        var own = home.resolve(settings.replace('.', '/'));
        // Of a.settings.local the others lie beside it; of a.settings, in it or beside it.
        return PRODUCTION.stream().flatMap(name -> Stream.of(
                Files.isDirectory(own) ? settings + "." + name : "", above + "." + name,
                above + "." + names[names.length - 1] + "_" + name))
                .filter(module -> !module.isEmpty() && !module.equals(settings)
                        && (module.contains("settings") || module.contains("config"))
                        && Files.exists(home.resolve(module.replace('.', '/') + ".py")))
                .findFirst();
    }

    /** What its requirements name has to be there, or nothing that we find would start. */
    private static List<ProcessType> processes(Path folder, boolean searched) {
        var said = Procfile.in(folder);
        return !said.isEmpty() || !searched || !Files.exists(folder.resolve(REQUIREMENTS)) ? said
                : PythonApplication.in(folder).map(PythonApplication::processes).orElse(List.of());
    }

    private static Path relative(Path folder, Path manage) {
        var relative = folder.relativize(manage.getParent());
        return relative.toString().isEmpty() ? Path.of(".") : relative;
    }

    /** In the folder, or in one below it. */
    private static Optional<Path> manage(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.find(folder, 2, (file, is) -> file.endsWith("manage.py") && is.isRegularFile())) {
            return files.filter(file -> !file.toString().contains("venv"))
                    .min(java.util.Comparator.comparing(Path::getNameCount).thenComparing(Path::toString));
        } catch (IOException e) {
            throw Failure.unreadable(folder, e);
        }
    }

    /** The first group of the first match; nothing where there is no such file. */
    static Optional<String> found(Path file, Pattern pattern) {
        return text(file).map(pattern::matcher).filter(Matcher::find).map(match -> match.group(1));
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (MalformedInputException | java.nio.file.NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.unreadable(file, e);
        }
    }

    private static String packageName(String guess) {
        var name = guess.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9+.-]+", "-").replaceAll("^[^a-z0-9]+|-+$", "");
        return name.length() < 2 ? "app" + name : name;
    }

    /** What runs all the time. */
    public List<ProcessType> services() {
        return processes.stream().filter(process -> !process.isRelease()).toList();
    }

    /** What pip is to install: the requirements, and servers that they do not name. None where it uses no Python. */
    public List<String> pythonPackages() {
        var packages = new ArrayList<String>();
        processes.stream().flatMap(process -> process.servers().stream()).distinct()
                .filter(server -> found(folder.resolve(REQUIREMENTS), named(server)).isEmpty()).forEach(packages::add);
        if (Files.exists(folder.resolve(REQUIREMENTS))) {
            packages.addAll(List.of("-r", REQUIREMENTS));
        }
        return packages;
    }

    private static Pattern named(String requirement) {
        return Pattern.compile("(?im)^\\s*(" + requirement + ")(?![\\w.-])");
    }

    /** The page that its modules have for such checks, or the first of all. */
    public String health() {
        return Stream.of("app.py", "main.py", "wsgi.py", "asgi.py")
                .flatMap(file -> found(folder.resolve(file), HEALTH).stream()).findFirst().orElse("/");
    }

    public boolean hasPackaging() {
        return Files.exists(folder.resolve("debian"));
    }

    /** A name as Python and PostgreSQL like it. */
    public String identifier() {
        return named(name, "_", "app_");
    }

    /** A name as packages of a site have it. */
    public String software() {
        var plain = named(name, "-", "app-").replaceAll("-(env|src|site)(?=-|$)", "-$1s");
        return plain.substring(0, Math.min(LONGEST_SOFTWARE, plain.length())).replaceAll("-+$", "");
    }

    /** A name as a host may have it. */
    public String container() {
        var host = named(name, "-", "app-");
        return host.substring(0, Math.min(59, host.length())).replaceAll("-+$", "") + "-lxc";
    }

    private static String named(String name, String instead, String before) {
        var plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", instead);
        return plain.matches("[a-z].*") ? plain : before + plain.replaceAll("^" + instead, "");
    }

    /** The Python package of the project, which holds wsgi.py too. */
    public String python() {
        return List.of(settings.split("\\.")).get(0);
    }
}
