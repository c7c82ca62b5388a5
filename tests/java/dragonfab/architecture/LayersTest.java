package dragonfab.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.ArchConfiguration;
import dragonfab.recipe.Run;
import dragonfab.target.Remote;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may import which: only downwards, without a circle, and just what {@link Packages} says. */
class LayersTest {
    /** Where a package may not know all of another: who, of which, and what. */
    private static final Map<String, List<String>> PARTS = """
            config  shell          : Plain PlatformEncoding Secret
            files   shell          : Input
            lxc     shell          : Command Result ShellScript
            app     shell          : Command Input Plain Secret ShellScript
            state   shell          : Command FileName Input KeyedLines Nested Plain Secret ShellScript
            recipe  shell.ssh      : Operator
            media   database.clone : ClonePolicy
            scripts shell          : Command Result
            scripts report         : Failure Remedy Report
            """.lines().map(line -> line.split(" +: ")).collect(Collectors.toMap(
            part -> part[0].replaceAll(" +", " "), part -> List.of(part[1].split(" "))));

    /** Also those that only the documentation needs, which no class file has. */
    private static final Pattern NAME = Pattern.compile("\\bdragonfab\\.([a-z.]+)\\.[A-Z*]");

    @Test
    void aPackageImportsWhatItsRowSaysAndNothingElse() {
        var broken = new ArrayList<String>();
        Code.imports().forEach((from, imports) -> imports.forEach((to, places) -> {
            if (!allowed(from).contains(to)) {
                places.forEach(place -> broken.add(from + " may not import " + to + ": " + place.getDescription()));
            }
        }));

        assertEquals("", Code.lines(broken.stream()));
    }

    @Test
    void aRowSaysNothingThatNoClassNeeds() {
        var imports = Code.imports();

        assertEquals("", Code.lines(Packages.all().stream().flatMap(row -> row.imports().stream()
                .filter(name -> !imports.getOrDefault(row.name(), Map.of()).containsKey(name))
                .map(name -> row.name() + " imports " + name + " no more: take it out of its row in Packages"))));
    }

    @Test
    void aRowImportsOnlyRowsAboveIt() {
        var above = new TreeSet<String>();
        var broken = new ArrayList<String>();
        for (var row : Packages.all()) {
            row.imports().stream().filter(name -> !above.contains(name))
                    .forEach(name -> broken.add(row.name() + " lies below " + name + " and would import it"));
            above.add(row.name());
        }

        assertEquals("", Code.lines(broken.stream()));
    }

    @Test
    void everyPackageHasARowAndASentenceAndLiesInItsJar() {
        var packages = Code.CLASSES.stream().filter(Code::isOurs).filter(type -> Packages.named(Code.packageOf(type))
                .filter(row -> row.jar().equals(Code.jarOf(type))).isEmpty()).map(type -> type.getName() + " lies in "
                        + Code.jarOf(type) + ", where no row of Packages has " + Code.packageOf(type))
                .sorted();
        var rows = Packages.all().stream().filter(row -> row.sentence().isEmpty())
                .map(row -> Code.HOME.relativize(row.sources()) + " has no package-info.java that says what it is");

        assertEquals("", Code.lines(Stream.concat(packages, rows)));
    }

    @Test
    void noPackagesImportEachOtherInACircle() {
        // One import closes dozens of circles: the first tells enough.
        ArchConfiguration.get().setProperty("cycles.maxNumberToDetect", "1");
        ArchConfiguration.get().setProperty("cycles.maxNumberOfDependenciesPerEdge", "2");

        slices().matching("dragonfab.(**)").should().beFreeOfCycles().check(Code.CLASSES);
    }

    @Test
    void theKernelKnowsNoFeature() {
        noClasses().that().resideInAnyPackage(names(Packages.KERNEL))
                .should().dependOnClassesThat().resideInAnyPackage(names(Packages.DEPLOY))
                .as("no class of the kernel should name a feature, for a recipe of a project's own takes its jar alone")
                .check(Code.CLASSES);
    }

    @Test
    void recordsAreValuesAndClassesAct() {
        noClasses().that().areRecords().should().dependOnClassesThat().belongToAnyOf(Remote.class, Run.class)
                .because("a record is a value: what asks or changes a target is a class").check(Code.CLASSES);
    }

    @Test
    void whereOnlyAPartIsOpenNothingElseIsNamed() {
        var broken = Code.dependencies(each -> true).flatMap(each -> {
            var from = Code.packageOf(each.getOriginClass());
            var to = Code.packageOf(Code.target(each));
            var part = PARTS.getOrDefault(from + " " + to, List.of()).stream().map(name -> to + "." + name).toList();
            return part.isEmpty() || part.contains(Code.outermost(Code.target(each))) ? Stream.empty()
                    : Stream.of(from + " may name only " + String.join(", ", part) + ": " + each.getDescription());
        });

        assertEquals("", Code.lines(broken));
    }

    @Test
    void whatOnlyTheDocumentationNamesIsInTheRowToo() {
        var broken = new ArrayList<String>();
        for (var row : Packages.all()) {
            Code.sources(Code.HOME.relativize(row.sources()).toString()).stream()
                    .filter(file -> file.getParent().equals(row.sources()) && file.toString().endsWith(".java"))
                    .forEach(file -> NAME.matcher(Packages.text(file)).results().map(name -> name.group(1))
                            .filter(name -> !name.equals(row.name()) && !row.imports().contains(name))
                            .forEach(name -> broken.add(Code.HOME.relativize(file) + " may not name " + name)));
        }

        assertEquals("", Code.lines(broken.stream()));
    }

    @Test
    void noFileLiesOutsideOfTheFolderOfItsFeature() {
        assertEquals("", Code.lines(Code.sources("lib", "tests/java").stream()
                .filter(file -> file.getParent().endsWith("dragonfab") || file.getParent().endsWith("java"))
                .map(file -> Code.HOME.relativize(file) + " lies in the folder of all features")));
    }

    private static List<String> allowed(String name) {
        return Packages.named(name).map(Packages.Row::imports).orElse(List.of());
    }

    private static String[] names(String jar) {
        return Packages.of(jar).stream().map(row -> "dragonfab." + row.name()).toArray(String[]::new);
    }

    /** There is a package of the name that Maven has for its results. */
    @Test
    void gitIgnoresNoFolderOfSources() throws IOException {
        var anywhere = Files.readAllLines(Code.HOME.resolve(".gitignore")).stream()
                .filter(line -> line.endsWith("/") && !line.startsWith("/")).toList();

        assertEquals(List.of("__pycache__/"), anywhere);
    }
}
