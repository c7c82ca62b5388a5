package dragonfab.database;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What psql on the machine that asks takes to reach the server, beside host, port and user.
 *
 * @param service     of its pg_service.conf, or null
 * @param mode        of TLS, or null
 * @param certificate of the authority: a file there, or null
 * @param dbaNamed    whether the dba comes before the user whom the service names
 */
record ServerAccess(String service, String mode, String certificate, boolean dbaNamed) {
    static final ServerAccess PLAIN = new ServerAccess(null, null, null, true);

    static ServerAccess of(Environment environment) {
        return new ServerAccess(environment.get(Key.DB_SERVICE), environment.get(Key.DB_SSLMODE),
                environment.get(Key.DB_SSLROOTCERT), environment.has(Key.DBA));
    }

    /** As libpq takes them in one text. A service would come before variables, so the rest stands beside it. */
    String options(String host, Integer port, String dba) {
        var options = new LinkedHashMap<String, String>();
        if (service != null) {
            options.put("service", service);
            options.put("host", host);
            options.put("port", port == null ? null : port.toString());
            options.put("user", dbaNamed ? dba : null);
        }
        options.put("sslmode", mode);
        options.put("sslrootcert", certificate);
        return options.entrySet().stream().filter(option -> option.getValue() != null).map(ServerAccess::quoted)
                .collect(Collectors.joining(" "));
    }

    private static String quoted(Map.Entry<String, String> option) {
        return option.getKey() + "='" + option.getValue().replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
