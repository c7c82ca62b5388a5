package dragonfab.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.report.Remedy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a load that failed can be typed, and is not to try what fails again. */
class RestoreErrorTest {
    @Test
    void aFunctionThatFindsNothingWithoutItsSchemasIsNamed() {
        assertEquals("alter function public.key(text) set search_path = public (or where helper(text) is), in the"
                + " database that is copied; the live database is untouched", remedy("""
                        app2: pg_restore: error: COPY failed for table "t": ERROR:  function helper(text) does not exist
                        app2: LINE 1: helper(t)
                        app2: QUERY:  helper(t)
                        app2: CONTEXT:  PL/pgSQL function public.key(text) line 1 at RETURN
                        app2: COPY t, line 1: "a"
                        """.lines().toArray(String[]::new)));
        assertEquals("alter function key set search_path = public (or where \"words\" is), in the database that is"
                + " copied; the live database is untouched",
                remedy("ERROR:  relation \"words\" does not exist", "CONTEXT:  SQL function \"key\" during startup"));
    }

    private static String remedy(String... lines) {
        return RestoreError.remedy(List.of(lines)).toString();
    }

    @Test
    void onlyWhatMayPassIsTriedAgain() {
        assertEquals(Remedy.advice("mend what the server names; the live database is untouched").then(Remedy.again()),
                RestoreError
                        .remedy(List.of("pg_restore: error: could not execute query: ERROR:  out of shared memory")));
        assertEquals(Remedy.again(), RestoreError.remedy(List.of("Killed")));
    }
}
