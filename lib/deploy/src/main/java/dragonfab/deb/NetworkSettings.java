package dragonfab.deb;

import dragonfab.report.Failure;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How this machine reaches the network, for a build elsewhere: its proxies, its package indexes and the logins to them.
 *
 * <p>All of it may hold passwords, so it travels on standard input. What pip is told holds none, for pip hands that on
 * as arguments.
 */
public record NetworkSettings(List<Secret> lines) {
    static final NetworkSettings NONE = new NetworkSettings(List.of());
    private static final Pattern PROXY = Pattern.compile("(?i)(https?|no|all)_proxy");
    private static final Pattern PIP = Pattern.compile("PIP_(INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST)");
    private static final Pattern INDEX = Pattern.compile("UV_((DEFAULT_)?INDEX(_\\w+)?|EXTRA_INDEX_URL|INSECURE_HOST)"
            + "|NPM_CONFIG_REGISTRY|npm_config_registry");
    private static final Pattern APT = Pattern.compile("Acquire::https?::Proxy(::[^ \"]+)? \"[^\"]*\";");
    private static final Pattern PASSWORD = Pattern.compile("://[^/@:\\s]*:([^/@\\s]+)@|^login=.* password (\\S+)"
            + "|^UV_INDEX_\\w+_PASSWORD=(.+)");
    private static final String BUNDLE = "/etc/ssl/certs/ca-certificates.crt";

    public NetworkSettings {
        lines = List.copyOf(lines);
    }

    /**
     * What reaches a container of ours, which has a bundle of all authorities that it trusts.
     *
     * @param variables of the caller
     * @param pip       what the caller's pip.conf says, by the names of its variables
     * @param apt       what apt-config dumps
     */
    static NetworkSettings of(Map<String, String> variables, Map<String, String> pip, List<String> apt) {
        var lines = new ArrayList<String>();
        var all = new TreeMap<>(pip);
        all.putAll(variables);
        all.forEach((name, value) -> {
            if (PIP.matcher(name).matches()) {
                var addresses = Stream.of(value.strip().split("\\s+")).map(each -> index(name, each)).toList();
                addresses.stream().filter(each -> each.login() != null)
                        .forEach(each -> lines.add("login=" + each.login().reveal()));
                lines.add(name + "=" + String.join(" ", addresses.stream().map(IndexAddress::address).toList()));
            } else if (PROXY.matcher(name).matches() || INDEX.matcher(name).matches()) {
                lines.add(name + "=" + value.replaceAll("\\s+", " "));
            }
        });
        Stream.of("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
                .forEach(name -> lines.add(name + "=" + BUNDLE));
        apt.stream().filter(line -> APT.matcher(line).matches()).forEach(line -> lines.add("apt=" + line));
        return new NetworkSettings(lines.stream().map(Secret::of).toList());
    }

    private static IndexAddress index(String name, String address) {
        try {
            return IndexAddress.of(address);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(name, e.getMessage());
        }
    }

    /** What a build reads of it. */
    public Input input() {
        return lines.stream().map(line -> Input.of(line, "\n")).reduce(Input.NOTHING, Input::then);
    }

    /** Passwords in it, which no output may show. */
    List<Secret> passwords() {
        return lines.stream().flatMap(line -> PASSWORD.matcher(line.reveal()).results())
                .flatMap(found -> Stream.of(1, 2, 3).map(found::group)).filter(Objects::nonNull).map(Secret::of)
                .toList();
    }
}
