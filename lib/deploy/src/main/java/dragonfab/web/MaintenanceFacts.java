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
 * @param stale    whether the web server runs with another configuration than the one that lies there
 * @param access   where the addresses that pass are read from; none and a file where nothing is read
 * @param untold   what could not be asked as visitors would, and why
 */
public record MaintenanceFacts(boolean server, boolean packaged, List<String> broken, List<Served> sites,
        String rules, String loaded, String page, Optional<MaintenanceNotice> notice,
        String shown, String why, List<String> untold, boolean stale,
        Optional<String> access) {

    /**
     * One server block or virtual host.
     *
     * @param state whether it holds the line: yes or no; late behind what goes by it, within where only a part has it;
     *              stream is one that can hold none
     * @param place its file and line
     * @param reach app where it brings visitors to the application, unsure where nobody can say
     */
    public record Served(String state, boolean shipped, String place, List<String> names, String reach) {

        boolean included() {
            return state.equals("yes");
        }

        String file() {
            return place.replaceFirst(":[0-9]+$", "");
        }

        /** Whether visitors would get by it in maintenance. */
        boolean isOpen() {
            return !included() && (reach.equals("app") || state.equals("late") || state.equals("within"));
        }

        boolean isOneOf(List<String> some) {
            return some.contains(file()) || names.stream().anyMatch(some::contains);
        }

        String shown() {
            return place + (names.isEmpty() ? "" : " (" + String.join(" ", names) + ")");
        }

        /** What is wrong with it. */
        String fault() {
            return switch (state) {
                case "late" -> "has the line behind a rewrite, an if, a return or a proxy, which go by it";
                case "within" -> "has the line in a part of it only";
                case "stream" -> "hands on bytes, and can show no page";
                default -> "has not the line";
            };
        }

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
                shown[0], shown.length > 1 ? shown[1] : "", said.all("untold"),
                !said.all("stale").isEmpty(), said.value("access"));
    }

    private static Served served(String line) {
        var parts = line.split("\t", -1);
        return new Served(parts[1], parts[2].equals("default"), parts[3],
                Arrays.stream(parts[4].split(" ")).filter(name -> !name.isEmpty()).toList(), parts[5]);
    }

    public boolean included() {
        return sites.stream().anyMatch(Served::included);
    }

    /** Those that would stay open, less those that are to. */
    public List<Served> open(List<String> wanted) {
        return sites.stream().filter(site -> site.isOpen() && !site.isOneOf(wanted)).toList();
    }

    /** Those of which nobody can say whether visitors get to the application by them. */
    public List<Served> unsure(List<String> wanted) {
        return sites.stream().filter(site -> site.state().equals("no") && site.reach().equals("unsure")
                && !site.isOneOf(wanted)).toList();
    }

    /** Before a first deploy there is nothing to close. */
    public boolean nothingThere(String host) {
        return !packaged && !included() && open(List.of()).isEmpty() && broken.isEmpty()
                && sites.stream().noneMatch(site -> site.mayBe(host));
    }

    /** The files that the line which is missing may belong into. */
    public List<String> candidates(String host) {
        return sites.stream().filter(site -> site.mayBe(host)).map(Served::place).distinct().toList();
    }

    public boolean closedButSeen() {
        return notice.isPresent() && (shown.equals("live") || shown.equals("mixed"));
    }
}
