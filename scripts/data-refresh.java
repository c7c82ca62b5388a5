///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Brings the media of one environment to another.

import dragonfab.config.Key;
import dragonfab.media.MediaRefresh;
import dragonfab.recipe.NamedEnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.recipe.WholeNumber;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "data-refresh", description = {"Brings the media of one environment to all targets of another.",
    "Only what differs travels, by way of this machine; with -n it is listed."})
class DataRefresh extends NamedEnvironmentScript {
    @Option(names = "--from", paramLabel = "ENV", description = "The environment to take from (default: clone_from).")
    String from;

    @ArgGroup(exclusive = false)
    Deletion deletion;

    static class Deletion {
        @Option(names = "--delete", required = true, description = "Delete what the source does not have.")
        boolean delete;

        @Option(names = "--max-delete", required = true, paramLabel = "N", converter = WholeNumber.NoneOrMore.class,
                description = "Refuse, before anything is deleted, if that is more than N files of a target.")
        int most;
    }

    public static void main(String... args) {
        System.exit(new DataRefresh().start(args));
    }

    @Override
    protected void steps(Run run) {
        var source = from != null ? from
                : run.environment().require(Key.CLONE_FROM, "data-refresh without --from");
        MediaRefresh.of(run, run.other(source), deletion == null ? null : deletion.most).perform();
    }
}
