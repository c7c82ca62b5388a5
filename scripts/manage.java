///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-lib:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Runs the application's management tool on the first target.

import dragonfab.app.Application;
import dragonfab.recipe.NamedEnvironmentScript;
import dragonfab.recipe.Run;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "manage", description = {
    "Runs the application's management tool on the first target: manage staging -- createsuperuser",
    "It runs as app_user in remote_path with app_env, and at a terminal it may ask."})
class Manage extends NamedEnvironmentScript {
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "ARGUMENT", description = "Its arguments, behind --.")
    List<String> arguments;

    public static void main(String... args) {
        System.exit(new Manage().start(args));
    }

    @Override
    protected void steps(Run run) {
        var remote = run.first();
        var application = Application.of(run.at(remote));
        var title = "manage " + String.join(" ", arguments);
        if (run.dry() || !run.consent().attended()) {
            run.report().single(true);
            remote.relay(title, application.manage(arguments));
            return;
        }
        var lent = remote.read(application.lend());
        remote.converse(title, application.manageAtTerminal(lent, arguments));
    }
}
