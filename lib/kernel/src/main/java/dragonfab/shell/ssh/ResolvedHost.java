package dragonfab.shell.ssh;

import dragonfab.report.Remedy;
import dragonfab.shell.Plain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One host with nothing left open: {@link SshSettings} and the user's configuration put together.
 *
 * @param identities    private keys, in the order to offer them
 * @param onlyThese     true when the agent's other keys stay out of it
 * @param agent         the agent's socket; null for none
 * @param jumps         hosts to go through, the nearest first, as written: {@code [user@]host[:port]}
 * @param proxyCommand  the program that makes the connection; null for none
 */
public record ResolvedHost(SshSettings settings, String host, int port, String user, List<Path> identities,
        List<Path> certificates, boolean onlyThese, Path agent, List<String> jumps, String proxyCommand,
        HostKeyRules hostKeys,
        Duration connectTimeout, Duration aliveInterval, int aliveCount) {
    private static final List<String> USUAL_KEYS =
            List.of("~/.ssh/id_ed25519", "~/.ssh/id_ecdsa", "~/.ssh/id_rsa");

    public static ResolvedHost of(SshSettings settings) {
        var home = Path.of(System.getProperty("user.home"));
        return of(settings, UserConfigs.of(settings), home, System.getenv());
    }

    static ResolvedHost of(SshSettings settings, UserConfig config, Path home,
            Map<String, String> environment) {
        var host = or(config.one("hostname"), settings.address());
        var port = settings.port() != 0 ? settings.port() : config.number("port", 22);
        var user = settings.user() != null ? settings.user()
                : or(config.one("user"), System.getProperty("user.name"));
        var alias = or(config.one("hostkeyalias"), settings.address());
        var tokens = new ConfigTokens(home, Map.of("h", host, "n", settings.address(), "k", alias, "r", user,
                "p", String.valueOf(port), "u", System.getProperty("user.name"), "d", home.toString()),
                environment);
        var own = settings.identityFile();
        return new ResolvedHost(settings, host, port, user,
                own != null ? List.of(own) : identities(config, tokens),
                own != null ? List.of() : config.all("certificatefile").stream().map(tokens::path).toList(),
                own != null || config.says("identitiesonly"),
                agent(config, tokens), jumps(settings, config), config.one("proxycommand"),
                rules(config, tokens, host, port),
                seconds(settings.connectTimeout(), config.number("connecttimeout", 0), 10),
                seconds(settings.aliveInterval(), config.number("serveraliveinterval", 0), 15),
                settings.aliveCount() != 0 ? settings.aliveCount() : config.number("serveralivecountmax", 3));
    }

    ResolvedHost through(List<String> others) {
        return new ResolvedHost(settings, host, port, user, identities, certificates, onlyThese, agent, others,
                proxyCommand, hostKeys, connectTimeout, aliveInterval, aliveCount);
    }

    public String place() {
        return settings.name();
    }

    /** What a person types after {@code ssh} to get there. */
    public String typed() {
        return (settings.configFile() == null ? "" : "-F " + settings.configFile() + " ")
                + (settings.port() == 0 ? "" : "-p " + port + " ")
                + (settings.user() == null ? "" : user + "@") + settings.address();
    }

    /** The system's own ssh to the same place, with a terminal. */
    public List<String> terminal(String line) {
        return ssh(List.of("-t"), List.of(line));
    }

    /** The system's own ssh to the same place. */
    public List<String> ssh(List<String> options, List<String> line) {
        var words = new ArrayList<>(List.of("ssh"));
        words.addAll(options);
        if (settings.identityFile() != null) {
            words.addAll(List.of("-i", settings.identityFile().toString(), "-o", "IdentitiesOnly=yes"));
        }
        words.addAll(UserConfig.selection(settings));
        words.addAll(line);
        return words;
    }

    /** What to type to know the host from now on. @param kind of its key, as ssh-keyscan calls it */
    public Remedy learn(String kind) {
        return Remedy.advice("compare the key with the host's own before you say yes")
                .then(Remedy.line("ssh " + typed())).or(Remedy.line("ssh-keyscan -t " + kind + " -p " + port + " "
                        + Plain.quoted(host) + " >> " + Plain.quoted(hostKeys.file().toString())));
    }

    public String hostAndPort() {
        return host + " port " + port;
    }

    private static List<Path> identities(UserConfig config, ConfigTokens tokens) {
        var named = config.values().isEmpty() ? USUAL_KEYS : config.all("identityfile");
        return named.stream().filter(name -> !name.equals("none")).map(tokens::path).distinct().toList();
    }

    private static Path agent(UserConfig config, ConfigTokens tokens) {
        var said = config.all("identityagent").stream().findFirst().orElse("SSH_AUTH_SOCK");
        var socket = said.equals("SSH_AUTH_SOCK") ? tokens.environment().get(said)
                : said.matches("\\$\\w+") ? tokens.environment().get(said.substring(1)) : said;
        return socket == null || socket.isEmpty() || socket.equals("none") ? null : tokens.path(socket);
    }

    private static List<String> jumps(SshSettings settings, UserConfig config) {
        var said = config.one("proxyjump");
        var jumps = said == null ? List.<String>of() : List.of(said.split(","));
        // Under "Host *" the jump host would be told to go through itself.
        var last = jumps.isEmpty() ? null : JumpHost.parse(settings, jumps.get(jumps.size() - 1));
        return last != null && last.address().equals(settings.address()) ? List.of() : jumps;
    }

    private static HostKeyRules rules(UserConfig config, ConfigTokens tokens, String host, int port) {
        var alias = config.one("hostkeyalias");
        var plain = (alias != null ? alias : host).toLowerCase(Locale.ROOT);
        var names = alias != null || port == 22 ? List.of(plain) : List.of("[" + plain + "]:" + port, plain);
        var strict = or(config.one("stricthostkeychecking"), "ask");
        var newKeys = switch (strict) {
            case "yes", "true" -> HostKeyRules.NewKeys.REFUSE;
            // "no" would also believe a changed key: never here.
            case "accept-new", "no", "off", "false" -> HostKeyRules.NewKeys.ACCEPT;
            default -> HostKeyRules.NewKeys.ASK;
        };
        return new HostKeyRules(files(config, "userknownhostsfile", "~/.ssh/known_hosts", tokens),
                files(config, "globalknownhostsfile", "/etc/ssh/ssh_known_hosts", tokens),
                files(config, "revokedhostkeys", "none", tokens), names, newKeys,
                config.says("hashknownhosts"));
    }

    private static List<Path> files(UserConfig config, String key, String otherwise, ConfigTokens tokens) {
        var words = config.all(key).stream().findFirst().orElse(otherwise).split(" ");
        var files = new ArrayList<Path>();
        for (int from = 0, to; from < words.length; from = to) {
            to = end(words, from, tokens);
            var name = name(words, from, to);
            if (!name.isBlank() && !name.equals("none")) {
                files.add(tokens.path(name));
            }
        }
        return List.copyOf(files);
    }

    /**
     * ssh prints the names of several files with blanks between them, and those in a name are the same. The longest that
     * is a file is one; else whatever does not begin as a path belongs to the one before.
     */
    private static int end(String[] words, int from, ConfigTokens tokens) {
        for (int to = words.length; to > from + 1; to--) {
            if (Files.isRegularFile(tokens.path(name(words, from, to)))) {
                return to;
            }
        }
        int to = from + 1;
        while (to < words.length && !words[to].matches("[/~%$].*|none")
                && !Files.isRegularFile(tokens.path(name(words, from, to)))) {
            to++;
        }
        return to;
    }

    private static String name(String[] words, int from, int to) {
        return String.join(" ", Arrays.copyOfRange(words, from, to));
    }

    private static Duration seconds(Duration wanted, int configured, int otherwise) {
        return wanted != null ? wanted : Duration.ofSeconds(configured > 0 ? configured : otherwise);
    }

    private static String or(String value, String otherwise) {
        return value != null ? value : otherwise;
    }
}
