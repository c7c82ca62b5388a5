package dragonfab.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The secrets of an environment that are known before any key is asked for, so that nobody prints one by chance: those
 * in clear text, and those of variables and files. A command is not run for it.
 *
 * <p>Keys that name things (hosts, packages, users, paths) hold none, wherever their values come from.
 */
final class KnownSecrets {
    private static final Set<Key<?>> HOLDING = Set.of(Key.SUDO_PASSWORD, Key.DB_PASSWORD, Key.DBA_PASSWORD,
            Key.WHEELSERVER, Key.APP_ENV, Key.VARS,
            Key.MANAGE, Key.DB_MIGRATE, Key.DB_MIGRATE_PENDING, Key.TESTS, Key.CHECKS,
            Key.HEALTH, Key.URL, Key.BEFORE_HOST, Key.AFTER_HOST, Key.WEB_HOOK, Key.DEPLOY, Key.ANONYMISE,
            Key.AFTER_CLONE);
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/@:\\s]*:(?!\\$\\{)([^/@\\s]+)@");

    private final Map<Key<?>, Entry> entries;
    private final Function<Key<?>, References.Purpose> finding;
    private final Consumer<String> found;
    private final Set<String> naming = new HashSet<>();

    /**
     * @param finding tells of what it fetches for a key
     * @param found   gets what stands in clear text
     */
    KnownSecrets(Map<Key<?>, Entry> entries, Function<Key<?>, References.Purpose> finding, Consumer<String> found) {
        this.entries = entries;
        this.finding = finding;
        this.found = found;
    }

    private static boolean mayBeIn(Key<?> key) {
        return HOLDING.contains(key);
    }

    /** What of a fetched value nobody may read: of a whole address only its password. */
    static Optional<String> of(Key<?> key, String value) {
        boolean address = List.of(Key.URL, Key.WHEELSERVER).contains(key) && value.matches("https?://.*");
        return !mayBeIn(key) ? Optional.empty() : address ? login(value) : Optional.of(value);
    }

    private static Optional<String> login(String address) {
        var login = LOGIN.matcher(address);
        return login.find() ? Optional.of(login.group(1)) : Optional.empty();
    }

    void find() {
        findIn(entries);
        HostOverrides.of(entries).values().stream().filter(own -> !own.isEmpty())
                .forEach(own -> new KnownSecrets(HostOverrides.over(entries, own), finding, found).findIn(own));
    }

    private void findIn(Map<Key<?>, Entry> some) {
        entries.values().stream().filter(entry -> !mayBeIn(entry.key()) && entry.key() != Key.VARS)
                .flatMap(entry -> texts(entry.value())).forEach(this::follow);
        some.values().forEach(entry -> {
            if (entry.key() != Key.VARS && (mayBeIn(entry.key()) || References.mayBeFetched(entry.key()))) {
                texts(entry.value()).forEach(text -> look(entry.key(), text));
            } else if (entry.key() == Key.VARS && entry.value() instanceof YamlNode.Entries vars) {
                vars.entries().forEach((name, value) -> {
                    if (!naming.contains("vars." + name)) {
                        texts(value).forEach(text -> look(Key.VARS, text));
                    }
                });
            }
        });
    }

    /** The variables that a name is made of. */
    private void follow(String text) {
        try {
            for (var part : Template.of(text)) {
                if (part instanceof Template.Name name && name.name().startsWith("vars.") && naming.add(name.name())
                        && entries.get(Key.VARS) != null
                        && entries.get(Key.VARS).value() instanceof YamlNode.Entries vars) {
                    var value = vars.entries().get(name.name().substring("vars.".length()));
                    texts(value).forEach(this::follow);
                }
            }
        } catch (IllegalArgumentException wrong) {
            // Whoever reads the value says so.
        }
    }

    private void look(Key<?> key, String text) {
        try {
            var written = new References(entries, finding.apply(key)).resolved(key, text);
            if (written != null && key.kind().secret()) {
                found.accept(written);
            }
            login(text).ifPresent(found);
        } catch (IllegalArgumentException wrong) {
            // Whoever reads the value says so.
        }
    }

    private static Stream<String> texts(YamlNode node) {
        if (node instanceof YamlNode.Text text) {
            return Stream.ofNullable(text.value());
        }
        Collection<YamlNode> inner = node instanceof YamlNode.Items list ? list.items()
                : node instanceof YamlNode.Entries mapping ? mapping.entries().values() : List.<YamlNode>of();
        return inner.stream().flatMap(KnownSecrets::texts);
    }
}
