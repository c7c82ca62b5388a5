package dragonfab.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The library and the scripts as they were compiled, and what their packages name of each other. */
final class Code {
    static final Path HOME = Path.of(System.getProperty("dragonfab.home"));
    static final JavaClasses CLASSES = new ClassFileImporter().importPaths(
            Stream.of("lib/kernel", "lib/deploy", "scripts").map(each -> HOME.resolve(each).resolve("target/classes"))
                    .toList());

    private static final String ROOT = "dragonfab.";

    private Code() {
    }

    /** As {@link Packages} has it. */
    static String packageOf(JavaClass type) {
        var name = type.getPackageName();
        return name.isEmpty() ? Packages.SCRIPTS : name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    }

    static String jarOf(JavaClass type) {
        var folder = type.getSource().orElseThrow().getUri().getPath();
        return Stream.of(Packages.KERNEL, Packages.DEPLOY).filter(jar -> folder.contains("/lib/" + jar + "/target/"))
                .findFirst().orElse(Packages.SCRIPTS);
    }

    static boolean isOurs(JavaClass type) {
        return type.getPackageName().isEmpty() || type.getPackageName().startsWith(ROOT);
    }

    /** Of each package of ours the others of ours, each with the places that name it. */
    static Map<String, Map<String, List<Dependency>>> imports() {
        var imports = new TreeMap<String, Map<String, List<Dependency>>>();
        dependencies(dependency -> isOurs(dependency.getOriginClass()) && isOurs(target(dependency))
                && !target(dependency).isPrimitive()).forEach(dependency -> {
                    var from = packageOf(dependency.getOriginClass());
                    var to = packageOf(target(dependency));
                    var places = imports.computeIfAbsent(from, none -> new TreeMap<>());
                    if (!from.equals(to)) {
                        places.computeIfAbsent(to, none -> new ArrayList<>()).add(dependency);
                    }
                });
        return imports;
    }

    static Stream<Dependency> dependencies(Predicate<Dependency> which) {
        return CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream()).filter(which).sorted();
    }

    /** What is named, be it as an array. */
    static JavaClass target(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType();
    }

    /** Its name without "dragonfab." and without what it holds, as Input for a class in Input. */
    static String outermost(JavaClass type) {
        var name = type.getName().replaceFirst("[$\\[].*", "");
        return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    }

    /** All files below some folders of the project but what was built; one package is called target too. */
    static List<Path> sources(String... folders) {
        var found = new TreeSet<Path>();
        for (var folder : folders) {
            try (var files = Files.walk(HOME.resolve(folder))) {
                files.filter(file -> !HOME.relativize(file).toString().matches("(lib/\\w+|scripts|tests)/target/.*"))
                        .filter(Files::isRegularFile).forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(found);
    }

    static String lines(Stream<String> broken) {
        return String.join("\n", broken.distinct().toList());
    }
}
