package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.lab.OnContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults over four hosts with batches and a canary: a handful of them, and in the long form all. */
@OnContainers
class FleetFaultsTest {
    private static final long SEED = FaultsTest.SEED;
    private static final List<String> ONLY =
            List.of(System.getProperty("dragonfab.faults.case", "").split(","));
    private static final String TITLE = "### The last run over four hosts";

    @Test
    void eachHostIsOldOrNewAndNoneGetsWhatTheCanaryCondemned() throws Exception {
        var all = FleetCase.all(SEED);
        assertAllWell(Stream.of(
                first(all, FleetFault.NONE, FleetShop.Kind.ERROR_500, "continue"),
                first(all, FleetFault.CLIENT, FleetShop.Kind.BAD_LATER, "stop")).toList());
    }

    @Test
    @Tag("long")
    void soIsItWithEachFault() throws Exception {
        var all = FleetCase.all(SEED);
        var chosen = all.stream()
                .filter(each -> ONLY.contains("") || ONLY.contains(String.valueOf(each.number()))).toList();

        var results = assertAllWell(chosen);

        if (chosen.size() == all.size()) {
            write(Path.of(System.getProperty("dragonfab.home"), "docs/faults.md"), results);
        }
    }

    private static FleetCase first(List<FleetCase> all, FleetFault fault, FleetShop.Kind kind, String mode) {
        return all.stream().filter(each -> each.fault() == fault && each.kind() == kind && each.mode().equals(mode))
                .findFirst().orElseThrow();
    }

    private static List<FleetTrial.Result> assertAllWell(List<FleetCase> chosen) throws Exception {
        var results = new ArrayList<FleetTrial.Result>();
        for (var waiting = new ArrayList<>(chosen); !waiting.isEmpty();) {
            // What a case broke for good is made anew.
            try (var shop = FleetShop.start()) {
                boolean sane = true;
                while (sane && !waiting.isEmpty()) {
                    var result = tried(shop, waiting.remove(0));
                    results.add(result);
                    System.out.println(result);
                    sane = result.well();
                }
            }
        }
        assertEquals(List.of(), results.stream().filter(result -> !result.well()).toList(), "seed " + SEED);
        return results;
    }

    private static FleetTrial.Result tried(FleetShop shop, FleetCase each) {
        try {
            return new FleetTrial(shop, each).run();
        } catch (Exception | AssertionError e) {
            return new FleetTrial.Result(each, -1, -1, "not judged", 0, List.of(e.toString()));
        }
    }

    private static void write(Path page, List<FleetTrial.Result> results) throws IOException {
        var lines = Files.readAllLines(page);
        int begin = lines.indexOf(TITLE);
        int end = begin + 1;
        while (!lines.get(end).startsWith("## ")) {
            end++;
        }
        var text = new ArrayList<>(lines.subList(0, begin + 1));
        text.add("");
        text.add("%s, seed %d: **%d faults, %d of them broke the invariant**.".formatted(LocalDate.now(), SEED,
                results.size(), results.stream().filter(result -> !result.well()).count()));
        text.add("");
        text.add("| case | fault | release | on_failure | host | strikes | exit | at rest | after | `--resume` |");
        text.add("|---|---|---|---|---|---|---|---|---|---|");
        results.forEach(result -> text.add("| %d | %s | %d | %s | %d | %s | %d s | %s |".formatted(
                result.fault().number(), result.fault().title(), result.fault().host(), result.fault().strikes(),
                result.exit(), result.rest(), result.seconds(),
                result.resumed() < 0 ? "" : String.valueOf(result.resumed()))));
        text.add("");
        text.addAll(lines.subList(end, lines.size()));
        Files.write(page, text);
    }
}
