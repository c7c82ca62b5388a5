package dragonfab.repository;

import dragonfab.shell.FileName;
import dragonfab.shell.KeyedLines;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the machine of an apt repository answered about one suite.
 *
 * @param ready  the ways that the repository was prepared
 * @param key    the public key that it is signed with
 * @param pooled checksums of those files, asked for, that lie in the pool, by name
 */
public record SuiteFacts(List<String> ready, String key, Map<String, String> pooled, List<PublishedPackage> published) {

    public static SuiteFacts of(List<String> lines) {
        var said = new KeyedLines(lines);
        var pooled = said.all("pooled").stream().map(line -> line.split(" ", 2))
                .filter(part -> part.length == 2 && FileName.isPlain(part[1]))
                .collect(Collectors.toMap(part -> part[1], part -> part[0], (a, b) -> b));
        return new SuiteFacts(said.all("ready"),
                said.all("key").stream().map(line -> line + "\n").collect(Collectors.joining()), pooled,
                said.all("published").stream().filter(PublishedPackage::isOne).map(PublishedPackage::of)
                        .sorted(Comparator.comparingLong(PublishedPackage::at)).toList());
    }

    /** The one of that name that was published last. */
    public Optional<PublishedPackage> newest(String name) {
        return published.stream().filter(each -> each.name().equals(name)).reduce((before, after) -> after);
    }

    public Optional<PublishedPackage> file(String file) {
        return published.stream().filter(each -> each.file().equals(file)).reduce((before, after) -> after);
    }
}
