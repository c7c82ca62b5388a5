package dragonfab.config;

import dragonfab.files.HttpDownload;
import dragonfab.files.WebFile;
import dragonfab.files.WebFileCache;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The files of one environment that lie on web servers: where each will be, and fetched when somebody reads it. */
final class FetchedFiles {
    private final WebFileCache cache;
    private final Map<Path, WebFile> known = new HashMap<>();
    private final Set<WebFile> left = new HashSet<>();
    /** Until a run says so, nothing is fetched. */
    private Predicate<WebFile> fetching = file -> false;

    private FetchedFiles(WebFileCache cache) {
        this.cache = cache;
    }

    static FetchedFiles of(Path folder, Map<String, String> variables) {
        return new FetchedFiles(new WebFileCache(folder.resolve(".dragonfab/files"), HttpDownload.of(variables)));
    }

    synchronized void onFetch(Predicate<WebFile> fetching) {
        this.fetching = fetching;
    }

    synchronized Path place(WebFile file) {
        var place = cache.place(file);
        known.put(place, file);
        return place;
    }

    synchronized Optional<WebFile> elsewhere(Path path) {
        return Optional.ofNullable(known.get(path)).filter(file -> !cache.has(file));
    }

    /** Whether it can be read now; what is no file of a web server is left to its reader. */
    synchronized boolean ready(Path path, String wanted) {
        var missing = elsewhere(path);
        if (missing.isEmpty()) {
            return true;
        }
        // Dozens of hosts ask for the same, and one word on it does.
        if (left.contains(missing.get()) || !fetching.test(missing.get())) {
            left.add(missing.get());
            return false;
        }
        cache.fetch(missing.get(), wanted);
        return true;
    }
}
