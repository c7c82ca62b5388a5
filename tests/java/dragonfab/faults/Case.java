package dragonfab.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        return List.copyOf(cases);
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
            int line = i % 3 == 0 ? 1 + random.nextInt(LINES) : 0;
            cases.add(new Case(number, shop, fault, kind, sequence + way, line, (i + random.nextDouble()) / times));
        }
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
                + environment + ", " + (line > 0 ? "at line " + line
                        : String.format(Locale.ROOT, "at %.0f %%", moment * 100));
    }
}
