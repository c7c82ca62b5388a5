package dragonfab.release.deb;

import dragonfab.release.AptGuard;
import dragonfab.release.Place;
import dragonfab.report.Failure;
import dragonfab.report.HumanUnits;
import dragonfab.report.LongList;
import dragonfab.report.Remedy;
import dragonfab.shell.KeyedLines;
import dragonfab.state.ReleaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Refuses what apt could not install as the target stands, and what would overwrite the work of others, before anything
 * is touched and with what would help.
 */
final class InstallGuard {
    private InstallGuard() {
    }

    /**
     * By apt's word, which installs nothing, and by the room that there is.
     *
     * @return whether the files bring something that is started
     */
    static boolean requireReady(Place place, String what, ReleaseId release) {
        if (place.remote().dry() && what.equals("coming")) {
            return true;
        }
        var question = new DebCommands(place.state()).ready(what, release, place.facts(),
                place.environment());
        var answer = place.remote().ask(question);
        var said = new KeyedLines(answer.lines());
        var held = said.all("held");
        var apt = said.all("apt");
        if (!held.isEmpty()) {
            throw AptGuard.refused(place,
                    "held there, and in the way of " + place.state().name() + " " + release.version()
                            + ": " + LongList.of(held),
                    Stream.concat(Stream.of("apt-mark", "unhold"), held.stream()).toList());
        }
        if (!answer.ok() || !apt.isEmpty()) {
            var failure = Failure.refused(place.remote().name(), "apt refuses " + place.state().name() + " "
                    + release.version()).of(question.brief(), answer.ok() ? apt
                            : (answer.out() + answer.err()).lines()
                                    .toList());
            throw said.filled("fixable").isPresent()
                    ? failure.remedy(AptGuard.typed(place, List.of("apt-get", "-y", "-f", "install"))) : failure;
        }
        requireRoom(place, release, said);
        requireNoEdits(place, release, said);
        return said.filled("starts").isEmpty();
    }

    private static void requireNoEdits(Place place, ReleaseId release, KeyedLines said) {
        var stays = said.all("stays");
        if (!stays.isEmpty()) {
            place.remote().note("changed there, and stays: " + LongList.of(stays));
        }
        var deleted = said.all("deleted");
        if (!deleted.isEmpty()) {
            place.remote().note("deleted there, and comes back if it is in the package: " + LongList.of(deleted));
        }
        var edited = said.all("edited");
        if (edited.isEmpty()) {
            return;
        }
        var what = "edited there, and lost with " + release.version() + ": " + LongList.of(edited);
        if (!place.overwritesDrift()) {
            throw Failure.refused(place.remote().name(), what).remedy(Remedy.again("--overwrite-drift"));
        }
        place.remote().warn(what);
    }

    private static void requireRoom(Place place, ReleaseId release, KeyedLines said) {
        var lacks = new ArrayList<String>();
        long missing = 0;
        for (var line : said.all("room")) {
            var part = words(place, line);
            lacks.add(part[0] + " has " + kilobytes(part[2]) + " free of the " + kilobytes(part[1]) + " needed");
            missing = Math.max(missing, Long.parseLong(part[1]) - Long.parseLong(part[2]));
        }
        for (var line : said.all("inodes")) {
            var part = words(place, line);
            lacks.add(part[0] + " has " + part[2] + " inodes free of the " + part[1] + " needed");
        }
        if (lacks.isEmpty()) {
            return;
        }
        var failure = Failure.refused(place.remote().name(), "no room for " + place.state().name() + " "
                + release.version() + ": " + String.join(", ", lacks));
        throw missing > 0 && number(said, "cached") > missing ? failure
                .remedy(AptGuard.typed(place, List.of("apt-get", "clean")))
                : missing > 0 && number(said, "logged") > missing
                        ? failure.remedy(AptGuard.typed(place, List.of("journalctl", "--vacuum-size=16M")))
                : failure;
    }

    private static long number(KeyedLines said, String key) {
        return said.filled(key).map(KeyedLines::number).orElse(OptionalLong.empty()).orElse(0);
    }

    /** A mount point, what is needed, and what there is. */
    private static String[] words(Place place, String line) {
        var part = line.split(" ");
        if (part.length != 3 || KeyedLines.number(part[1]).isEmpty() || KeyedLines.number(part[2]).isEmpty()) {
            throw Failure.refused(place.remote().name(), "it does not say how much room there is: " + line);
        }
        return part;
    }

    private static String kilobytes(String number) {
        return HumanUnits.bytes(Long.parseLong(number) * 1024);
    }
}
