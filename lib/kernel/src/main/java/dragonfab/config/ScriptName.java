package dragonfab.config;

import static dragonfab.config.ScriptName.Trait.BINDABLE;
import static dragonfab.config.ScriptName.Trait.LEAVES_SITE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Our scripts, and what a sequence that names them has to know of each. */
public enum ScriptName {
    INIT(BINDABLE, LEAVES_SITE),
    NEW,
    DOCTOR(LEAVES_SITE),
    ENV(LEAVES_SITE),
    LXC(LEAVES_SITE),
    DEB_BUILD(Place.HERE, LEAVES_SITE),
    DEB_PUBLISH(Place.REPOSITORY, LEAVES_SITE),
    DEB_DEPLOY(BINDABLE),
    SITE_BUILD(Place.HERE, LEAVES_SITE),
    SITE_DEPLOY(BINDABLE),
    DB_DUMP,
    DB_PUSH,
    DB_CLONE,
    DB_MIGRATE(Place.DATABASE),
    DATA_REFRESH,
    WEB_MODE(BINDABLE),
    WEB_RESTART(BINDABLE),
    TEST(BINDABLE),
    DEPLOY,
    ROLLBACK,
    HEAL,
    LOCK,
    RELEASES(LEAVES_SITE),
    STATUS(BINDABLE, LEAVES_SITE),
    RUN(BINDABLE),
    MANAGE(BINDABLE),
    SHELL,
    LOGS(BINDABLE, LEAVES_SITE);

    /** Where a step runs. */
    public enum Place { TARGETS, DATABASE, REPOSITORY, HERE }

    enum Trait {
        /** May be for some of the targets only; the others have their place already. */
        BINDABLE,
        LEAVES_SITE
    }

    private final Place place;
    private final Set<Trait> traits;

    ScriptName(Trait... traits) {
        this(Place.TARGETS, traits);
    }

    ScriptName(Place place, Trait... traits) {
        this.place = place;
        this.traits = Set.of(traits);
    }

    static Optional<ScriptName> of(String typed) {
        return Arrays.stream(values()).filter(script -> script.typed().equals(typed)).findFirst();
    }

    /** As typed, of those that are so. */
    static List<String> typed(Predicate<ScriptName> which) {
        return Arrays.stream(values()).filter(which).map(ScriptName::typed).toList();
    }

    /** DEB_DEPLOY is deb-deploy. */
    public String typed() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Place place() {
        return place;
    }

    public boolean changesSite() {
        return !traits.contains(LEAVES_SITE);
    }

    boolean isBindable() {
        return traits.contains(BINDABLE);
    }

    /** A sequence is no step of itself. */
    boolean isStep() {
        return this != DEPLOY;
    }
}
