package dragonfab.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One deploy with one fault; the same seed and number give the same case.
 *
 * @param environment of {@link ShopSite}
 * @param line        strike when the client has said so many lines; 0 for a moment of time
 * @param moment      the part of a usual deploy's time after which the fault strikes
 */
record Case(int number, Shop shop, Fault fault, Shop.Kind kind, String environment, int line, double moment) {
    /** A deploy in maintenance says so many lines. */
    private static final int LINES = 14;

    /** All cases of the long form, in the order of their numbers. */
    static List<Case> all(long seed) {
        var cases = new ArrayList<Case>();
        ofPackages(cases, seed);
        ofFiles(cases, seed);
        ofOthers(cases, seed);
        return List.copyOf(cases);
    }

    /** What others do to a target, and what packages do to themselves; behind those before, whose numbers stay. */
    private static void ofOthers(List<Case> cases, long seed) {
        add(cases, seed, 16, Shop.DEB, Fault.INSTALL, Shop.Kind.GOOD);
        add(cases, seed, 4, Shop.DEB, Fault.INSTALL, Shop.Kind.BAD_POSTINST);
        add(cases, seed, 4, Shop.DEB, Fault.NONE, Shop.Kind.REBUILT);
        add(cases, seed, 6, Shop.DEB, Fault.INSTALL, Shop.Kind.REBUILT);
        add(cases, seed, 4, Shop.DEB, Fault.NONE, Shop.Kind.REBUILT_BAD);
        add(cases, seed, 6, Shop.DEB, Fault.CLIENT, Shop.Kind.REBUILT_BAD);
        add(cases, seed, 4, Shop.DEB, Fault.POWER, Shop.Kind.REBUILT_BAD);
        add(cases, seed, 4, Shop.DEB, Fault.NONE, Shop.Kind.REFUSES_DOWNGRADE);
        add(cases, seed, 4, Shop.DEB, Fault.CLIENT, Shop.Kind.REFUSES_DOWNGRADE);
        add(cases, seed, 4, Shop.DEB, Fault.NONE, Shop.Kind.LEAVES_PROCESS);
        add(cases, seed, 2, Shop.DEB, Fault.CLIENT, Shop.Kind.LEAVES_PROCESS);
        add(cases, seed, 4, Shop.DEB, Fault.NONE, Shop.Kind.NEVER_DONE);
        add(cases, seed, 2, Shop.DEB, Fault.INSTALL, Shop.Kind.NEVER_DONE);
        add(cases, seed, 4, Shop.DEB, Fault.HELD, Shop.Kind.GOOD);
        add(cases, seed, 4, Shop.DEB, Fault.OTHERS_HALF, Shop.Kind.GOOD);
        add(cases, seed, 3, Shop.DEB, Fault.MAX_SESSIONS, Shop.Kind.GOOD);
        add(cases, seed, 2, Shop.DEB, Fault.MAX_SESSIONS, Shop.Kind.ERROR_500);
        for (var shop : List.of(Shop.DEB, Shop.FILES)) {
            add(cases, seed, 4, shop, Fault.SUSPENDED, Shop.Kind.GOOD);
            add(cases, seed, 3, shop, Fault.CLOCK, Shop.Kind.GOOD);
            add(cases, seed, 2, shop, Fault.CLOCK, Shop.Kind.NO_START);
            add(cases, seed, 2, shop, Fault.FOREIGN_FLOCK, Shop.Kind.GOOD);
            add(cases, seed, 2, shop, Fault.FOREIGN_FLOCK, Shop.Kind.ERROR_500);
        }
    }

    private static void ofPackages(List<Case> cases, long seed) {
        add(cases, seed, 20, Shop.DEB, Fault.CLIENT, Shop.Kind.GOOD);
        add(cases, seed, 10, Shop.DEB, Fault.SSHD, Shop.Kind.GOOD);
        add(cases, seed, 12, Shop.DEB, Fault.APT, Shop.Kind.GOOD);
        add(cases, seed, 12, Shop.DEB, Fault.DPKG, Shop.Kind.GOOD);
        add(cases, seed, 12, Shop.DEB, Fault.POSTINST, Shop.Kind.GOOD);
        add(cases, seed, 10, Shop.DEB, Fault.APPLICATION, Shop.Kind.GOOD);
        add(cases, seed, 10, Shop.DEB, Fault.CONTAINER, Shop.Kind.GOOD);
        add(cases, seed, 10, Shop.DEB, Fault.POWER, Shop.Kind.GOOD);
        add(cases, seed, 4, Shop.DEB, Fault.NETWORK, Shop.Kind.GOOD);
        add(cases, seed, 12, Shop.DEB, Fault.DISK, Shop.Kind.GOOD);
        add(cases, seed, 8, Shop.DEB, Fault.APT_LOCKS, Shop.Kind.GOOD);
        add(cases, seed, 4, Shop.DEB, Fault.SUCCESSOR, Shop.Kind.GOOD);
        add(cases, seed, 6, Shop.DEB, Fault.SUCCESSOR, Shop.Kind.MIGRATES);
        add(cases, seed, 12, Shop.DEB, Fault.CLIENT, Shop.Kind.MIGRATES);
        add(cases, seed, 6, Shop.DEB, Fault.SSHD, Shop.Kind.MIGRATES);
        add(cases, seed, 6, Shop.DEB, Fault.CONTAINER, Shop.Kind.MIGRATES);
        add(cases, seed, 4, Shop.DEB, Fault.POWER, Shop.Kind.MIGRATES);
        add(cases, seed, 6, Shop.DEB, Fault.DISK, Shop.Kind.MIGRATES);
        bad(cases, seed, Shop.DEB, 4);
        add(cases, seed, 4, Shop.DEB, Fault.NONE, Shop.Kind.GOOD);
    }

    /** Behind those of packages, whose numbers stay. */
    private static void ofFiles(List<Case> cases, long seed) {
        add(cases, seed, 10, Shop.FILES, Fault.CLIENT, Shop.Kind.GOOD);
        add(cases, seed, 6, Shop.FILES, Fault.SSHD, Shop.Kind.GOOD);
        add(cases, seed, 6, Shop.FILES, Fault.APPLICATION, Shop.Kind.GOOD);
        add(cases, seed, 6, Shop.FILES, Fault.CONTAINER, Shop.Kind.GOOD);
        add(cases, seed, 6, Shop.FILES, Fault.POWER, Shop.Kind.GOOD);
        add(cases, seed, 2, Shop.FILES, Fault.NETWORK, Shop.Kind.GOOD);
        add(cases, seed, 6, Shop.FILES, Fault.DISK, Shop.Kind.GOOD);
        add(cases, seed, 4, Shop.FILES, Fault.SUCCESSOR, Shop.Kind.MIGRATES);
        add(cases, seed, 6, Shop.FILES, Fault.CLIENT, Shop.Kind.MIGRATES);
        add(cases, seed, 4, Shop.FILES, Fault.SSHD, Shop.Kind.MIGRATES);
        add(cases, seed, 4, Shop.FILES, Fault.CONTAINER, Shop.Kind.MIGRATES);
        add(cases, seed, 4, Shop.FILES, Fault.POWER, Shop.Kind.MIGRATES);
        add(cases, seed, 4, Shop.FILES, Fault.DISK, Shop.Kind.MIGRATES);
        bad(cases, seed, Shop.FILES, 2);
        add(cases, seed, 2, Shop.FILES, Fault.NONE, Shop.Kind.GOOD);
    }

    private static void bad(List<Case> cases, long seed, Shop shop, int times) {
        for (var bad : List.of(Shop.Kind.NO_START, Shop.Kind.ERROR_500, Shop.Kind.HANGS, Shop.Kind.BAD_POSTINST,
                Shop.Kind.BAD_MIGRATION)) {
            add(cases, seed, times, shop, Fault.NONE, bad);
            add(cases, seed, times, shop, Fault.CLIENT, bad);
            add(cases, seed, times / 2, shop, Fault.CONTAINER, bad);
        }
    }

    /** None of what does not fit that shop. */
    private static void add(List<Case> cases, long seed, int times, Shop shop, Fault fault, Shop.Kind kind) {
        for (int i = 0; i < times && fault.fits(shop) && kind.fits(shop); i++) {
            int number = cases.size() + 1;
            var random = new SplittableRandom(seed * 1_000_003 + number);
            // The ways and sequences take turns, and so do moments of the sequence and of time.
            var sequence = kind.migrates() || i % 2 == 0 ? "closed" : "open";
            var way = fault.needsSsh() || i / 2 % 2 == 1 ? "-ssh" : "";
            int line = i % 3 == 0 && !fault.waits() ? 1 + random.nextInt(LINES) : 0;
            cases.add(new Case(number, shop, fault, kind, sequence + way, line, (i + random.nextDouble()) / times));
        }
    }

    /** What the client may end with; nothing where that depends on the moment. */
    Set<Integer> exits() {
        if (fault.refuses()) {
            return Set.of(3);
        }
        if (fault == Fault.SUSPENDED) {
            return Set.of(0, 1);
        }
        return !fault.harmless() || kind.migrates() ? Set.of()
                : Set.of(kind.good() ? 0 : kind == Shop.Kind.REFUSES_DOWNGRADE ? 4 : 1);
    }

    /** What a deploy of it is told besides. */
    String[] options() {
        return kind == Shop.Kind.NEVER_DONE ? new String[] {"--timeout", "20"} : new String[0];
    }

    boolean closes() {
        return environment.startsWith("closed");
    }

    /** Whether visitors may meet something else than a release or the maintenance page while it lasts. */
    boolean mayShow() {
        return fault.takesTheSiteAway() || !kind.good() && !closes();
    }

    @Override
    public String toString() {
        return number + ": " + shop.name() + ", " + fault.name().toLowerCase(Locale.ROOT) + ", "
                + kind.name().toLowerCase(Locale.ROOT) + ", "
                + environment + ", " + strikes();
    }

    /** When it strikes, for people. */
    String strikes() {
        return fault.waits() ? "while it runs" : line > 0 ? "at line " + line
                : String.format(Locale.ROOT, "at %.0f %%", moment * 100);
    }
}
