///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Puts the site into maintenance, or takes it out.

import dragonfab.recipe.NamedEnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.web.MaintenanceMode;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "web-mode", description = "Puts the site into maintenance, or takes it out.")
class WebMode extends NamedEnvironmentScript {
    enum Mode {
        MAINTENANCE, LIVE, STATUS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "1", paramLabel = "maintenance|live|status",
            description = "What visitors are to see, or a table of what they see.")
    Mode mode;

    @Option(names = "--message", paramLabel = "TEXT",
            description = "What visitors read during maintenance, and status shows.")
    String message;

    public static void main(String... args) {
        System.exit(new WebMode().start(args));
    }

    @Override
    protected boolean onlyReads() {
        return mode == Mode.STATUS;
    }

    @Override
    protected void steps(Run run) {
        var sites = MaintenanceMode.of(run);
        if (mode == Mode.MAINTENANCE) {
            sites.close(message);
        } else if (mode == Mode.LIVE) {
            sites.open();
        } else {
            sites.show();
        }
    }
}
