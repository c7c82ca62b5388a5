package dragonfab.config;

import dragonfab.files.WebFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes out the references in the texts of one environment, for one purpose. */
final class References {
    private static final int MOST_NAMES = 1000;
    private static final int LONGEST = 1 << 20;
    private static final Set<String> LATER = Set.of("version", "release");
    /** What is read when a step needs it; a key or a configuration of SSH would be needed for every look. */
    private static final List<Key<?>> FILES = List.of(Key.DEBCONF, Key.MAINTENANCE_PAGE);

    private final Map<Key<?>, Entry> entries;
    private final Purpose purpose;
    private Key<?> reader;
    private int named;

    /** What becomes of the values that people must not see. */
    interface Purpose {
        /** Null when it is not to be known now. */
        String fetch(Template.Fetch reference);

        /** Null when it is not to be known now. A part of an address is a secret whatever key it is for. */
        default String part(Template.Fetch reference) {
            return fetch(reference);
        }

        /** Whether it is about the look of an address, so that stars for the unknown do. */
        default boolean takesStars() {
            return false;
        }

        /** What stands for a file of a web server. */
        String file(WebFile file);

        /** The value of a secret key that another text refers to. */
        String secret(Key<?> key, String value);
    }

    References(Map<Key<?>, Entry> entries, Purpose purpose) {
        this.entries = entries;
        this.purpose = purpose;
    }

    /** Null when a part is not to be known now; an IllegalArgumentException says what is wrong with it. */
    String resolved(Key<?> key, String text) {
        if (!key.kind().referring()) {
            return text;
        }
        reader = key;
        named = 0;
        var parts = Template.of(text);
        if (parts.size() == 1 && parts.get(0) instanceof Template.Fetch fetch && fetch.isUrl()) {
            ValueTypes.require(FILES.contains(key), "has a ${url:...}, which only these take: " + names(FILES));
            return file(fetch);
        }
        return written(text, new ArrayDeque<>(), key == Key.CHECKS || key == Key.HEALTH);
    }

    /** Stars stand for what is not to be known now, so that the rest can be checked. */
    private String file(Template.Fetch fetch) {
        var address = new StringBuilder();
        var known = true;
        for (var part : Template.of(fetch.what())) {
            ValueTypes.require(!(part instanceof Template.Fetch inner && inner.isUrl()), "has a ${url:...} in another");
            var piece = part instanceof Template.Letters letters ? letters.text()
                    : part instanceof Template.Fetch inner ? purpose.part(inner)
                    : named(((Template.Name) part).name(), new ArrayDeque<>(), false);
            known &= piece != null;
            address.append(piece == null ? "***" : piece);
        }
        var file = WebFile.of(address.toString());
        return known || purpose.takesStars() ? purpose.file(file) : null;
    }

    static boolean mayBeFetched(Key<?> key) {
        return FILES.contains(key);
    }

    private static String names(List<Key<?>> keys) {
        return String.join(", ", keys.stream().map(Key::name).toList());
    }

    private String written(String text, Deque<String> way, boolean later) {
        var result = new StringBuilder();
        var known = true;
        for (var part : Template.of(text)) {
            ValueTypes.require(!(part instanceof Template.Fetch fetch && fetch.isUrl()),
                    "has a ${url:...}, which is the whole value of a key or none of it: " + names(FILES));
            var piece = part instanceof Template.Letters letters ? letters.text()
                    : part instanceof Template.Fetch fetch ? purpose.fetch(fetch)
                    : named(((Template.Name) part).name(), way, later);
            known &= piece != null;
            result.append(piece);
            ValueTypes.require(result.length() <= LONGEST, "grows beyond 1 MB by its references");
        }
        return known ? result.toString() : null;
    }

    private String named(String name, Deque<String> way, boolean later) {
        if (LATER.contains(name)) {
            ValueTypes.require(later, "has ${" + name + "}, which only checks know");
            return "${" + name + "}";
        }
        if (way.contains(name)) {
            throw new IllegalArgumentException("refers to itself: " + circle(name, way));
        }
        ValueTypes.require(++named <= MOST_NAMES, "refers to too many names");
        way.addLast(name);
        var value = name.startsWith("vars.") ? variable(name, way, later) : key(name, way);
        way.removeLast();
        return value;
    }

    private String variable(String name, Deque<String> way, boolean later) {
        var entry = entries.get(Key.VARS);
        if (entry == null || !(entry.value() instanceof YamlNode.Entries vars)) {
            throw unknown(name);
        }
        var value = vars.entries().get(name.substring("vars.".length()));
        if (value == null) {
            throw unknown(name);
        }
        return value instanceof YamlNode.Text text && text.value() != null
                ? written(text.value(), way, later) : null;
    }

    private String key(String name, Deque<String> way) {
        var key = Key.named(name);
        if (key == null) {
            throw unknown(name);
        }
        ValueTypes.require(key.kind().single(), "has ${" + name + "}, which is more than one text");
        var value = Entry.valueOf(key, entries);
        if (value == null) {
            throw new Unset("needs " + name + ", which has no value");
        }
        if (!(value instanceof YamlNode.Text text) || text.value() == null) {
            return null;
        }
        var written = key.kind().referring() ? written(text.value(), way, false) : text.value();
        return written != null && key.kind().secret() ? purpose.secret(key, written) : written;
    }

    /** Shared keys may use variables that each environment brings. */
    private IllegalArgumentException unknown(String name) {
        var what = reader.kind().secret() ? "has a ${...} with an unknown name (a literal one is written $${)"
                : "has ${" + Problems.quoted(name) + "}, an unknown name" + meant(name);
        return name.startsWith("vars.") ? new Unset(what) : new IllegalArgumentException(what);
    }

    private String meant(String name) {
        var known = new ArrayList<String>(LATER);
        Key.all().stream().filter(key -> key.kind().single()).forEach(key -> known.add(key.name()));
        var vars = entries.get(Key.VARS);
        if (vars != null && vars.value() instanceof YamlNode.Entries mapping) {
            mapping.entries().keySet().forEach(each -> known.add("vars." + each));
        }
        var suggestion = Suggestion.of(name, known);
        return suggestion.isEmpty() ? " (a literal one is written $${" + Problems.quoted(name) + "})"
                : suggestion;
    }

    private static String circle(String name, Deque<String> way) {
        var names = new ArrayList<>(way);
        List<String> circle = names.subList(names.indexOf(name), names.size());
        return String.join(" -> ", circle) + " -> " + name;
    }

    /** A name without a value here. */
    static final class Unset extends IllegalArgumentException {
        Unset(String what) {
            super(what);
        }
    }
}
