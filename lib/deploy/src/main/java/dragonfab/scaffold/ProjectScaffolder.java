package dragonfab.scaffold;

import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Outcome;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZonedDateTime;
import java.util.List;

/** A project's first files, written into its folder; nothing that is there is touched, and all is looked at first. */
public final class ProjectScaffolder {
    private static final String RESULTS = "dist/";

    private final Run run;
    private final Project project;

    private ProjectScaffolder(Run run, Project project) {
        this.run = run;
        this.project = project;
    }

    public static ProjectScaffolder of(Run run, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw Failure.usage(folder.toString(), "is no folder");
        }
        return new ProjectScaffolder(run, Project.in(folder));
    }

    public void write() {
        var template = new ProjectTemplate(project, maintainer(), ZonedDateTime.now(),
                run.report().shared(Remedy.script("env", "lxc")));
        var drafts = template.files();
        for (var draft : drafts) {
            if (Files.exists(project.folder().resolve(draft.file()))) {
                throw Failure.refused("local", project.folder().resolve(draft.file()) + " is there already");
            }
        }
        if (project.hasPackaging()) {
            run.here().unchanged("write debian/", "it is there already");
        }
        // Asked while debian/ is not written yet.
        boolean startsNothing = template.startsNothing();
        drafts.forEach(this::write);
        ignoreResults();
        project.site().flatMap(app -> project.productionSettings()).ifPresent(settings -> run.report().note("local",
                "settings: " + settings + ", and not those that manage.py names (" + project.settings() + ")"));
        if (startsNothing) {
            run.report().warn("local", "the package brings the files of " + project.name()
                    + " and starts nothing: there"
                    + " is no Procfile with a line such as web: COMMAND, and beside a requirements.txt no Python"
                    + " application in app.py, main.py, wsgi.py or asgi.py. To have it started, write a Procfile, take"
                    + " environments.yml and debian/ away, and run this again");
        }
    }

    /** As Debian's own tools ask: the variables, then git. */
    private String maintainer() {
        var name = asked("DEBFULLNAME", "user.name", project.name() + " maintainers");
        return name + " <" + asked("DEBEMAIL", "user.email", project.name() + "@example.org") + ">";
    }

    private String asked(String variable, String key, String otherwise) {
        var answer = run.here().ask(Command.script("printenv \"$1\" || git -C \"$2\" config \"$3\"", variable,
                project.folder(), key));
        return answer.ok() && !answer.text().isBlank() ? answer.text() : otherwise;
    }

    private void write(ProjectTemplate.Draft draft) {
        changing("write " + draft.file(), () -> {
            var file = project.folder().resolve(draft.file());
            Files.createDirectories(file.getParent());
            Files.writeString(file, draft.text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (draft.executable()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        });
    }

    /** Built packages do not belong into git. */
    private void ignoreResults() {
        if (!run.here().succeeds(Command.of("git", "-C", project.folder(), "rev-parse", "--is-inside-work-tree"))) {
            return;
        }
        var file = project.folder().resolve(".gitignore");
        var text = read(file);
        if (text.lines().map(String::strip).anyMatch(List.of("dist", RESULTS, "/dist", "/" + RESULTS)::contains)) {
            run.here().unchanged("keep " + RESULTS + " out of git", "it is in .gitignore");
            return;
        }
        changing("keep " + RESULTS + " out of git", () -> Files.writeString(file,
                (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + RESULTS + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.APPEND));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw Failure.failed("local", file + " cannot be read: " + e.getMessage());
        }
    }

    private void changing(String title, Writing writing) {
        var step = run.report().begin("local", title);
        if (run.dry()) {
            step.done(Outcome.PLANNED);
            return;
        }
        try {
            writing.write();
        } catch (IOException e) {
            step.done(Outcome.FAILED);
            throw Failure.failed("local", title + ": " + e.getMessage());
        }
        step.done(Outcome.CHANGED);
    }

    /** Something done to a file. */
    private interface Writing {
        void write() throws IOException;
    }
}
