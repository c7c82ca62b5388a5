package dragonfab.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages that people read: what stands at the root, below docs, and in the examples. */
final class Pages {
    static final Path HOME = Path.of(System.getProperty("dragonfab.home")).toAbsolutePath().normalize();

    private Pages() {
    }

    static Stream<Path> all() throws IOException {
        return Stream.of(of("", 1), of("docs", 9), of("examples", 9)).flatMap(List::stream).sorted();
    }

    private static List<Path> of(String folder, int depth) throws IOException {
        try (var files = Files.walk(HOME.resolve(folder), depth)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    static String name(Path page) {
        return HOME.relativize(page).toString();
    }

    static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what is shown between fences or indented, where a bracket is a bracket. */
    static String prose(Path page) {
        var prose = new StringBuilder();
        boolean fence = false;
        boolean shown = false;
        var before = "";
        for (var line : lines(page)) {
            boolean edge = line.strip().startsWith("```");
            fence ^= edge;
            // Indented lines of a list go on with its text; behind an empty line they are shown as they are.
            shown = line.startsWith("    ") && (shown || before.isBlank());
            if (!fence && !edge && !shown) {
                prose.append(line).append('\n');
            }
            before = line;
        }
        return prose.toString();
    }
}
