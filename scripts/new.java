///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Writes a project's first environments.yml, and debian/ if there is none.

import dragonfab.recipe.Run;
import dragonfab.recipe.Script;
import dragonfab.scaffold.ProjectScaffolder;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "new", description = {"Writes a project's first environments.yml, and debian/ if there is none.",
    "A Python project with requirements is a site, and needs no debian/. Another Django project gets a package with gunicorn, systemd, nginx and debconf; a Procfile, or a WSGI or ASGI"
            + " application, a service for each process. Any other gets one that installs its files.",
    "Nothing that is there is overwritten."})
class New extends Script {
    @Parameters(index = "0", arity = "0..1", paramLabel = "DIR", description = "The project (default: this folder).")
    Path folder = Path.of(".");

    public static void main(String... args) {
        System.exit(new New().start(args));
    }

    /** There is none yet. */
    @Override
    protected String environment() {
        return null;
    }

    @Override
    protected void steps(Run run) {
        ProjectScaffolder.of(run, folder.toAbsolutePath().normalize()).write();
    }
}
