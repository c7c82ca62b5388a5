package dragonfab.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One deploy of four hosts with one fault; the same seed and number give the same case.
 *
 * @param mode    what becomes of the others when one fails, and the environment of that name
 * @param host    that the fault strikes, from 1; the first is the canary
 * @param batch   with which it strikes; 0 before the deploy
 * @param line    strike when the client has said so many lines, and not with a batch; else 0
 * @param delayMs after the batch began
 */
record FleetCase(int number, FleetFault fault, FleetShop.Kind kind, String mode, int host, int batch, int line,
        int delayMs) {
    private static final List<String> MODES = List.of("rollback_all", "stop", "continue");
    /** A whole deploy says so many lines. */
    private static final int LINES = 40;
    private static final int LONGEST_DELAY_MS = 3000;

    /** All of them, in the order of their numbers. */
    static List<FleetCase> all(long seed) {
        var cases = new ArrayList<FleetCase>();
        for (var mode : MODES) {
            for (var kind : FleetShop.Kind.values()) {
                add(cases, seed, FleetFault.NONE, kind, mode, 1, 0);
            }
            for (int i = 0; i < 3; i++) {
                add(cases, seed, FleetFault.CLIENT, FleetShop.Kind.GOOD, mode, 1, -1);
            }
            add(cases, seed, FleetFault.CLIENT, FleetShop.Kind.ERROR_500, mode, 1, 1);
            add(cases, seed, FleetFault.CLIENT, FleetShop.Kind.BAD_LATER, mode, 1, 2);
            add(cases, seed, FleetFault.SSHD, FleetShop.Kind.GOOD, mode, 1, 1);
            add(cases, seed, FleetFault.SSHD, FleetShop.Kind.GOOD, mode, 3, 3);
            add(cases, seed, FleetFault.STOPPED, FleetShop.Kind.GOOD, mode, 3, 0);
            add(cases, seed, FleetFault.STOPPED, FleetShop.Kind.GOOD, mode, 2, 2);
            add(cases, seed, FleetFault.POWER, FleetShop.Kind.GOOD, mode, 1, 1);
            add(cases, seed, FleetFault.POWER, FleetShop.Kind.GOOD, mode, 4, 3);
            add(cases, seed, FleetFault.DISK, FleetShop.Kind.GOOD, mode, 2, 0);
            add(cases, seed, FleetFault.LOCK, FleetShop.Kind.GOOD, mode, 4, 0);
            add(cases, seed, FleetFault.APT_LOCK, FleetShop.Kind.GOOD, mode, 2, 1);
        }
        add(cases, seed, FleetFault.DISK, FleetShop.Kind.GOOD, "continue", 1, 0);
        add(cases, seed, FleetFault.NETWORK, FleetShop.Kind.GOOD, "rollback_all", 2, 2);
        add(cases, seed, FleetFault.NETWORK, FleetShop.Kind.GOOD, "continue", 3, 0);
        add(cases, seed, FleetFault.FROZEN, FleetShop.Kind.GOOD, "continue", 4, 0);
        return List.copyOf(cases);
    }

    /** @param batch -1 at some line */
    private static void add(List<FleetCase> cases, long seed, FleetFault fault, FleetShop.Kind kind, String mode,
            int host, int batch) {
        int number = cases.size() + 1;
        var random = new SplittableRandom(seed * 1_000_003 + number);
        int line = batch < 0 ? 1 + random.nextInt(LINES) : 0;
        cases.add(new FleetCase(number, fault, kind, mode, host, Math.max(0, batch), line,
                random.nextInt(LONGEST_DELAY_MS)));
    }

    boolean isBefore() {
        return batch == 0 && line == 0;
    }

    /** What the client may end with; nothing where that depends on the moment. */
    Set<Integer> exits() {
        if (fault == FleetFault.LOCK) {
            return Set.of(3);
        }
        if (fault.keepsOut() && isBefore()) {
            return Set.of(mode.equals("continue") ? 4 : fault == FleetFault.DISK ? 3 : 1);
        }
        if (!fault.harmless()) {
            return Set.of();
        }
        return Set.of(kind.good() ? 0 : kind.badAtOnce() || mode.equals("rollback_all") ? 1 : 4);
    }

    String strikes() {
        return line > 0 ? "at line " + line : batch > 0 ? "with batch " + batch : "before";
    }

    /** As the report has it. */
    String title() {
        return lower(fault) + " | " + lower(kind) + " | " + mode;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
