package dragonfab.release.site;

import dragonfab.config.BuildPlace;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.PythonApp;
import dragonfab.config.ScriptName;
import dragonfab.config.SiteName;
import dragonfab.deb.BuiltWith;
import dragonfab.deb.DebPackage;
import dragonfab.deb.DebVersion;
import dragonfab.deb.PackageBuild;
import dragonfab.deb.ProjectSource;
import dragonfab.deb.TargetMachine;
import dragonfab.files.Checksum;
import dragonfab.python.DjangoSettings;
import dragonfab.python.Requirements;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The project's site on this machine: what would be built now, and what is built. */
public final class SitePackages {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd.HHmmss");
    private static final List<String> DRIVERS = List.of("psycopg", "psycopg-binary", "psycopg2", "psycopg2-binary",
            "asyncpg", "pg8000");
    private static final int LONG = 10;

    private final Run run;
    private final Environment environment;
    private final ProjectSource source;
    private final SiteName site;
    private final PythonApp app;
    private Requirements requirements;
    /** Null until somebody asks: the first deploy makes its container after this. */
    private TargetMachine machine;

    private SitePackages(Run run, ProjectSource source) {
        this.run = run;
        this.environment = run.environment();
        this.source = source;
        this.app = environment.require(Key.APP, "site-build");
        this.site = SiteName.of(environment.application("site-build"));
        this.requirements = Requirements.of(source::text, environment.find(Key.REQUIREMENTS)
                .map(path -> environment.folder().relativize(path)), "local");
    }

    /**
     * Work that is not committed is refused, unless it was asked for.
     *
     * @param revision a tag, branch or commit; null for what is checked out
     */
    public static SitePackages of(Run run, boolean dirty, String revision) {
        requireContainer(run.environment());
        return new SitePackages(run, ProjectSource.of(run, dirty, revision, ScriptName.SITE_BUILD));
    }

    /** What is built at its final path would overwrite what serves from there, or lie on a machine that is not to get it. */
    static void requireContainer(Environment environment) {
        var place = environment.get(Key.BUILD);
        if (place == BuildPlace.HOST || place == BuildPlace.TARGET) {
            throw Failure.usage("environments.yml", environment.name() + ": a site is built in a container alone")
                    .remedy("leave build out of environments.yml");
        }
    }

    Run run() {
        return run;
    }

    ProjectSource source() {
        return source;
    }

    SiteName site() {
        return site;
    }

    Requirements requirements() {
        return requirements;
    }

    /** What the build container has to have. */
    public SiteRoom room() {
        return new SiteRoom(site.software(), envPackages());
    }

    /** Whether the lock has to be made first. */
    boolean needsLock() {
        return requirements.lock().isEmpty();
    }

    /** Has the lock made anew, where it is one of ours. */
    public void relock() {
        if (requirements.isForeign()) {
            throw Failure.usage("--relock", requirements.file() + " is locked by the tool that wrote it");
        }
        requirements = new Requirements(requirements.file(), requirements.text(), Optional.empty());
    }

    /** From now on it is built of this lock. */
    void locked(String lock) {
        requirements = requirements.locked(lock);
    }

    /** What serves the application, which a lock of ours gets and another has to have. */
    List<String> server() {
        return List.of(app.by() == PythonApp.Interface.ASGI ? "uvicorn" : "gunicorn");
    }

    void requireServer() {
        server().forEach(name -> requirements.require(name, "local"));
    }

    List<String> envPackages() {
        return packages(Key.ENV_PACKAGES, "venv-debian-requirements.txt");
    }

    List<String> srcPackages() {
        return packages(Key.SRC_PACKAGES, "src-debian-requirements.txt");
    }

    private List<String> packages(Key<List<String>> key, String file) {
        return Stream.concat(environment.get(key).stream(), source.text(file).stream().flatMap(String::lines)
                .map(line -> line.replaceFirst("#.*", "").strip()).filter(line -> !line.isEmpty()))
                .sorted().distinct().toList();
    }

    String envHash() {
        return requirements.hash(envPackages(), machine().toString());
    }

    /** Bytecode is a Python's, and so its sources are a Debian release's. */
    String srcHash() {
        return Checksum.of(source.content() + "\n" + String.join(" ", srcPackages()) + "\n" + machine().suite())
                .substring(0, LONG);
    }

    private String folder() {
        var folder = environment.folder().relativize(environment.get(Key.DJANGO_PROJECT)).toString();
        return folder.equals(".") ? "" : folder;
    }

    /** Django's settings module; empty for what is no Django project. */
    Optional<String> settings() {
        if (!app.isDjango()) {
            return Optional.empty();
        }
        var manage = folder().isEmpty() ? "manage.py" : folder() + "/manage.py";
        return Optional.of(environment.find(Key.SETTINGS)
                .or(() -> source.text(manage).flatMap(DjangoSettings::namedBy))
                .orElseThrow(() -> Failure.usage("local", "no DJANGO_SETTINGS_MODULE in " + manage
                        + ": nothing says which settings the site has")
                        .remedy("settings: MODULE in environments.yml")));
    }

    SiteFiles files() {
        var roots = new ArrayList<>(List.of(folder()));
        if (folder().isEmpty() && source.text("src/__init__.py").isEmpty()
                && source.text("pyproject.toml").isPresent()) {
            roots.add("src");
        }
        return new SiteFiles(site, environment, envHash(), srcHash(), settings(), folder(), roots, hasDatabase(),
                source.commit());
    }

    private boolean hasDatabase() {
        return SiteDatabase.isOnHost(environment)
                && DRIVERS.stream().anyMatch(requirements::has);
    }

    /** Outside git, or with what is not committed, now. */
    long epoch() {
        return source.dirty() ? Instant.now().getEpochSecond()
                : source.time().orElseGet(() -> Instant.now().getEpochSecond());
    }

    /** Sorts by the commit's time; of two that differ in anything, no two are the same. */
    public DebVersion version(SiteFiles files) {
        var content = files.of("").stream().map(SiteFiles.File::line).toList();
        return new DebVersion(TIME.format(Instant.ofEpochSecond(epoch()).atOffset(ZoneOffset.UTC))
                + (source.commit().isEmpty() ? "" : ".g" + source.commit().substring(0, 7))
                + "." + Checksum.of(String.join("", content)).substring(0, 6) + (source.dirty() ? ".dirty" : ""));
    }

    String file(String name, String architecture) {
        return name + "_1_" + architecture + ".deb";
    }

    String envName() {
        return site.software() + "-env-" + envHash();
    }

    String srcName() {
        return site.software() + "-src-" + srcHash();
    }

    /** Of the environment, as it was built here before. */
    Optional<DebPackage> builtEnv() {
        return whole(file(envName(), machine().architecture()));
    }

    Optional<DebPackage> builtSrc() {
        return whole(file(srcName(), "all"));
    }

    private Optional<DebPackage> whole(String name) {
        var file = environment.get(Key.PACKAGE_DIR).resolve(name);
        // The manifest is written last, and without one a file may be half of what it should be.
        return Files.exists(file) && Files.exists(manifest(file)) ? Optional.of(DebPackage.of(file))
                .filter(DebPackage::intact) : Optional.empty();
    }

    private static Path manifest(Path file) {
        return file.resolveSibling(file.getFileName() + ".json");
    }

    /** The site that this very build would make again, whole with its environment and sources. */
    public Optional<DebPackage> built() {
        if (needsLock() || source.dirty() || source.commit().isEmpty()) {
            return Optional.empty();
        }
        var version = version(files());
        return DebPackage.all(environment.get(Key.PACKAGE_DIR), site.toString()).stream()
                .filter(deb -> deb.version().equals(version) && Files.exists(manifest(deb.file())))
                .filter(DebPackage::intact).findFirst();
    }

    BuiltWith with() {
        return new BuiltWith(machine().suite(), machine().architecture(), Map.of());
    }

    /** Whether the first target can be asked what it is; its container may not be made yet. */
    boolean isTargetThere() {
        try {
            machine();
            return true;
        } catch (Failure notYet) {
            return false;
        }
    }

    TargetMachine machine() {
        if (machine == null) {
            var asked = environment.targets().isEmpty() ? run.here()
                    : run.places().existing(run.allTargets().wanted().get(0));
            machine = TargetMachine.of(asked.read(TargetMachine.question()), environment.find(Key.BUILD_SUITE));
        }
        return machine;
    }

    /** What is built or was, for the scripts behind. */
    public void pass(DebPackage built) {
        run.pass(PackageBuild.CURRENT, built);
    }
}
