package dragonfab.release;

import dragonfab.report.Failure;
import dragonfab.report.LongList;
import dragonfab.report.Remedy;
import java.util.ArrayList;
import java.util.List;

/** Refuses what a target's apt could install nothing beside, with the command that helps, before anything is touched. */
public final class AptGuard {
    private static final List<String> FINISH = List.of("sh", "-c",
            "dpkg --force-confdef --force-confold --configure -a; apt-get -y -f install");

    private AptGuard() {
    }

    /** By what the target answered when the lock was taken. */
    public static void requireSane(Place place) {
        var said = place.facts().said();
        var broken = place.facts().inTheWay();
        if (!broken.isEmpty()) {
            throw refused(place, "dpkg has not finished with others, and nothing can be installed before: "
                    + LongList.of(broken), FINISH);
        }
        if (said.filled("held").isPresent()) {
            throw refused(place, place.state().name() + " is held there, so nothing may be installed over it",
                    List.of("apt-mark", "unhold", place.state().name()));
        }
    }

    /** A file that found no room has touched nothing. */
    public static Failure lackOfRoom(Place place, Failure failure) {
        return failure.tail().stream().noneMatch(line -> line.contains("No space left on device")) ? failure
                : Failure.refused(failure.place(), "no room for " + place.state().name() + " on /var/lib/dragonfab: "
                        + failure.getMessage()).of(failure.command(), failure.tail())
                        .remedy(typed(place, List.of("apt-get", "clean")));
    }

    /** @param command that helps there */
    public static Failure refused(Place place, String why, List<String> command) {
        return Failure.refused(place.remote().name(), why).remedy(typed(place, command));
    }

    /** As a person types it. */
    public static Remedy typed(Place place, List<String> command) {
        var words = new ArrayList<>(List.of(place.environment().name()));
        if (place.run().allTargets().wanted().size() > 1) {
            words.addAll(List.of("--host", place.remote().name()));
        }
        words.addAll(List.of("--sudo", "--"));
        words.addAll(command);
        return Remedy.script("run", words.toArray());
    }
}
