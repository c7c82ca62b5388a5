package dragonfab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A failure that the code can end with.
 *
 * @param area   the folder of its source, as {@code shell/ssh}
 * @param remedy null where there is none, or where it is known only when it runs
 */
record CodeFailure(String area, String message, String remedy) {
    private static final Pattern MADE = Pattern.compile(
            "(?:\\bFailure\\s*\\.(?:usage|failed|stuck)|\\brefused|\\bnew ConnectionLost)\\(");
    private static final Pattern NEXT = Pattern.compile("\\G\\s*\\.(\\w+)\\(");
    private static final Pattern REMEDY = Pattern.compile("\\G\\s*(?:Remedy)?\\.(\\w+)\\(");
    private static final Pattern ENVIRONMENT =
            Pattern.compile("environment.*|run\\.environment\\(\\).*|from\\.name\\(\\)"
                    + "|place\\.environment\\(\\).*");

    static List<CodeFailure> all() throws IOException {
        var all = new ArrayList<CodeFailure>();
        for (var root : List.of("lib/kernel/src/main/java/dragonfab", "lib/deploy/src/main/java/dragonfab",
                "scripts")) {
            var folder = Pages.HOME.resolve(root);
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
                    var area = root.equals("scripts") ? "scripts" : folder.relativize(file.getParent()).toString();
                    all.addAll(of(file, area));
                }
            }
        }
        return all;
    }

    private static List<CodeFailure> of(Path file, String area) throws IOException {
        var text = Files.readString(file);
        return MADE.matcher(text).results().map(made -> {
            int end = CodeText.end(text, made.end());
            var arguments = CodeText.parts(text.substring(made.end(), end), ",");
            return arguments.size() < 2 ? null
                    : new CodeFailure(area, CodeText.said(arguments.get(1)), remedy(text, end + 1).orElse(null));
        }).filter(Objects::nonNull).toList();
    }

    /** Of the calls that follow one another from there. */
    private static Optional<String> remedy(String text, int from) {
        Optional<String> remedy = Optional.empty();
        var next = NEXT.matcher(text);
        for (int at = from; next.find(at); at = CodeText.end(text, next.end()) + 1) {
            if (next.group(1).equals("remedy")) {
                remedy = shown(text.substring(next.end(), CodeText.end(text, next.end())).strip());
            }
        }
        return remedy;
    }

    private static Optional<String> shown(String expression) {
        var choices = CodeText.parts(expression, "?:");
        if (choices.size() > 1) {
            var all = Stream.iterate(1, i -> i < choices.size(), i -> i + 1)
                    .filter(i -> i == choices.size() - 1 || i % 2 == 1).map(i -> shown(choices.get(i)))
                    .flatMap(Optional::stream).collect(Collectors.joining("; or "));
            return Optional.of(all).filter(text -> !text.isEmpty());
        }
        if (!expression.startsWith("Remedy.")) {
            return Optional.of(CodeText.said(expression)).filter(text -> !text.equals("…"));
        }
        var shown = new StringBuilder();
        var way = REMEDY.matcher(expression);
        for (int at = 0; way.find(at); at = CodeText.end(expression, way.end()) + 1) {
            var arguments = expression.substring(way.end(), CodeText.end(expression, way.end())).strip();
            if (List.of("or", "then").contains(way.group(1))) {
                shown(arguments).ifPresent(other -> shown.append("; ").append(way.group(1)).append(' ').append(other));
            } else {
                shown.append(typed(way.group(1), arguments));
            }
        }
        return Optional.of(shown.toString());
    }

    private static String typed(String kind, String arguments) {
        if (kind.equals("advice")) {
            return CodeText.said(arguments);
        }
        if (kind.equals("line")) {
            return "`" + CodeText.said(arguments) + "`";
        }
        var words = new ArrayList<>(CodeText.parts(arguments, ",").stream()
                .map(word -> ENVIRONMENT.matcher(word).matches() ? "ENV" : CodeText.said(word)).toList());
        if (kind.equals("here")) {
            words.add(1, "ENV");
        }
        var typed = "`" + String.join(" ", words) + "`";
        return !kind.equals("again") ? typed
                : words.isEmpty() ? "the same command again" : "the same command with " + typed;
    }

    /** Whether anybody could look for it. */
    boolean hasWords() {
        return Stream.of(message.replaceAll("[^\\p{L} ]", " ").strip().split("\\s+"))
                .filter(word -> !word.isEmpty()).count() >= 2;
    }
}
