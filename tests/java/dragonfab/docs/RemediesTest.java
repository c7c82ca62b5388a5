package dragonfab.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Arguments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every remedy of the code: a command of ours is made as one, has no stand-in, and options that its script takes. */
class RemediesTest {
    private static final Pattern MADE = Pattern.compile("(?:\\bRemedy\\.(\\w+)|\\.(remedy|remedyAtLeast))\\(");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern COMMAND = Pattern.compile(
            "(jbang|dragonfab|\\./jbangw|ssh|ssh-\\w+|sudo|apt|apt-get|chmod|export|git) .*|.*@dragonfab.*|--[\\w-]+[ ,].*");
    private static final Pattern FIXED = Pattern.compile("\\bjbangw? [a-z-]+@|[a-z]@dragonfab\\b");
    private static final Pattern STAND_IN = Pattern.compile("(?:.*[ =])?[A-Z][A-Z_]+");

    /** One call that makes a remedy: how, and all that stands between its brackets. */
    private record Call(Path file, String how, String arguments) {

        /** Those of a remedy within it are of another call. */
        List<String> texts() {
            var own = new StringBuilder(arguments);
            for (var inner = MADE.matcher(own); inner.find(); inner.reset()) {
                own.delete(inner.start(), CodeText.end(own.toString(), inner.end()) + 1);
            }
            return TEXT.matcher(own).results().map(text -> text.group(1)).toList();
        }

        Stream<String> complaints() {
            var texts = texts();
            if (List.of("remedy", "remedyAtLeast", "advice").contains(how)) {
                return texts.stream().filter(text -> COMMAND.matcher(text).matches())
                        .map(text -> "is a command in words: " + text);
            }
            var standIns = texts.stream().filter(text -> STAND_IN.matcher(text).matches()
                    && !text.startsWith("LC_ALL=")).map(text -> "has to be replaced first: " + text);
            return Stream.concat(standIns, ours(texts).stream());
        }

        private Optional<String> ours(List<String> texts) {
            if (!List.of("script", "here").contains(how) || texts.isEmpty() || !arguments.startsWith("\"")) {
                return Optional.empty();
            }
            var script = texts.get(0);
            if (!CommandCheck.SCRIPTS.contains(script)) {
                return Optional.of("no script " + script);
            }
            var options = Arguments.options(script);
            return texts.stream().skip(1).takeWhile(word -> !word.equals("--"))
                    .filter(word -> word.startsWith("-") && !options.contains(word)).findFirst()
                    .map(word -> script + " has no " + word);
        }
    }

    @Test
    void whatCanBeTypedCanBeTypedAsItStands() throws IOException {
        var calls = calls();

        assertTrue(calls.size() > 150, "found only " + calls.size());
        assertEquals("", String.join("\n", calls.stream().flatMap(call -> call.complaints()
                .map(why -> Pages.HOME.relativize(call.file()) + ": " + call.how() + " " + why)).toList()));
    }

    /** Only {@code Starter} knows how a person starts scripts. */
    @Test
    void noTextSaysHowAScriptIsStarted() throws IOException {
        var fixed = new ArrayList<String>();
        for (var folder : List.of("lib/kernel/src/main", "lib/deploy/src/main", "scripts")) {
            try (var files = Files.walk(Pages.HOME.resolve(folder))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    Files.readString(file, StandardCharsets.ISO_8859_1).lines().filter(FIXED.asPredicate())
                            .filter(line -> !file.endsWith("Starter.java") && !file.endsWith("StartedAs.java"))
                            .forEach(line -> fixed.add(Pages.HOME.relativize(file) + ": " + line.strip()));
                }
            }
        }

        assertEquals("", String.join("\n", fixed));
    }

    private static List<Call> calls() throws IOException {
        var calls = new ArrayList<Call>();
        for (var folder : List.of("lib/kernel/src/main/java", "lib/deploy/src/main/java", "scripts")) {
            try (var files = Files.walk(Pages.HOME.resolve(folder))) {
                for (var file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    var text = Files.readString(file);
                    MADE.matcher(text).results().map(made -> new Call(file,
                            made.group(1) == null ? made.group(2) : made.group(1),
                            text.substring(made.end(), CodeText.end(text, made.end())))).forEach(calls::add);
                }
            }
        }
        return calls;
    }
}
