package dragonfab.release.deb;

import dragonfab.config.Environment;
import dragonfab.config.InstallFrom;
import dragonfab.config.Key;
import dragonfab.config.Target;
import dragonfab.deb.DebPackage;
import dragonfab.deb.Debconf;
import dragonfab.deb.PackageBuild;
import dragonfab.files.TextFile;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.repository.RepositorySuite;
import dragonfab.state.ReleaseId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Which package a run is to bring to its targets or to the repository, and with which debconf answers. */
public final class PackageChoice {
    private PackageChoice() {
    }

    /** As {@link #toPublish} chooses; or what targets would pull, where that lies only in the repository. */
    public static DebPackage toDeploy(Run run, Path file) {
        var environment = run.environment();
        if (environment.get(Key.INSTALL_FROM) != InstallFrom.REPOSITORY) {
            return toPublish(run, file);
        }
        if (file != null) {
            return Files.exists(file) ? toPublish(run, file) : ours(environment, RepositorySuite.of(run).file(file));
        }
        var name = environment.require(Key.PACKAGE_NAME, "deb-deploy");
        boolean built = run.passed(PackageBuild.CURRENT).isPresent()
                || !DebPackage.all(environment.get(Key.PACKAGE_DIR), name).isEmpty();
        return built ? toPublish(run, null) : RepositorySuite.of(run).newest(name);
    }

    /** A file that was named, what was built earlier in this run, or the newest in package_dir. */
    public static DebPackage toPublish(Run run, Path file) {
        var current = run.passed(PackageBuild.CURRENT);
        if (file == null && current.isPresent()) {
            return current.get();
        }
        var deb = file != null ? whole(run.environment(), DebPackage.of(file)) : newest(run.environment());
        deb.requirePackages();
        return ours(run.environment(), deb);
    }

    /** It, and what lies beside it for other architectures. */
    public static List<DebPackage> builds(Run run, DebPackage deb) {
        return deb.builds().stream().map(each -> each.equals(deb) ? deb : whole(run.environment(), each)).toList();
    }

    /** Another package would be installed beside what the environment is about, and watched over by nobody. */
    static DebPackage ours(Environment environment, DebPackage deb) {
        environment.find(Key.PACKAGE_NAME).filter(name -> !name.equals(deb.name())).ifPresent(name -> {
            throw Failure.usage(deb.file().toString(), "is the package " + deb.name() + ", and package_name of "
                    + environment.name() + " is " + name);
        });
        return deb;
    }

    private static DebPackage newest(Environment environment) {
        return whole(environment, DebPackage.newest(environment.get(Key.PACKAGE_DIR),
                environment.require(Key.PACKAGE_NAME, "deb-deploy")));
    }

    private static DebPackage whole(Environment environment, DebPackage deb) {
        if (!deb.intact()) {
            throw Failure.refused(deb.file().toString(),
                    "is not what was built: its checksum differs from the manifest")
                    .remedy(Remedy.script("deb-build", environment.name(), "--again"));
        }
        return deb;
    }

    /** The very package that a deploy left off: another build of that version would make another release. */
    static DebPackage again(Run run, ReleaseId left) {
        var environment = run.environment();
        var name = environment.require(Key.PACKAGE_NAME, "--resume");
        var folder = environment.get(Key.PACKAGE_DIR);
        return DebPackage.all(folder, name).stream()
                .filter(deb -> deb.version().text().equals(left.version()) && deb.intact())
                .filter(deb -> deb.checksums().equals(left.checksums()))
                .findFirst().or(() -> published(run, left))
                .orElseThrow(() -> Failure.refused(environment.name(), name + " " + left
                        + ", which was left off, is no longer in " + folder + " as it was installed")
                        .remedy("deploy without --resume, which brings what is there now to all targets"));
    }

    private static Optional<DebPackage> published(Run run, ReleaseId left) {
        return run.environment().get(Key.INSTALL_FROM) != InstallFrom.REPOSITORY || left.artifacts().isEmpty()
                ? Optional.empty() : RepositorySuite.of(run).file(left.files().get(0), left.checksums().get(0));
    }

    /** The debconf answers of each target by its name. */
    public static Map<String, List<Debconf.Answer>> answers(Run run) {
        var warned = ConcurrentHashMap.<String>newKeySet();
        run.allTargets().wanted().forEach(target -> readable(run.environment().at(target.name()), (place, question) -> {
            if (warned.add(question)) {
                run.report().warn(place, question + ": debconf keeps this answer where every user of the target can"
                        + " read it, for its type is not password");
            }
        }));
        return run.allTargets().wanted().stream().collect(Collectors.toMap(Target::name,
                target -> answers(run.environment().at(target.name()))));
    }

    /** Tells of each question whose answer is a secret, and is of a type that debconf does not keep as one. */
    private static void readable(Environment environment, BiConsumer<String, String> listener) {
        var secrets = new HashSet<String>();
        answers(environment, text -> {
            var written = environment.expand(text);
            if (environment.refersToSecret(text)) {
                secrets.add(written);
            }
            return written;
        }).stream().filter(answer -> answer.isReadable(secrets))
                .forEach(answer -> listener.accept(environment.get(Key.DEBCONF).toString(), answer.question()));
    }

    /** The debconf answers of one target; a file that is named and missing is an error. */
    static List<Debconf.Answer> answers(Environment environment) {
        return answers(environment, environment::expand);
    }

    private static List<Debconf.Answer> answers(Environment environment, UnaryOperator<String> expand) {
        var found = environment.file(Key.DEBCONF);
        if (found.isEmpty()) {
            return List.of();
        }
        var file = found.get();
        if (!Files.isReadable(file)) {
            throw Failure.usage("environments.yml", environment.name() + ".debconf: " + file + " cannot be read");
        }
        var answers = Debconf.read(file, TextFile.readLines(file), expand);
        answers.stream().filter(answer -> answer.type().equals("password"))
                .forEach(answer -> environment.hide(answer.value()));
        return answers;
    }
}
