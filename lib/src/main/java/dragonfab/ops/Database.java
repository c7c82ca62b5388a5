package dragonfab.ops;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import java.util.ArrayList;
import java.util.List;

/**
 * The environment's PostgreSQL database and its owner, as the dba sees them.
 *
 * @param host null is the server of the machine that asks
 */
public record Database(String name, String user, Secret password, String host, Integer port, String dba) {

    public static Database of(Environment environment) {
        var name = environment.require(Key.DB_NAME, "the database");
        return new Database(name, environment.find(Key.DB_USER).orElse(name), environment.get(Key.DB_PASSWORD),
                environment.get(Key.DB_HOST), environment.get(Key.DB_PORT), environment.get(Key.DBA));
    }

    public Command facts() {
        return byDba("database-facts", Input.NOTHING).asking();
    }

    /** Makes what is missing, and gives the role its password unless it has it already. */
    public Command make(List<String> facts) {
        return byDba("database-make", passwordIsSet(facts) ? Input.NOTHING
                : Input.of(Secret.of(ScramVerifier.of(password.reveal()).text())));
    }

    /** Whether there is anything to make. */
    public boolean complete(List<String> facts) {
        return facts.stream().anyMatch(line -> line.startsWith("database ")) && role(facts) != null
                && passwordIsSet(facts);
    }

    /** Another one of the same server. */
    Database named(String other) {
        return new Database(other, user, password, host, port, dba);
    }

    private boolean passwordIsSet(List<String> facts) {
        return password == null
                || role(facts) != null && ScramVerifier.matches(role(facts), password.reveal());
    }

    private static String role(List<String> facts) {
        return facts.stream().filter(line -> line.equals("role") || line.startsWith("role "))
                .map(line -> line.substring("role".length()).strip()).findFirst().orElse(null);
    }

    Command byDba(String snippet, Input input) {
        var options = new ArrayList<>();
        if (!local()) {
            options.addAll(List.of("-h", host, "-U", dba));
        }
        if (port != null) {
            options.addAll(List.of("-p", port));
        }
        var command = Snippet.of(snippet, name, user).with(options.toArray()).reading(input);
        return local() ? command.as(dba) : command;
    }

    /** The dba has no password there: the system's user of that name is let in through the socket. */
    private boolean local() {
        return host == null || List.of("localhost", "127.0.0.1", "::1").contains(host);
    }
}
