package dragonfab.recipe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that every script has, with the same meaning everywhere. */
public final class CommonOptions {
    @Option(names = {"-f", "--file"}, paramLabel = "FILE",
            description = "The environments file (default: environments.yml here or in a folder above).")
    Path file;

    @Option(names = {"-n", "--dry-run"},
            description = "Show every command, change nothing; with -v also the texts of scripts.")
    boolean dryRun;

    @Option(names = {"-v", "--verbose"}, description = "Show commands and their output, and times as local time.")
    boolean verbose;

    @Option(names = {"-q", "--quiet"}, description = "Show failures and answers only.")
    boolean quiet;

    @Option(names = "--json", description = "Print one JSON object per event.")
    boolean json;

    @Option(names = {"-y", "--yes"}, description = "Answer yes to questions.")
    boolean yes;

    @Option(names = "--host", paramLabel = "NAME", split = ",", description = {
        "Only these hosts of the environment: names, patterns (app*, web[1-3]), roles (@db);",
        "with ! before it, all but these."})
    List<String> hosts = List.of();

    @Option(names = "--parallel", paramLabel = "N", converter = WholeNumber.OneOrMore.class,
            description = "How many targets are worked on at once (default: the key parallel, 32).")
    Integer parallel;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override a key of the environment.")
    Map<String, String> set = Map.of();

    @Option(names = "--timeout", paramLabel = "SECONDS", converter = WholeNumber.OneOrMore.class,
            description = "Longest time for one step (default: 1800).")
    int timeout = 1800;

    /** As another script would need it. */
    List<String> ofFile() {
        return file == null ? List.of() : List.of("-f", file.toString());
    }

    List<String> ofKeys() {
        return set.entrySet().stream().flatMap(each -> Stream.of("--set", each.getKey() + "=" + each.getValue()))
                .toList();
    }

    Duration limit() {
        return Duration.ofSeconds(timeout);
    }
}
