package dragonfab.release.files;

import dragonfab.state.TargetFacts;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a target answered that matters to two directories and a link alone.
 *
 * @param current the directory that the link is at, where that is whole
 * @param sums    the checksum of the release in each directory that is whole
 */
record FilesFacts(Optional<String> current, Map<String, String> sums) {

    static FilesFacts of(TargetFacts facts) {
        return new FilesFacts(facts.said().filled("current"), facts.said().all("folder").stream()
                .map(line -> line.split(" ")).collect(Collectors.toMap(part -> part[0], part -> part[1])));
    }

    String idle() {
        return current.equals(Optional.of("a")) ? "b" : "a";
    }

    /** Where it lies, whole. */
    Optional<String> folder(String sha256) {
        return sums.keySet().stream().filter(folder -> sums.get(folder).equals(sha256)).findFirst();
    }

    Optional<String> runningSum() {
        return current.map(sums::get);
    }
}
