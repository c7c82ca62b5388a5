package dragonfab.database;

import com.grack.nanojson.JsonWriter;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import dragonfab.shell.ShellScript;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The environment's PostgreSQL database and its owner, as the dba sees them.
 *
 * @param host null is the server of the machine that asks
 */
public record Database(String name, String user, Secret password, String host, Integer port, String dba,
        Secret dbaPassword, ServerAccess access) {
    private static final String LACKING = "lacking ";
    private static final String FOLDERS = "/var/lib/dragonfab/databases/";
    /** A longer name of a server's is cut, and NAME__old would be NAME. */
    private static final int LONGEST = 63 - "__new".length();

    public Database(String name, String user, Secret password, String host, Integer port, String dba,
            Secret dbaPassword) {
        this(name, user, password, host, port, dba, dbaPassword, ServerAccess.PLAIN);
    }

    public static Database of(Environment environment) {
        var name = environment.require(Key.DB_NAME, "the database");
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw Failure.usage("db_name", "should have at most " + LONGEST + " bytes");
        }
        return new Database(name, environment.find(Key.DB_USER).orElse(name), environment.get(Key.DB_PASSWORD),
                environment.get(Key.DB_HOST), environment.get(Key.DB_PORT), environment.get(Key.DBA),
                environment.get(Key.DBA_PASSWORD), ServerAccess.of(environment));
    }

    /**
     * Where loads of it wait for one another, and keep what they need; on the machine that asks, open to nobody else.
     */
    public String folder() {
        return FOLDERS + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    public Command makeFolder() {
        return ShellScript.of("database/folder", folder(), local() ? dba : "-").asRoot();
    }

    public Command facts() {
        return byDba("database/facts", password == null ? Input.NOTHING : Input.of(escaped(password), "\n")).asking();
    }

    /** What the dba may not make of what is missing, with the remedies. */
    public List<String> obstacles(List<String> facts) {
        return facts.stream().filter(line -> line.startsWith(LACKING)).map(line -> line.substring(LACKING.length()))
                .toList();
    }

    /** What is known of it, for {@link DatabaseFacts}. */
    public Command describe() {
        return connected("database/describe", Input.NOTHING, name, user).asking();
    }

    /** An archive of it on standard output, read to its end as it passes. */
    public Command dump(Compression compression) {
        return dump(compression, "verified");
    }

    /** What {@link #load} reads. @param parted see {@link DatabaseFacts#canTakeParts} */
    public Command stream(Compression compression, boolean parted) {
        return dump(compression, manner(parted));
    }

    private Command dump(Compression compression, String manner) {
        return connected("database/dump.bash", Input.NOTHING, name, compression.word(), manner).asking();
    }

    private static String manner(boolean parted) {
        return parted ? "parted" : "as-is";
    }

    /** Makes an empty one beside the live database. @param run names this load and no other */
    public Command create(String run, DatabaseOrigin origin) {
        return connected("database/create", Input.NOTHING, folder(), name, run, user, JsonWriter.string(origin.roles()),
                JsonWriter.string(origin.needs().wrapperOwners()), origin.encoding(), origin.provider(),
                origin.collate(), origin.ctype(), origin.locale());
    }

    /**
     * Loads an archive from its input into that one.
     *
     * @param placed whether its tablespaces are here
     * @param held   without what comes behind the rows, for {@link #complete}
     */
    public Command load(String run, Compression compression, boolean parted, DatabaseOrigin origin, boolean placed,
            boolean held, Input archive) {
        return restoring("database/load.bash", run, origin, placed, archive).with(compression.word(), manner(parted),
                held ? "held" : "whole");
    }

    /** Makes the indexes, constraints and triggers that a load held back. */
    public Command complete(String run, DatabaseOrigin origin, boolean placed) {
        return restoring("database/complete.bash", run, origin, placed, Input.NOTHING);
    }

    private Command restoring(String script, String run, DatabaseOrigin origin, boolean placed, Input archive) {
        return connected(List.of("database/prelude", "database/owners", "database/restore.bash"), script, archive,
                folder(), name, run, user, origin.owner(), placed ? "tablespaces" : "no-tablespaces");
    }

    /** Puts what was loaded in the place of the live database, which stays as NAME__old. */
    public Command swap(String run, DatabaseOrigin origin) {
        return connected("database/swap", Input.NOTHING, folder(), name, run, JsonWriter.string(origin.settings()));
    }

    /** Drops what that load has made beside the live database, and no other's. */
    public Command abandon(String run) {
        return connected("database/abandon", Input.NOTHING, folder(), name, run);
    }

    /** Swaps the live database and the one before it. */
    public Command undo() {
        return connected("database/undo", Input.NOTHING, folder(), name);
    }

    /** Drops the one before. */
    public Command prune() {
        return connected("database/prune", Input.NOTHING, folder(), name);
    }

    /** Makes what is missing, and gives the role its password unless it has it already. */
    public Command make(List<String> facts) {
        return byDba("database/make", passwordIsSet(facts) ? Input.NOTHING
                : Input.of(Secret.of(ScramVerifier.of(password.reveal()).text())));
    }

    /** Whether there is anything to make. */
    public boolean complete(List<String> facts) {
        return facts.stream().anyMatch(line -> line.startsWith("database ")) && role(facts) != null
                && passwordIsSet(facts);
    }

    /** Another one of the same server. */
    public Database named(String other) {
        return new Database(other, user, password, host, port, dba, dbaPassword, access);
    }

    private boolean passwordIsSet(List<String> facts) {
        return password == null || facts.contains("opens")
                || role(facts) != null && ScramVerifier.matches(role(facts), password.reveal());
    }

    private static String role(List<String> facts) {
        return facts.stream().filter(line -> line.equals("role") || line.startsWith("role "))
                .map(line -> line.substring("role".length()).strip()).findFirst().orElse(null);
    }

    /** A script whose first arguments are the database and its owner. */
    public Command byDba(String script, Input input, Object... arguments) {
        return connected(script, input, name, user).with(arguments);
    }

    /** A script behind the prelude, which connects it; what it reads comes after the password. */
    private Command connected(String script, Input input, Object... arguments) {
        return connected(List.of("database/prelude"), script, input, arguments);
    }

    private Command connected(List<String> preludes, String script, Input input, Object... arguments) {
        var key = dbaPassword == null && dba.equals(user) ? password : dbaPassword;
        boolean asked = !local() && key != null;
        boolean named = local() || access.service() != null;
        var command = ShellScript.after(preludes, script, asked ? "password" : "none", named ? "" : host,
                named ? "" : dba, port == null || access.service() != null ? "" : port,
                access.options(host, port, dba)).with(arguments);
        var ready = command.reading(asked ? Input.of(escaped(key), "\n").then(input) : input);
        return local() ? ready.as(dba) : ready;
    }

    /** As a line of a password file has it. */
    private static Secret escaped(Secret password) {
        return Secret.of(password.reveal().replace("\\", "\\\\").replace(":", "\\:"));
    }

    /** The dba has no password there: the system's user of that name is let in through the socket. */
    private boolean local() {
        return access.service() == null && isOnTarget(host);
    }

    /** Whether the environment's server is the target itself. */
    public static boolean isOnTarget(Environment environment) {
        return environment.get(Key.DB_SERVICE) == null && isOnTarget(environment.get(Key.DB_HOST));
    }

    private static boolean isOnTarget(String host) {
        return host == null || List.of("localhost", "127.0.0.1", "::1").contains(host);
    }
}
