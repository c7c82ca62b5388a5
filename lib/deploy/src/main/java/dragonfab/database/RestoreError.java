package dragonfab.database;

import dragonfab.report.Remedy;
import java.util.List;
import java.util.regex.Pattern;

/** What to do about an archive that could not be loaded, from what was said. */
final class RestoreError {
    private static final String UNTOUCHED = "; the live database is untouched";
    private static final Pattern MISSING = Pattern.compile("ERROR: +(?:relation |function |type |operator )?(.+?)"
            + " does not exist");
    private static final Pattern INSIDE = Pattern.compile("(?:PL/pgSQL|SQL) function \"?(.+?)\"?"
            + " (?:line [0-9]|during |statement )");
    private static final Pattern SERVERS = Pattern.compile("ERROR: ");

    private RestoreError() {
    }

    /**
     * pg_restore looks for names in no schema, so that a function which an index or a check calls finds nothing that it
     * names without one; the same command would fail again.
     */
    static Remedy remedy(List<String> lines) {
        var words = String.join("\n", lines);
        var missing = MISSING.matcher(words);
        var inside = INSIDE.matcher(words);
        if (missing.find() && inside.find()) {
            return Remedy.advice(
                    "alter function " + inside.group(1) + " set search_path = public (or where " + missing.group(1)
                            + " is), in the database that is copied" + UNTOUCHED);
        }
        return SERVERS.matcher(words).find()
                ? Remedy.advice("mend what the server names" + UNTOUCHED).then(Remedy.again()) : Remedy.again();
    }
}
