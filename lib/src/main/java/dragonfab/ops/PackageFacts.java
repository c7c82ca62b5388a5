package dragonfab.ops;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a target answered about one package.
 *
 * @param kept       checksums of the packages that lie there, by file name
 * @param rsync      whether it is installed
 * @param unfinished whether dpkg was interrupted
 * @param armed      whether a change waits to be confirmed or taken back
 * @param closed     whether visitors get the maintenance page
 */
public record PackageFacts(String architecture, Optional<DebVersion> installed, Map<String, String> kept,
        String answers, boolean rsync, boolean unfinished, boolean armed, boolean closed, Journal journal) {

    public static PackageFacts of(List<String> lines) {
        var installed = value(lines, "installed").map(state -> state.split("\\|", 2))
                .filter(state -> state.length == 2 && state[0].strip().equals("ii"))
                .map(state -> new DebVersion(state[1]));
        var kept = all(lines, "kept").stream().map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(part -> part[1], part -> part[0], (a, b) -> b));
        return new PackageFacts(value(lines, "architecture").orElse(""), installed, kept,
                value(lines, "answers").orElse(""), value(lines, "rsync").isPresent(),
                value(lines, "unfinished").isPresent(),
                value(lines, "armed").isPresent(), value(lines, "closed").isPresent(),
                Journal.of(all(lines, "journal")));
    }

    private static Optional<String> value(List<String> lines, String key) {
        return all(lines, key).stream().filter(text -> !text.isBlank()).findFirst();
    }

    private static List<String> all(List<String> lines, String key) {
        return lines.stream().filter(line -> line.startsWith(key + " ")).map(line -> line.substring(key.length() + 1))
                .toList();
    }

    public boolean keeps(String file, String sha256) {
        return sha256.equals(kept.get(file));
    }

    /** The newest file of the same package that lies there, where a new one could be made of it. */
    public Optional<String> older(String file) {
        return rsync ? DebPackage.newestLike(file, kept.keySet()) : Optional.empty();
    }

    public boolean runs(DebVersion version) {
        return installed.isPresent() && installed.get().equals(version);
    }
}
