package dragonfab.doctor;

import dragonfab.report.Remedy;
import dragonfab.report.Report;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one check of the doctor saw.
 *
 * @param remedy what to do about it; null when there is nothing to do
 */
public record Finding(Level level, String check, String place, String text, Remedy remedy) {

    /** Only a problem keeps a deploy from going well. */
    public enum Level { OK, WARNING, PROBLEM }

    public static Finding ok(String check, String place, String text) {
        return new Finding(Level.OK, check, place, text, null);
    }

    public static Finding warning(String check, String place, String text, Remedy remedy) {
        return new Finding(Level.WARNING, check, place, text, remedy);
    }

    public static Finding problem(String check, String place, String text, Remedy remedy) {
        return new Finding(Level.PROBLEM, check, place, text, remedy);
    }

    public static Finding warning(String check, String place, String text, String advice) {
        return warning(check, place, text, Remedy.advice(advice));
    }

    public static Finding problem(String check, String place, String text, String advice) {
        return problem(check, place, text, Remedy.advice(advice));
    }

    public boolean bad() {
        return level == Level.PROBLEM;
    }

    /** For a table. */
    public Map<String, String> row(Report report) {
        var row = new LinkedHashMap<String, String>();
        row.put("place", place);
        row.put("check", check);
        row.put("level", level.name().toLowerCase(Locale.ROOT));
        row.put("finding", text);
        row.put("remedy", remedy == null ? "" : report.typed(remedy));
        return row;
    }
}
