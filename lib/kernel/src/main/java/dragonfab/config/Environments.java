package dragonfab.config;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An environments.yml without a problem: nobody holds one of a file that has any. */
public final class Environments {
    private static final String NAME = "environments.yml";

    private final Path file;
    private final Map<String, String> variables;
    private final Layers layers;

    private Environments(Path file, Map<String, String> variables, Layers layers) {
        this.file = file;
        this.variables = variables;
        this.layers = layers;
    }

    /** The file of this folder, or of the nearest one above that has one. */
    public static Environments find(Path from) {
        for (var folder = from.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(NAME))) {
                return load(folder.resolve(NAME));
            }
        }
        throw Failure.usage("local", "no environments.yml in this folder, nor in one above")
                .remedy(Remedy.script("new").or(Remedy.advice("say with -f where the file is")));
    }

    /** Checks the whole file, and fails with all its problems. */
    public static Environments load(Path file) {
        return load(file, System.getenv());
    }

    static Environments load(Path file, Map<String, String> variables) {
        var name = file.getFileName() == null ? file.toString() : file.getFileName().toString();
        var problems = new Problems(name);
        var root = YamlReader.of(read(file, name, problems), "", problems);
        var layers = Layers.of(root, name, problems);
        var environments = new Environments(file.toAbsolutePath().normalize(), variables, layers);
        new Validator(Layers.SHARED, layers.shared(), environments.folder(), problems).run();
        layers.names().forEach(each -> environments.review(each, Map.of(), problems).run());
        problems.raise();
        return environments;
    }

    private static String read(Path file, String name, Problems problems) {
        try {
            var text = YamlSource.text(file, problems);
            problems.raise();
            return text;
        } catch (IOException e) {
            throw Files.isDirectory(file) ? Failure.usage(file.toString(), "is a folder") : Failure.unreadable(file, e);
        }
    }

    private Validator review(String name, Map<Key<?>, Entry> set, Problems problems) {
        return new Validator(name, layers.merged(name, set), folder(), problems);
    }

    public List<String> names() {
        return layers.names();
    }

    public Path file() {
        return file;
    }

    public Path folder() {
        return file.getParent();
    }

    /** What is allowed, and should not be so. */
    public List<String> warnings() {
        return names().stream().flatMap(name -> review(name, Map.of(), null).warnings().stream()).toList();
    }

    /** @param set values that win over the file's, checked as those are */
    public Environment environment(String name, Map<String, String> set) {
        if (!names().contains(name)) {
            throw Failure.usage(file.getFileName().toString(), "no environment " + Problems.quoted(name)
                    + Suggestion.of(name, names()) + "; there are " + String.join(", ", names()));
        }
        var problems = new Problems(Layers.SET);
        var over = new Overrides(layers.merged(name, Map.of()), problems).entries(set);
        review(name, over, problems).run();
        problems.raise();
        return new Environment(name, file, layers.merged(name, over), variables);
    }
}
