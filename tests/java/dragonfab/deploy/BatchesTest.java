package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.config.CountOrPercent;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    static final CountOrPercent ALL = new CountOrPercent(100, true);

    @Test
    void theLastSizeGoesOnToTheEnd() {
        assertEquals(List.of(1, 3, 3, 3), sizes(10, new CountOrPercent(1, false), new CountOrPercent(30, true)));
        assertEquals(List.of(1, 3, 6), sizes(10, new CountOrPercent(1, false), new CountOrPercent(30, true), ALL));
        assertEquals(List.of(10), sizes(10, ALL));
        assertEquals(List.of(2, 2, 1), sizes(5, new CountOrPercent(2, false)));
    }

    @Test
    void aPartIsOfAllOfThemRoundedDownAndOneAtLeast() {
        assertEquals(List.of(1, 1, 2), sizes(4, new CountOrPercent(1, false), new CountOrPercent(30, true), ALL));
        assertEquals(List.of(7, 7, 7, 3), sizes(24, new CountOrPercent(30, true)));
        assertEquals(List.of(1, 1, 1), sizes(3, new CountOrPercent(10, true)));
    }

    @Test
    void aSizeThatIsLargerThanWhatIsLeftTakesThat() {
        assertEquals(List.of(3), sizes(3, new CountOrPercent(50, false), ALL));
    }

    @Test
    void nobodyIsForgottenAndTheOrderStays() {
        assertEquals(List.of(List.of("a"), List.of("b", "c")), Batches.of(List.of(new CountOrPercent(1, false), ALL),
                List.of("a", "b", "c")));
        assertEquals(List.of(List.of("a", "b")), Batches.of(List.of(), List.of("a", "b")));
        assertEquals(List.of(), Batches.of(List.of(ALL), List.of()));
    }

    private static List<Integer> sizes(int hosts, CountOrPercent... sizes) {
        return Batches.of(List.of(sizes), IntStream.range(0, hosts).boxed().toList()).stream().map(List::size).toList();
    }
}
