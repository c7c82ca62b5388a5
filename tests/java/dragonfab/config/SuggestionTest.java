package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({"lcx, lxc", "host, hosts", "dbname, db_name", "packagename, package_name", "x, ''", "zz, ''",
        "hots, hosts", "lx, lxc", "xy, yx", "collect_static, ''", "HOSTS, hosts", "DB_NMAE, db_name"})
    void isTheNearestWordAtMostTwoSlipsAway(String typed, String meant) {
        var known = List.of("hosts", "lxc", "lxc_host", "db_name", "db_user", "package_name", "dba", "yx");

        assertEquals(meant.isEmpty() ? "" : " (did you mean " + meant + "?)", Suggestion.of(typed, known));
    }
}
