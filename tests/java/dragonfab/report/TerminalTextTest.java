package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "plain|plain", "ünï 日本|ünï 日本",
        "\u001b[31mred\u001b[0m|red", "\u001b[?25lgone|gone", "\u001b[38;5;1;mx|x", "\u009b2Jx|x",
        "\u001b]0;title\u0007x|x", "\u001b]8;;http://a\u001b\\link|link", "\u001bPq#0\u001b\\x|x",
        "\u001b(Bx|x",
        "\u001b\u001b[m[2Jx|[2Jx", "\u001b]never ended|''", "end\u001b|end",
        "a\u0000b\u0008c\u007fd\u0085e|abcde", "a\u202eb\u200bc\u2028d|abcd", "10 %\r90 %|90 %",
        "whole\r|whole", "\ud800x|x", "✔\ufe0f|✔", "a\tb|a       b", "日本\tb|日本    b"})
    void whatCouldSteerATerminalIsTakenOut(String text, String clean) {
        assertEquals(clean, TerminalText.clean(text));
    }

    @Test
    void linesStayLines() {
        assertEquals("a\nb\n        c", TerminalText.clean("a\r\nx\rb\n\tc"));
    }

    @ParameterizedTest
    @CsvSource({"abc, 3", "日本, 4", "e\u0301, 1", "🚀, 2", "한국, 4", "ｆ, 2", "…, 1"})
    void aLineTakesTheColumnsThatItShows(String line, int columns) {
        assertEquals(columns, TerminalText.width(line));
    }

    @ParameterizedTest
    @CsvSource({"abcdef, 6, abcdef", "abcdef, 5, abcd…", "日本語, 5, 日本…", "日本語, 4, 日…", "abc, 1, …",
        "abc, 0, ''", "ae\u0301bc, 3, ae\u0301…"})
    void aLongLineIsCutBetweenSigns(String line, int columns, String cut) {
        assertEquals(cut, TerminalText.cut(line, columns, "…"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "9960, 10 kB", "999499, 999 kB", "999500, 1.0 MB",
        "52428800, 52 MB", "1e9, 1.0 GB", "1e16, 10000 TB"})
    void sizesAreShort(double bytes, String shown) {
        assertEquals(shown, HumanUnits.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"1000, 1.0 s", "1999, 1.9 s", "59999, 59.9 s", "60000, 1 min 0 s", "3599999, 59 min 59 s",
        "3600000, 1 h 0 min"})
    void timesAreShort(long millis, String shown) {
        assertEquals(shown, HumanUnits.took(millis));
    }
}
