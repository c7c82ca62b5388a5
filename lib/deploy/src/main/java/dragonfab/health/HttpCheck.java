package dragonfab.health;

import dragonfab.config.Check;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import dragonfab.shell.ShellScript;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One check of the site as a command, and the reading of its answer.
 *
 * @param base   where paths begin, as http://10.0.3.7; null is the machine that asks
 * @param secret whether it holds what no argument list may have
 */
public record HttpCheck(Check check, String base, String version, boolean secret) {

    public Command ask() {
        var local = check.from().equals("target");
        var address = filled(check.url());
        var url = address.startsWith("/") ? (base == null ? "http://localhost" : stripped(base)) + address : address;
        var to = local && base != null && check.url().startsWith("/") ? ownAddress(URI.create(base)) : "";
        var host = check.host() == null ? "" : check.host();
        return secret ? ShellScript.of("health/http/ask", "-", "", "")
                .reading(Input.of(Secret.of(url + "\n" + host + "\n" + to + "\n"))).asking()
                : ShellScript.of("health/http/ask", url, host, to).asking();
    }

    /** What the answer's first line has to be, and what has to be in the rest of it. */
    public List<String> expected() {
        return List.of(String.valueOf(check.status()), check.contains() == null ? "" : filled(check.contains()));
    }

    private static String stripped(String base) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    private static String ownAddress(URI site) {
        int port = site.getPort() > 0 ? site.getPort() : site.getScheme().equals("https") ? 443 : 80;
        return site.getHost() + ":" + port + ":localhost:" + port;
    }

    /** What is wrong with the answer. */
    public Optional<String> problem(String answer) {
        var lines = answer.split("\n", 2);
        var status = lines[0].strip();
        var body = lines.length > 1 ? lines[1] : "";
        if (!status.equals(expected().get(0))) {
            return Optional.of(check.url() + " answers " + (status.equals("000") ? "nothing" : status) + " and not "
                    + check.status() + firstLine(body));
        }
        var wanted = expected().get(1);
        return body.contains(wanted) ? Optional.empty()
                : Optional.of(check.url() + " answers " + status + " without \"" + wanted + "\"" + firstLine(body));
    }

    private static String firstLine(String body) {
        var line = body.lines().filter(text -> !text.isBlank()).findFirst().orElse("").strip();
        return line.isEmpty() ? "" : ": " + (line.length() > 160 ? line.substring(0, 160) + "..." : line);
    }

    private String filled(String text) {
        return text.replace("${version}", version).replace("${release}", version);
    }
}
