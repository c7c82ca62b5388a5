package dragonfab.release.deb;

import dragonfab.deb.DebPackage;
import dragonfab.state.TargetFacts;
import java.util.Map;
import java.util.Optional;

/**
 * What a target answered that matters to Debian packages alone.
 *
 * @param architecture of its dpkg
 * @param answers      the mark of debconf's answers that the package has got
 * @param rsync        whether a package can be made of an older one there
 * @param kept         checksums of the packages that lie there, by file name
 */
public record DebFacts(String architecture, String answers, boolean rsync, Map<String, String> kept) {

    public static DebFacts of(TargetFacts facts) {
        return new DebFacts(facts.said().filled("architecture").orElse(""), facts.said().filled("answers").orElse(""),
                facts.said().filled("rsync").isPresent(), facts.kept());
    }

    /** The newest file of the same package that lies there, where a new one could be made of it. */
    public Optional<String> older(String file) {
        return rsync ? DebPackage.newestLike(file, kept.keySet()) : Optional.empty();
    }
}
