package dragonfab.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command that a page gives to type, as the words that a shell makes of it.
 *
 * @param block whether it stands in a block of shell, where each line has to be a command
 */
public record Typed(Path page, List<String> words, boolean block) {
    private static final Pattern CODE = Pattern.compile("(?<!`)`([^`]+)`(?!`)");
    private static final Pattern SHOWN = Pattern.compile("(?:^|\\$ |: (?=jbang ))((?:jbang |\\./).*)");
    private static final Pattern WORD = Pattern.compile("&&|;|\\||(?:'[^']*'|\"[^\"]*\"|\\\\.|[^\\s'\";])+");
    private static final Pattern OPTIONAL = Pattern.compile(" ?\\[([^\\]]*)]");

    /** What stands between fences, and in its sentences what begins like a command. */
    static List<Typed> of(Path page) {
        var block = fenced(page, "sh").flatMap(Typed::commands).map(words -> new Typed(page, words, true));
        var shown = fenced(page, "").map(SHOWN::matcher).filter(Matcher::find).map(command -> command.group(1));
        var elsewhere = Stream.concat(shown, codes(page)).flatMap(Typed::variants).flatMap(Typed::commands)
                .map(words -> new Typed(page, words, false));
        return Stream.concat(block, elsewhere).toList();
    }

    /** The one line of a page that is this, to the letter. */
    public static String line(String page, String pattern) {
        var file = Pages.HOME.resolve(page);
        var found = Stream.concat(fenced(file, "sh"), codes(file)).map(line -> line.replaceFirst("\\s+#.*", ""))
                .filter(line -> line.matches(pattern)).distinct().toList();
        if (found.size() != 1) {
            throw new AssertionError(page + " should have one line " + pattern + ", and has " + found);
        }
        return found.get(0);
    }

    /** The lines between fences of this language; one that ends in a backslash has the next in it. */
    private static Stream<String> fenced(Path page, String language) {
        var found = new ArrayList<String>();
        String fence = null;
        var before = "";
        for (var line : Pages.lines(page)) {
            if (line.strip().startsWith("```")) {
                fence = fence == null ? line.strip().substring(3) : null;
            } else if (language.equals(fence)) {
                boolean goesOn = line.endsWith("\\");
                before += goesOn ? line.substring(0, line.length() - 1) : line;
                if (!goesOn) {
                    found.add(before);
                    before = "";
                }
            }
        }
        return found.stream();
    }

    /** Code in sentences and tables, each on one line. */
    static Stream<String> codes(Path page) {
        return CODE.matcher(Pages.prose(page)).results().map(code -> code.group(1).replaceAll("\\s*\n\\s*", " "))
                .map(code -> code.replace("\\|", "|"));
    }

    /** A usage line as all that it allows: {@code [X]} with and without, {@code a|b} one by one. */
    static Stream<String> variants(String usage) {
        var optional = OPTIONAL.matcher(usage);
        if (usage.matches(".*['\"].*")) {
            return Stream.of(usage);
        }
        if (optional.find()) {
            return Stream.of("", " " + optional.group(1)).map(optional::replaceFirst).flatMap(Typed::variants);
        }
        var alternatives = Pattern.compile("(?<= )[^ ]+\\|[^ ]+").matcher(usage);
        return alternatives.find()
                ? Stream.of(alternatives.group().split("\\|")).map(alternatives::replaceFirst).flatMap(Typed::variants)
                : Stream.of(usage);
    }

    /** A line as its commands, without comments, redirections and the words of loops. */
    static Stream<List<String>> commands(String line) {
        var commands = new ArrayList<List<String>>(List.of(new ArrayList<>()));
        var before = "";
        for (var word : WORD.matcher(line).results().map(found -> found.group()).toList()) {
            if (word.startsWith("#")) {
                break;
            }
            if (List.of("&&", ";", "|", "do", "done").contains(word)) {
                commands.add(new ArrayList<>());
            } else if (!word.matches("<|>>") && !before.equals("<")) {
                commands.get(commands.size() - 1).add(unquoted(word));
            }
            before = word;
        }
        return commands.stream().filter(command -> !command.isEmpty()).map(List::copyOf);
    }

    private static String unquoted(String word) {
        return word.replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2").replaceAll("\\.\\.\\.$", "");
    }

    @Override
    public String toString() {
        return Pages.name(page) + ": " + words.stream().collect(Collectors.joining(" "));
    }
}
