package dragonfab.database.migrate;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.database.migrate.Change.Kind;
import dragonfab.files.TextFile;
import dragonfab.report.Failure;
import java.nio.file.Files;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;

/** The fixtures of an environment, in the order in which they are loaded. */
final class Fixtures {
    private static final String SQL = ".sql";

    private Fixtures() {
    }

    static List<Change> of(Environment environment) {
        var known = new HashSet<String>();
        return environment.get(Key.FIXTURES).stream().map(name -> Normalizer.normalize(name, Normalizer.Form.NFC))
                .peek(name -> {
                    if (!known.add(name)) {
                        throw wrong(name + " stands there twice");
                    }
                }).map(name -> read(environment, name)).toList();
    }

    /** Whether one of them takes Django. */
    static boolean needDjango(Environment environment) {
        return environment.get(Key.FIXTURES).stream().anyMatch(name -> !name.endsWith(SQL));
    }

    private static Change read(Environment environment, String name) {
        var file = environment.folder().resolve(name);
        boolean there = Files.isRegularFile(file);
        if (!there && (name.contains("/") || name.endsWith(SQL))) {
            throw wrong("there is no file " + name);
        }
        return there && name.endsWith(SQL) ? new Patch(Kind.FIXTURE, name, TextFile.read(file))
                : new DjangoFixture(name, there ? file : null);
    }

    private static Failure wrong(String what) {
        return Failure.usage("environments.yml", "fixtures: " + what);
    }
}
