package dragonfab.release.deb;

import dragonfab.config.Conffiles;
import java.util.Optional;

/**
 * What dpkg does with one conffile of a package, by its own rules and by what the environment wants of it.
 *
 * @param old    its MD5 as the installed package brought it; null where it brought none
 * @param disk   its MD5 as it lies there, or "gone"
 * @param coming its MD5 in the new package; null where the new package has none
 */
record ConffileOutcome(String old, String disk, String coming) {
    private static final String UNKNOWN = "newconffile";

    /** Nothing where nothing happens, and nothing was changed on the host. */
    Optional<String> told(Conffiles wanted, boolean unwanted) {
        boolean gone = disk.equals(HostPackages.GONE);
        boolean edited = old != null && !old.equals(UNKNOWN) && !old.equals(disk);
        if (coming == null) {
            return gone ? Optional.empty() : Optional.of(!unwanted ? "is no longer in the package: stays on the host"
                    : "the package takes it away"
                            + (edited ? ", and the host's lies beside its place as .dpkg-old" : ""));
        }
        if (coming.equals(disk)) {
            return Optional.empty();
        }
        if (old == null || old.equals(UNKNOWN)) {
            return Optional.of(gone ? "is new" : "is there already, and not from the package: " + conflict(wanted));
        }
        if (!edited) {
            return Optional.of("becomes that of the new package");
        }
        if (gone) {
            return Optional.of("deleted on the host: " + (!coming.equals(old) && wanted == Conffiles.NEW
                    ? "that of the new package comes" : "stays deleted"));
        }
        return Optional.of("changed on the host" + (coming.equals(old) ? ", and not by the new package: stays"
                : " and by the new package: " + conflict(wanted)));
    }

    private static String conflict(Conffiles wanted) {
        return wanted == Conffiles.NEW ? "is replaced, and the host's lies beside it as .dpkg-old"
                : "stays, and the package's lies beside it as .dpkg-dist";
    }
}
