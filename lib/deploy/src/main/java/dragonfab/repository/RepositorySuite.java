package dragonfab.repository;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.deb.DebPackage;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.KeyedLines;
import dragonfab.state.Artifact;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import dragonfab.target.DryRunStop;
import dragonfab.target.Remote;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The suite of the apt repository that targets pull from, as its own machine says over SSH; nothing is changed there.
 */
public final class RepositorySuite {
    private static final String STALE = "stale ";
    private static final String EARLY = "early ";

    private final Run run;
    private final Environment environment;
    private final AptRepository repository;
    private final Remote machine;
    private final SuiteFacts facts;

    private RepositorySuite(Run run, Environment environment) {
        this.run = run;
        this.environment = environment;
        this.repository = AptRepository.of(environment);
        this.machine = RepositoryMachine.existing(run);
        this.facts = SuiteFacts.of(machine.read(repository.facts(List.of())).lines().toList());
    }

    public static RepositorySuite of(Run run) {
        return new RepositorySuite(run, run.environment());
    }

    /** That of another environment, in the same repository. */
    public static RepositorySuite of(Run run, Environment other) {
        return new RepositorySuite(run, other);
    }

    /** The package of that name that was published last. */
    public DebPackage newest(String name) {
        return facts.newest(name).map(this::here).orElseThrow(() -> missing(name));
    }

    /** Of a file by its name. */
    public DebPackage file(Path file) {
        return here(published(file));
    }

    /** The published package, if it is there with those bytes. */
    public Optional<DebPackage> file(String name, String sha256) {
        return facts.file(name).filter(published -> published.sha256().equals(sha256)).map(this::here);
    }

    /** The package, and what the suite has of that version and commit for other architectures. */
    public List<DebPackage> builds(DebPackage deb) {
        return Stream.concat(Stream.of(deb), facts.others(published(deb.file())).map(this::here)).toList();
    }

    private DebPackage here(PublishedPackage published) {
        return published.in(run.environment().get(Key.PACKAGE_DIR));
    }

    /** Refuses a package that is not there, whole and with the same bytes. */
    public RepositorySuite require(DebPackage deb) {
        for (var file : deb.files()) {
            published(file);
        }
        if (!checksum(deb.file()).equals(deb.sha256())) {
            throw Failure.refused(machine.name(), deb.file().getFileName() + " was published in "
                    + repository.suite() + " with other bytes: " + deb.file() + " is not what targets would get");
        }
        return this;
    }

    public String checksum(Path file) {
        return published(file).sha256();
    }

    private PublishedPackage published(Path file) {
        var name = DebPackage.nameOf(file);
        return facts.file(name).orElseThrow(() -> missing(name));
    }

    private RuntimeException missing(String what) {
        var place = machine.name();
        if (run.dry()) {
            return new DryRunStop(what + " would be pulled from the suite " + repository.suite() + " of " + place
                    + ", where deb-publish has to put it first");
        }
        return Failure.refused(place, what + " is not in the suite " + repository.suite()
                + (facts.unread().isEmpty() ? "" : ", which no target would read: " + facts.unread()))
                .remedy(Remedy.script("deb-publish", environment.name()));
    }

    /** What a target's apt has to be told of it; refused where apt could read no source at all then. */
    public AptSource source(Remote remote, TargetState state) {
        var trial = repository.trial(state, facts.key());
        var answer = remote.ask(trial);
        var said = new KeyedLines(answer.lines());
        var apt = answer.ok() ? said.all("apt") : (answer.out() + answer.err()).lines().toList();
        if (!answer.ok() || !apt.isEmpty()) {
            throw Failure.refused(remote.name(), "its apt could read no source at all with " + repository.url() + " "
                    + repository.suite()).of(trial.brief(), apt)
                    .remedy("mend what apt names there, below /etc/apt/sources.list.d");
        }
        return new AptSource("have apt know the suite " + repository.suite(), repository.share(state, facts.key()),
                said.value("shared").isPresent(), said.value("broken").isPresent());
    }

    /** Has the target's apt bring what is not kept there yet. */
    public void pull(DebPackage deb, Remote remote, TargetState state, TargetFacts kept) {
        var wanted = deb.files().stream().map(this::published)
                .filter(each -> !kept.keeps(new Artifact(each.file(), each.sha256()))).toList();
        deb.files().stream().map(this::published).filter(each -> !wanted.contains(each))
                .forEach(each -> remote.unchanged("pull " + each.file(), "it is there already"));
        if (wanted.isEmpty()) {
            return;
        }
        var said = remote.run("pull " + String.join(", ", wanted.stream().map(PublishedPackage::file).toList()),
                repository.pull(state, facts.key(), wanted), out -> !out.startsWith(STALE) && !out.startsWith(EARLY));
        if (said.startsWith(STALE)) {
            throw Failure.refused(remote.name(), repository.url() + " is stale: " + why(said, STALE))
                    .remedy("have " + repository.url() + " brought up to date, or name another as repository_url");
        } else if (said.startsWith(EARLY)) {
            throw Failure.refused(remote.name(), "by its clock the time of " + repository.url() + " is still to come: "
                    + why(said, EARLY)).remedy(Remedy.script("doctor", environment.name()));
        }
    }

    private static String why(String said, String key) {
        return said.lines().findFirst().orElse("").substring(key.length());
    }
}
