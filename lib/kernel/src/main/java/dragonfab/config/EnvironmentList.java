package dragonfab.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The environments of a file, a row each, as they are written: nothing is fetched for it. */
public final class EnvironmentList {

    private EnvironmentList() {
    }

    public static List<Map<String, String>> of(Environments environments) {
        return environments.names().stream().map(name -> row(environments.environment(name, Map.of()))).toList();
    }

    private static Map<String, String> row(Environment environment) {
        var shown = environment.shown().stream().collect(Collectors.toMap(row -> row.get("key"),
                row -> row.get("value"), (one, other) -> one));
        var row = new LinkedHashMap<String, String>();
        row.put("environment", environment.name());
        row.put("package", shown.getOrDefault("package_name", ""));
        row.put("targets", shown.containsKey("lxc") ? container(shown) : shown.getOrDefault("hosts", "none"));
        row.put("protected", shown.get("protected").equals("true") ? "yes" : "no");
        return row;
    }

    private static String container(Map<String, String> shown) {
        return "container " + shown.get("lxc") + (shown.containsKey("lxc_host") ? " on " + shown.get("lxc_host") : "");
    }
}
