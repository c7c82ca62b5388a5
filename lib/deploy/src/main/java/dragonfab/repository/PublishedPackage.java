package dragonfab.repository;

import dragonfab.deb.BuiltWith;
import dragonfab.deb.DebPackage;
import dragonfab.deb.DebVersion;
import dragonfab.report.Failure;
import dragonfab.shell.FileName;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A package in a suite of the apt repository, as its index names it.
 *
 * @param at         when it was published there, in seconds
 * @param commit     what it was built from, or "" when that is not known
 * @param companions names of files that it is installed with
 */
public record PublishedPackage(long at, String name, DebVersion version, String architecture, String sha256,
        String file, String commit, List<String> companions) {
    private static final Pattern LINE = Pattern.compile("[0-9]{1,18} [a-z0-9][a-z0-9+.-]+ [A-Za-z0-9.+~:-]+ [a-z0-9-]+"
            + " \\w+ [A-Za-z0-9][^/ \\p{Cntrl}]* commit=\\w* with=([A-Za-z0-9][^/ \\p{Cntrl}]*)?");

    /** Whether a line of facts is whole, and names files as files are called and not folders. */
    static boolean isOne(String line) {
        return LINE.matcher(line).matches();
    }

    /** Of a line of facts, without its key. */
    static PublishedPackage of(String line) {
        var words = line.split(" ");
        if (!LINE.matcher(line).matches() || !Stream.concat(Stream.of(words[5]), companions(words[7]))
                .allMatch(FileName::isPlain)) {
            throw Failure.failed("repository", "its index has something strange: " + line);
        }
        int n = 0;
        return new PublishedPackage(Long.parseLong(words[n++]), words[n++], new DebVersion(words[n++]), words[n++],
                words[n++], words[n++], after("commit=", words[n++]),
                companions(words[n]).toList());
    }

    private static Stream<String> companions(String word) {
        return Stream.of(after("with=", word).split(",")).filter(name -> !name.isEmpty());
    }

    private static String after(String key, String word) {
        return word.substring(key.length());
    }

    /** As a built package, which need not lie in the folder. */
    public DebPackage in(Path folder) {
        return new DebPackage(name, version, architecture, folder.resolve(file), sha256, commit,
                companions.stream().map(folder::resolve).toList(), BuiltWith.UNKNOWN);
    }
}
