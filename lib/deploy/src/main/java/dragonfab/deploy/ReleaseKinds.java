package dragonfab.deploy;

import dragonfab.config.Environment;
import dragonfab.config.Suggestion;
import dragonfab.release.ReleaseKind;
import dragonfab.release.deb.DebKind;
import dragonfab.release.site.SiteKind;
import dragonfab.report.Failure;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The kinds of release there are, each by the word that the key kind has for it. */
public final class ReleaseKinds {
    private static final String DEB = "deb";
    private static final String SITE = "site";

    private ReleaseKinds() {
    }

    /** Ours, or one that a project's own jar brings as a {@link Provider}. */
    public static ReleaseKind of(Environment environment) {
        return environment.isPackaged() ? new DebKind() : environment.isSite() ? new SiteKind()
                : foreign(environment.kind(), environment);
    }

    private static ReleaseKind foreign(String name, Environment environment) {
        var known = new TreeSet<String>();
        known.add(DEB);
        known.add(SITE);
        for (var provider : ServiceLoader.load(Provider.class)) {
            if (provider.name().equals(name)) {
                return provider.kind();
            }
            known.add(provider.name());
        }
        throw Failure.usage("environments.yml", environment.name() + ".kind: " + name
                + " is no kind of release" + Suggestion.of(name, known) + ": write " + String.join(" or ", known)
                + ", or leave the key out for "
                + DEB);
    }

    /** A kind of release from outside, which the services of its jar name. */
    public interface Provider {
        String name();

        ReleaseKind kind();
    }
}
