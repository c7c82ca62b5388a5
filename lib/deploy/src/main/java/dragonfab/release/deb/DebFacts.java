package dragonfab.release.deb;

import dragonfab.deb.DebPackage;
import dragonfab.state.TargetFacts;
import java.util.List;
import java.util.Optional;

/**
 * What a target answered that matters to Debian packages alone.
 *
 * @param architecture of its dpkg
 * @param answers      the mark of debconf's answers that the package has got
 * @param rsync        whether a package can be made of an older one there
 * @param suite        the code name of its Debian release
 * @param kept         names of the packages that lie there
 */
public record DebFacts(String architecture, String answers, boolean rsync, String suite, List<String> kept) {

    public DebFacts {
        kept = List.copyOf(kept);
    }

    public static DebFacts of(TargetFacts facts) {
        return new DebFacts(facts.said().filled("architecture").orElse(""), facts.said().filled("answers").orElse(""),
                facts.said().filled("rsync").isPresent(), facts.said().filled("suite").orElse(""),
                List.copyOf(facts.kept().values()));
    }

    /** The newest file of the same package that lies there, where a new one could be made of it. */
    public Optional<String> older(String file) {
        return rsync ? DebPackage.newestLike(file, kept) : Optional.empty();
    }
}
