package dragonfab.config;

import dragonfab.files.WebFile;
import dragonfab.report.Failure;
import dragonfab.shell.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One environment, checked and immutable: a value for every key that has one.
 *
 * <p>What stands outside the file is fetched once, when its key is asked for, and told to whoever hides it.
 */
public final class Environment {
    private final String name;
    private final Path file;
    private final Map<Key<?>, Entry> entries;
    private final ExternalValues fetcher;
    private final FetchedFiles files;
    /** Null until asked for; then for every one of dozens of hosts. */
    private volatile List<Target> targets;

    Environment(String name, Path file, Map<Key<?>, Entry> entries, Map<String, String> variables) {
        this(name, file, entries, new ExternalValues(file.getParent(), variables),
                FetchedFiles.of(file.getParent(), variables));
    }

    private Environment(String name, Path file, Map<Key<?>, Entry> entries, ExternalValues fetcher,
            FetchedFiles files) {
        this.name = name;
        this.file = file;
        this.entries = Map.copyOf(entries);
        this.fetcher = fetcher;
        this.files = files;
    }

    public String name() {
        return name;
    }

    /** Where environments.yml is, and what relative paths start from. */
    public Path folder() {
        return file.getParent();
    }

    /** The value, or the default, or null. */
    public <T> T get(Key<T> key) {
        var node = Entry.valueOf(key, entries);
        if (node == null) {
            return null;
        }
        var fetching = new Fetching(key, false);
        var known = key.kind().own(node).map(text -> new References(entries, fetching).resolved(key, text.value()));
        var problems = new Problems(source());
        var value = key.kind().read(known,
                new ReadContext(name + "." + key, folder(), () -> get(Key.SITE_NAME), !fetching.any, problems));
        if (problems.any()) {
            throw Failure.usage(source(), "a fetched value is wrong").listing(problems.lines());
        }
        if (value instanceof Secret secret) {
            fetcher.told(secret.reveal());
        }
        return value;
    }

    /** The value or the default. */
    public <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable(get(key));
    }

    /**
     * The file of a key, for whoever reads it now: one of a web server is fetched first, unless it is here.
     *
     * <p>Empty where there is none, and where the run is not to fetch it; {@link #get} only says where it will lie.
     */
    public Optional<Path> file(Key<Path> key) {
        return find(key).filter(path -> files.ready(path, name + "." + key));
    }

    /** The file of a key that lies on a web server, and was not fetched yet. */
    public Optional<WebFile> elsewhere(Key<Path> key) {
        return find(key).flatMap(files::elsewhere);
    }

    /** @param fetching hears of each file before it is fetched, and says whether it is to be */
    public void onFetch(Predicate<WebFile> fetching) {
        files.onFetch(fetching);
    }

    /** @param by who needs it, for the message when there is none */
    public <T> T require(Key<T> key, String by) {
        return find(key).orElseThrow(
                () -> Failure.usage(source(), name + ": " + key + " is needed by " + by)
                        .remedy("set " + key + " in " + source() + ", as " + key + ": " + key.example()));
    }

    /** The name under which a target knows the application. */
    public Optional<String> application() {
        return isSite() ? software().map(software -> new SiteName(software, get(Key.VARIANT)).toString())
                : find(Key.APP_NAME).or(() -> find(Key.PACKAGE_NAME));
    }

    /** The name of what a site serves. */
    public Optional<String> software() {
        return find(Key.SOFTWARE).or(() -> find(Key.APP_NAME));
    }

    /** @param by who needs it, for the message when there is none */
    public String application(String by) {
        return application().orElseGet(() -> require(isPackaged() ? Key.PACKAGE_NAME : isSite() ? Key.SOFTWARE
                : Key.APP_NAME, by));
    }

    /** The word for what its releases are. */
    public String kind() {
        return find(Key.KIND).orElseGet(() -> has(Key.APP) ? "site" : "deb");
    }

    /** Whether its releases are sites: a Python environment, sources and a site as packages side by side. */
    public boolean isSite() {
        return kind().equals("site");
    }

    /** Whether its releases are Debian packages, so that dpkg knows what belongs to them. */
    public boolean isPackaged() {
        return kind().equals("deb");
    }

    /**
     * A text from beside the file, with its references written out.
     *
     * @throws IllegalArgumentException that says what is wrong with a reference
     */
    public String expand(String text) {
        return new References(entries, new Fetching(Key.DEBCONF, true)).resolved(Key.DB_NAME, text);
    }

    /** Whether a text from beside the file has a secret for one of its references. */
    public boolean refersToSecret(String text) {
        var fetching = new Fetching(Key.DEBCONF, true);
        new References(entries, fetching).resolved(Key.DB_NAME, text);
        return fetching.any;
    }

    /** Whether the file or --set gives a value; a default does not count. */
    public boolean has(Key<?> key) {
        return entries.containsKey(key);
    }

    /** Whether there is a value for one of them, be it of a single host. */
    public boolean anywhere(Key<?>... keys) {
        return List.of(keys).stream().anyMatch(key -> has(key)
                || HostOverrides.of(entries).values().stream().anyMatch(own -> own.containsKey(key)));
    }

    /** The hosts, or the one container; empty when there is neither. */
    public List<Target> targets() {
        if (targets == null) {
            targets = has(Key.LXC) ? List.of(new Container(get(Key.LXC), get(Key.LXC_HOST)))
                    : List.copyOf(find(Key.HOSTS).orElse(List.of()));
        }
        return targets;
    }

    /** This environment as one target sees it: with the overrides of its host. */
    public Environment at(String target) {
        var own = List.copyOf(HostOverrides.of(entries).values());
        var hosts = own.isEmpty() ? List.<Host>of() : get(Key.HOSTS);
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i).name().equals(target) && !own.get(i).isEmpty()) {
                return new Environment(name, file, HostOverrides.over(entries, own.get(i)), fetcher, files);
            }
        }
        return this;
    }

    public Map<String, String> vars() {
        return find(Key.VARS).orElse(Map.of());
    }

    /** Tells of every secret from now on, and of those before. */
    public void onSecret(Consumer<String> listener) {
        new KnownSecrets(entries, Finding::new, fetcher::told).find();
        fetcher.listen(listener);
    }

    /** Whether a secret is a part of it, so that no argument list may have it. */
    public boolean holdsSecret(String text) {
        return fetcher.isIn(text);
    }

    /** Hides what stands beside the file, as in one of answers. */
    public void hide(Secret secret) {
        fetcher.told(secret.reveal());
    }

    /** Rows of key, value and source, in the order of the manual; nothing is fetched, and no secret shown. */
    public List<Map<String, String>> shown() {
        return new EnvironmentTable(entries).rows();
    }

    @Override
    public String toString() {
        return name;
    }

    private String source() {
        return file.getFileName().toString();
    }

    /** Gives the values themselves, and remembers whether there were any that no message may show. */
    private final class Fetching implements References.Purpose {
        private final ExternalValues.Wanted wanted;
        private final Key<?> key;
        private final boolean secret;
        private boolean any;

        /** @param secret whether all of it is, whatever the key */
        private Fetching(Key<?> key, boolean secret) {
            this.key = key;
            this.wanted = new ExternalValues.Wanted(source(), name + "." + key);
            this.secret = secret;
        }

        @Override
        public String fetch(Template.Fetch reference) {
            any = true;
            var value = fetcher.fetch(reference, wanted);
            (secret ? Optional.of(value) : KnownSecrets.of(key, value)).ifPresent(fetcher::told);
            return value;
        }

        @Override
        public String part(Template.Fetch reference) {
            any = true;
            return fetcher.told(fetcher.fetch(reference, wanted));
        }

        @Override
        public String file(WebFile file) {
            file.secrets().forEach(fetcher::told);
            return files.place(file).toString();
        }

        @Override
        public String secret(Key<?> key, String value) {
            any = true;
            return fetcher.told(value);
        }
    }

    /** Gives only what costs nothing to know. */
    private final class Finding implements References.Purpose {
        private final Key<?> key;

        private Finding(Key<?> key) {
            this.key = key;
        }

        @Override
        public String fetch(Template.Fetch reference) {
            var value = fetcher.glance(reference);
            value.flatMap(known -> KnownSecrets.of(key, known)).ifPresent(fetcher::told);
            return value.orElse(null);
        }

        @Override
        public String part(Template.Fetch reference) {
            var value = fetcher.glance(reference);
            value.ifPresent(fetcher::told);
            return value.orElse(null);
        }

        /** Also where a part is not known now: what stands in clear text is. */
        @Override
        public boolean takesStars() {
            return true;
        }

        @Override
        public String file(WebFile file) {
            file.secrets().forEach(fetcher::told);
            return null;
        }

        @Override
        public String secret(Key<?> key, String value) {
            return fetcher.told(value);
        }
    }
}
