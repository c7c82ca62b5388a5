package dragonfab.web;

import dragonfab.shell.KeyedLines;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a target answered about its web server and the maintenance of one site.
 *
 * @param packaged whether a package of that name, or any release, was ever installed
 * @param broken   what the web server says against its configuration; empty when it is well
 * @param sites    all that the web server serves
 * @param shown    what visitors see: maintenance, live, mixed or unknown
 * @param why      what that is known from
 */
public record MaintenanceFacts(boolean server, boolean packaged, List<String> broken, List<Served> sites,
        String rules, String loaded, String page, Optional<MaintenanceNotice> notice,
        String shown, String why) {

    /** One server block or virtual host. */
    public record Served(boolean included, boolean shipped, String file, List<String> names) {

        /** Whether it may be the site of that name; a block that takes any name may be. */
        boolean mayBe(String host) {
            return !shipped && (host.isEmpty() || names.isEmpty() || names.contains(host)
                    || names.stream().anyMatch(name -> !name.matches("[A-Za-z0-9][A-Za-z0-9.-]*")));
        }
    }

    public static MaintenanceFacts of(List<String> lines) {
        var said = new KeyedLines(lines);
        var shown = said.value("shown").orElse("unknown the web server was not asked").split(" ", 2);
        return new MaintenanceFacts(lines.contains("server yes"),
                lines.contains("package yes") || lines.contains("journal yes"), said.all("broken"),
                lines.stream().filter(line -> line.startsWith("site\t")).map(MaintenanceFacts::served)
                        .toList(),
                said.value("rules").orElse(""), said.value("loaded").orElse(""),
                said.value("page").orElse(""), said.value("notice").map(MaintenanceNotice::read),
                shown[0], shown.length > 1 ? shown[1] : "");
    }

    private static Served served(String line) {
        var parts = line.split("\t", -1);
        return new Served(parts[1].equals("yes"), parts[2].equals("default"), parts[3],
                Arrays.stream(parts[4].split(" ")).filter(name -> !name.isEmpty()).toList());
    }

    public boolean included() {
        return sites.stream().anyMatch(Served::included);
    }

    /** Before a first deploy there is nothing to close. */
    public boolean nothingThere(String host) {
        return !packaged && !included() && broken.isEmpty()
                && sites.stream().noneMatch(site -> site.mayBe(host));
    }

    /** The files that the line which is missing may belong into. */
    public List<String> candidates(String host) {
        return sites.stream().filter(site -> site.mayBe(host)).map(Served::file).distinct().toList();
    }

    public boolean closedButSeen() {
        return notice.isPresent() && (shown.equals("live") || shown.equals("mixed"));
    }
}
