package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times as people and programs read them. */
class TimeTextTest {
    private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource({"-90, just now", "0, just now", "1, 1 second ago", "59, 59 seconds ago", "60, 1 minute ago",
        "200, 3 minutes ago", "3599, 59 minutes ago", "3600, 1 hour ago", "86399, 23 hours ago", "86400, 1 day ago",
        "34560000, 400 days ago"})
    void peopleReadHowLongAgoItWas(long seconds, String shown) {
        assertEquals(shown, TimeText.ago(Clock.fixed(NOW, ZoneOffset.UTC)).of(NOW.minusSeconds(seconds)));
    }

    @Test
    void thoseWhoWantToKnowMoreReadTheLocalTime() {
        assertEquals("2026-08-01 12:00:00", TimeText.local(ZoneId.of("Europe/Berlin")).of(NOW));
    }

    @Test
    void programsReadUtc() {
        assertEquals("2026-08-01T10:00:00Z", TimeText.utc().of(NOW));
        assertEquals("2026-08-01T10:00:00Z", TimeText.choose(Verbosity.VERBOSE, true).of(NOW));
    }
}
