package dragonfab.python;

import dragonfab.files.Checksum;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a project says that it needs of Python, in the file that says it best: a lock before what is locked first.
 *
 * @param file of the project
 * @param text of that file
 * @param lock the lock that belongs to it, as pip reads one; empty where it has to be made first
 */
public record Requirements(String file, String text, Optional<String> lock) {
    /** The lock that we make of requirements which have none. */
    public static final String LOCK = "requirements.lock";
    private static final String PLAIN = "requirements.txt";
    private static final String PROJECT = "pyproject.toml";
    private static final List<String> OTHER_LOCKS = List.of("uv.lock", "poetry.lock", "Pipfile.lock");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
    private static final Pattern HASH = Pattern.compile("--hash[= ]");

    /**
     * @param project a file of the project, by its path in it
     * @param named   the file that a key names
     */
    public static Requirements of(Function<String, Optional<String>> project, Optional<Path> named, String place) {
        if (named.isPresent()) {
            var file = named.get().toString();
            return of(project, file, project.apply(file).orElseThrow(() -> Failure.usage(place,
                    "requirements: the project has no " + file)));
        }
        var others = OTHER_LOCKS.stream().filter(lock -> project.apply(lock).isPresent()).toList();
        if (others.size() > 1) {
            throw Failure.usage(place, "there are two locks, " + String.join(" and ", others))
                    .remedy("requirements: FILE in environments.yml, with the one that holds");
        }
        var found = List.of(PLAIN, PROJECT).stream().filter(file -> project.apply(file).isPresent()).findFirst();
        if (!others.isEmpty()) {
            return of(project, others.get(0), project.apply(others.get(0)).orElseThrow());
        }
        var file = found.orElseThrow(() -> Failure.usage(place, "the project has no requirements.txt and no"
                + " pyproject.toml: nothing says which Python packages it needs")
                .remedy("write them into requirements.txt, a line each"));
        return of(project, file, project.apply(file).orElseThrow());
    }

    private static Requirements of(Function<String, Optional<String>> project, String file, String text) {
        if (OTHER_LOCKS.contains(file) || isLocked(text)) {
            return new Requirements(file, text, Optional.of(text));
        }
        return new Requirements(file, text, project.apply(LOCK));
    }

    /** Whether each line that names a package has its checksums. */
    static boolean isLocked(String text) {
        var lines = plain(text);
        return lines.stream().anyMatch(line -> HASH.matcher(line).find())
                && lines.stream().allMatch(line -> line.startsWith("-") || HASH.matcher(line).find());
    }

    /** Lines without comments, each with those that continue it. */
    private static List<String> plain(String text) {
        return text.replace("\r", "").replace("\\\n", " ").lines().map(line -> COMMENT.matcher(line).replaceAll(""))
                .map(line -> line.strip().replaceAll("\\s+", " ")).filter(line -> !line.isEmpty()).toList();
    }

    /** Whether a lock of another tool has to be written out for pip first. */
    public boolean isForeign() {
        return OTHER_LOCKS.contains(file);
    }

    /** The same with the lock that was made of it. */
    public Requirements locked(String made) {
        return new Requirements(file, text, Optional.of(made));
    }

    /** Whether the lock has that package, under whatever case and punctuation. */
    public boolean has(String name) {
        var wanted = Pattern.compile("(?im)^(\\s*\"?|name = \")" + name.replace("-", "[-_.]") + "\"?(?![\\w.-])");
        return wanted.matcher(lock.orElse(text)).find();
    }

    /**
     * What stands for an environment that is made of the lock: neither order nor comments matter.
     *
     * @param packages Debian packages that it needs
     * @param machine  the Debian release and architecture, which decide its Python too
     */
    public String hash(List<String> packages, String machine) {
        var text = lock.orElseThrow();
        var lines = isForeign() ? text.lines().toList() : plain(text).stream().sorted().toList();
        return Checksum.of(lines.stream().collect(Collectors.joining("\n", "", "\n"))
                + packages.stream().sorted().distinct().collect(Collectors.joining(" ")) + "\n" + machine)
                .substring(0, 10);
    }

    /** Refused where the lock lacks what serves the application; one that we make has it. */
    public void require(String name, String place) {
        if (lock.isEmpty() || has(name)) {
            return;
        }
        boolean ours = !isForeign() && !isLocked(text);
        throw Failure.usage(place, (ours ? LOCK : file) + " has no " + name + ", which serves the application")
                .remedy(ours ? Remedy.here("site-build", "--relock")
                        : Remedy.advice("add " + name + " to the project's requirements, and lock them again"));
    }
}
