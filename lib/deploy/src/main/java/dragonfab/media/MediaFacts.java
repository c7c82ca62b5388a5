package dragonfab.media;

import dragonfab.report.Failure;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a target says of itself before media come to it.
 *
 * @param owner  the numbers of user and group
 * @param vacant the pairs whose folder there is empty
 */
public record MediaFacts(String owner, Set<MediaFolders.Pair> vacant) {

    /** @throws Failure when the target did not answer for each folder */
    static MediaFacts of(String place, List<String> lines, List<MediaFolders.Pair> pairs) {
        if (lines.size() != pairs.size() + 1) {
            throw Failure.failed(place, "its media cannot be looked at").of(null, lines);
        }
        return new MediaFacts(lines.get(0), IntStream.range(0, pairs.size())
                .filter(n -> lines.get(n + 1).equals("vacant")).mapToObj(pairs::get).collect(Collectors.toSet()));
    }
}
