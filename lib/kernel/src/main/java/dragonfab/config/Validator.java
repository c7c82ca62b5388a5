package dragonfab.config;

import dragonfab.files.WebFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads every value of one environment that is known without fetching, and holds the rules between keys. */
final class Validator {
    private static final References.Purpose LOOKING = new References.Purpose() {
        @Override
        public String fetch(Template.Fetch reference) {
            return null;
        }

        @Override
        public String file(WebFile file) {
            return null;
        }

        @Override
        public String secret(Key<?> key, String value) {
            return value;
        }
    };
    private static final References.Purpose STEPPING = new Refusing(
            "a step cannot hold a secret: every user of the machine can read its command line"
                    + " (let the command read it by itself, from a file)");
    private static final References.Purpose COMMANDING = new Refusing("a command cannot hold a secret: every user of"
            + " the machine can read its command line (put it into app_env, for the program to read there)");

    /** For command lines. */
    private record Refusing(String why) implements References.Purpose {
        @Override
        public String fetch(Template.Fetch reference) {
            throw new IllegalArgumentException(why);
        }

        @Override
        public String file(WebFile file) {
            return fetch(null);
        }

        @Override
        public String secret(Key<?> key, String value) {
            return fetch(null);
        }
    }

    private final String name;
    private final Map<Key<?>, Entry> entries;
    private final Path folder;
    private final Problems problems;

    /** @param name of the environment; __all__ for the shared keys alone, which may leave names open */
    Validator(String name, Map<Key<?>, Entry> entries, Path folder, Problems problems) {
        this.name = name;
        this.entries = entries;
        this.folder = folder;
        this.problems = problems;
    }

    void run() {
        entries.values().forEach(entry -> read(entry, entry.key()));
        if (!name.equals(Layers.SHARED)) {
            targets();
            roles();
        }
        HostOverrides.of(entries).values().stream().filter(own -> !own.isEmpty())
                .forEach(own -> new Validator(name, HostOverrides.over(entries, own), folder, problems).ofHost());
    }

    /** The values that one host overrides, and those that refer to them. */
    private void ofHost() {
        entries.values().stream().filter(entry -> HostOverrides.KEYS.contains(entry.key()))
                .forEach(entry -> read(entry, entry.key()));
    }

    private <T> T read(Entry entry, Key<T> key) {
        var known = key.kind().own(entry.value()).map(text -> known(entry, text));
        return key.kind().read(known, new ReadContext(entry.path(), folder, () -> null, true, problems));
    }

    private String known(Entry entry, YamlNode.Text text) {
        try {
            return new References(entries, purpose(entry.key())).resolved(entry.key(), text.value());
        } catch (References.Unset unset) {
            if (!name.equals(Layers.SHARED)) {
                var here = entry.layer().equals(Layers.SHARED) ? " (in " + name + ")" : "";
                problems.add(text.line(), entry.path(), unset.getMessage() + here);
            }
        } catch (IllegalArgumentException wrong) {
            problems.add(text.line(), entry.path(), wrong.getMessage());
        }
        return null;
    }

    private static References.Purpose purpose(Key<?> key) {
        return List.of(Key.DEPLOY, Key.BEFORE_HOST, Key.AFTER_HOST, Key.WEB_HOOK).contains(key) ? STEPPING
                : List.of(Key.TESTS, Key.MANAGE, Key.DB_MIGRATE, Key.DB_MIGRATE_PENDING).contains(key) ? COMMANDING
                : LOOKING;
    }

    private void targets() {
        if (has(Key.LXC) && has(Key.HOSTS) && !none(entries.get(Key.HOSTS).value())) {
            wrong(Key.LXC, "an environment has hosts or lxc, not both");
        }
        if (has(Key.LXC_HOST) && !has(Key.LXC)) {
            wrong(Key.LXC_HOST, "needs lxc, the name of a container on that host");
        }
        if (says(Key.LXC_UNPRIVILEGED, "true") && !says(Key.LXC_CLONE, "copy")) {
            wrong(Key.LXC_UNPRIVILEGED, "needs lxc_clone: copy");
        }
        if (says(Key.INSTALL_FROM, "repository") && !has(Key.REPOSITORY_URL)) {
            wrong(Key.INSTALL_FROM, "repository needs repository_url, where the targets find it");
        }
        if (says(Key.ROLLBACK, "snapshot") && !has(Key.LXC)) {
            wrong(Key.ROLLBACK, "snapshot needs lxc: a host has none");
        }
    }

    private static boolean none(YamlNode hosts) {
        return hosts instanceof YamlNode.Items list && list.items().isEmpty()
                || hosts instanceof YamlNode.Entries mapping && mapping.entries().isEmpty();
    }

    /** Where each host has its roles, a step for a role that none has would never run. */
    private void roles() {
        var steps = has(Key.DEPLOY) ? read(entries.get(Key.DEPLOY), Key.DEPLOY) : null;
        var hosts = has(Key.HOSTS) ? read(entries.get(Key.HOSTS), Key.HOSTS) : null;
        if (steps == null || hosts == null || hosts.stream().anyMatch(host -> host.roles().isEmpty())) {
            return;
        }
        var known = hosts.stream().flatMap(host -> host.roles().stream()).distinct().toList();
        steps.stream().flatMap(step -> step.scope().roles().stream()).filter(role -> !known.contains(role)).distinct()
                .forEach(role -> wrong(Key.DEPLOY, "no host of " + name + " has the role " + role
                        + Suggestion.of(role, known)));
    }

    private void wrong(Key<?> key, String what) {
        var entry = entries.get(key);
        problems.add(entry.value().line(), entry.path(), what);
    }

    private boolean has(Key<?> key) {
        return entries.containsKey(key);
    }

    private boolean says(Key<?> key, String value) {
        return Entry.valueOf(key, entries) instanceof YamlNode.Text text && value.equals(text.value());
    }

    /** Secrets of a protected environment that whoever reads the file reads too. */
    List<String> warnings() {
        var warnings = new ArrayList<String>();
        var all = new ArrayList<>(entries.values());
        HostOverrides.of(entries).values().forEach(own -> all.addAll(own.values()));
        for (var entry : all) {
            if (says(Key.PROTECTED, "true") && entry.key().kind().secret() && inClear(entry)) {
                warnings.add(entry.source() + ": " + place(entry) + ": stands in clear text"
                        + " (write ${env:NAME}, ${file:PATH} or ${cmd:COMMAND})");
            }
        }
        return warnings;
    }

    private String place(Entry entry) {
        return entry.layer().equals(Layers.SHARED) || entry.layer().equals(Layers.SET) ? name + "." + entry.key()
                : entry.path();
    }

    private boolean inClear(Entry entry) {
        return entry.value() instanceof YamlNode.Text text
                && new References(entries, LOOKING).resolved(entry.key(), text.value()) != null;
    }
}
