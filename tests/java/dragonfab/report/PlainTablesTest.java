package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainTablesTest {
    final Captured out = new Captured();
    final Report report = new Report(new PlainSink(out.stream, out.stream, Verbosity.NORMAL));

    @Test
    void rowsThatComeTogetherAreOneTable() {
        report.row("releases", row("release", "1.0-1", "when", "yesterday", "state", "kept"));
        report.row("releases", row("release", "1.0-12~rc1", "when", "今日の夕方", "state", "live"));
        report.row("releases", row("release", "0.9", "by", "ann"));
        report.row("hosts", row("host", "app1"));
        assertEquals(4, out.text().lines().count(), "the first table is out as soon as the second begins");
        report.note("app1", "that was all");
        report.row("hosts", row("host", "app2"));
        report.summary();

        assertEquals("""
                release     when        state  by
                1.0-1       yesterday   kept
                1.0-12~rc1  今日の夕方  live
                0.9                            ann
                host
                app1
                note       app1: that was all
                host
                app2
                """, out.text());
    }

    @Test
    void stepsThatRunMeanwhileDoNotTearATable() {
        report.row("hosts", row("host", "app1"));
        report.begin("app2", "ask").progress(1, 2);
        report.row("hosts", row("host", "app2"));
        report.summary();

        assertEquals("host\napp1\napp2\n", out.text());
    }

    @Test
    void aQuestionComesAfterTheRowsItIsAbout() {
        report.row("plan", row("step", "deb-deploy"));

        assertEquals("step\ndeb-deploy\n", report.aside(out::text));
    }

    private static Map<String, String> row(String... pairs) {
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put(pairs[i], pairs[i + 1]);
        }
        return row;
    }
}
