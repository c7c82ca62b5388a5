package dragonfab.health;

import dragonfab.config.Check;
import dragonfab.config.WebAddress;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import dragonfab.shell.ShellScript;
import dragonfab.target.Obstacle;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One check of the site as a command, and the reading of its answer.
 *
 * @param base   where paths begin, as http://10.0.3.7; null is the machine that asks
 * @param secret whether it holds what no argument list may have
 */
public record HttpCheck(Check check, String base, String version, boolean secret) {
    private static final int LONGEST = 160;

    public Command ask() {
        var local = check.from().equals("target");
        var address = filled(check.url());
        var url = WebAddress.of(address.startsWith("/") ? (base == null ? "http://localhost" : stripped(base)) + address
                : address).toString();
        var to = local && base != null && check.url().startsWith("/") ? ownAddress(WebAddress.of(base)) : "";
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

    private static String ownAddress(WebAddress site) {
        return site.host() + ":" + site.anyPort() + ":localhost:" + site.anyPort();
    }

    /** What is wrong with the answer; it lasts where another release, or more time, would not change it. */
    public Optional<Obstacle> problem(String answer) {
        var lines = answer.split("\n", 2);
        var first = lines[0].strip().split(" ", 2);
        var status = first[0];
        var body = lines.length > 1 ? lines[1] : "";
        if (!status.equals(expected().get(0))) {
            return Optional.of(new Obstacle(check.url() + " answers " + (status.equals("000") ? "nothing" : status)
                    + " and not " + check.status() + (first.length > 1 ? ", and leads to " + plain(first[1])
                            : firstLine(body)),
                    status.matches("3\\d\\d")));
        }
        var wanted = expected().get(1);
        return body.contains(wanted) ? Optional.empty() : Optional.of(new Obstacle(check.url() + " answers " + status
                + " without \"" + wanted + "\"" + firstLine(body), isFromThisRelease(body)));
    }

    /** Where the check does not name the release, the one before was good by it: so this answer is not from that. */
    private boolean isFromThisRelease(String body) {
        return filled(check.contains()).equals(check.contains()) || Pattern.compile("(?<![\\w.])"
                + Pattern.quote(version) + "(?![\\w.])").matcher(body).find();
    }

    private static String plain(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
    }

    private static String firstLine(String body) {
        var line = body.lines().filter(text -> !text.isBlank()).findFirst().orElse("").strip();
        return line.isEmpty() ? "" : ": " + plain(line);
    }

    private String filled(String text) {
        return text.replace("${version}", version).replace("${release}", version);
    }
}
