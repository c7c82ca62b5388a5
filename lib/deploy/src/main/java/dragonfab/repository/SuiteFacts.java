package dragonfab.repository;

import dragonfab.deb.DebPackage;
import dragonfab.shell.FileName;
import dragonfab.shell.KeyedLines;
import dragonfab.state.ReleaseId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the machine of an apt repository answered about one suite.
 *
 * @param ready  the ways that the repository was prepared
 * @param key    the public key that it is signed with
 * @param pooled checksums of those files, asked for, that lie in the pool, by name
 * @param needs  names of packages that each needs, by its checksum
 * @param unread why no target would read the suite, which then counts for empty; "" where they do
 */
public record SuiteFacts(List<String> ready, String key, Map<String, String> pooled, List<PublishedPackage> published,
        Map<String, List<String>> needs, String unread) {

    public static SuiteFacts of(List<String> lines) {
        var said = new KeyedLines(lines);
        var pooled = said.all("pooled").stream().map(line -> line.split(" ", 2))
                .filter(part -> part.length == 2 && FileName.isPlain(part[1]))
                .collect(Collectors.toMap(part -> part[1], part -> part[0], (a, b) -> b));
        return new SuiteFacts(said.all("ready"),
                said.all("key").stream().map(line -> line + "\n").collect(Collectors.joining()), pooled,
                said.all("published").stream().filter(PublishedPackage::isOne).map(PublishedPackage::of)
                        .sorted(Comparator.comparingLong(PublishedPackage::at)).toList(),
                said.all("needs").stream().map(line -> List.of(line.split(" "))).collect(
                        Collectors.toMap(words -> words.get(0), words -> words.subList(1, words.size()), (a, b) -> b)),
                said.value("unread").orElse(""));
    }

    /**
     * These, and what they need of this suite, each by its names.
     *
     * @param choice the one of several that have that name; empty for none
     */
    List<PublishedPackage> withNeeds(List<PublishedPackage> some,
            Function<List<String>, Function<String, Optional<PublishedPackage>>> choice) {
        var all = new ArrayList<>(some);
        var names = closure(some);
        if (!names.isEmpty()) {
            var chosen = choice.apply(names);
            names.forEach(name -> chosen.apply(name).ifPresent(all::add));
        }
        return all;
    }

    /** Names of what they may need, and what that may need, as far as the suite has it. */
    private List<String> closure(List<PublishedPackage> some) {
        var there = some.stream().map(PublishedPackage::name).collect(Collectors.toSet());
        var names = new ArrayList<String>();
        var open = new ArrayDeque<>(some);
        while (!open.isEmpty()) {
            for (var name : needs.getOrDefault(open.remove().sha256(), List.of())) {
                var those = published.stream().filter(each -> each.name().equals(name)).toList();
                if (!those.isEmpty() && there.add(name)) {
                    names.add(name);
                    open.addAll(those);
                }
            }
        }
        return names;
    }

    /** The one of that name that was published last. */
    public Optional<PublishedPackage> newest(String name) {
        return published.stream().filter(each -> each.name().equals(name)).reduce((before, after) -> after);
    }

    /** What gives a release its name, with those very bytes. */
    Optional<PublishedPackage> of(ReleaseId release) {
        return file(release.files().get(0)).filter(each -> each.sha256().equals(release.checksum()));
    }

    /** @param version null for none */
    Optional<PublishedPackage> of(String name, String version) {
        return published.stream().filter(each -> each.name().equals(name) && each.version().text().equals(version))
                .reduce((before, after) -> after);
    }

    /** Of that version and commit, for other architectures. */
    Stream<PublishedPackage> others(PublishedPackage one) {
        return published.stream().filter(each -> each.name().equals(one.name()) && each.commit().equals(one.commit())
                && DebPackage.areBuilds(each.file(), one.file()));
    }

    public Optional<PublishedPackage> file(String file) {
        return published.stream().filter(each -> each.file().equals(file)).reduce((before, after) -> after);
    }
}
