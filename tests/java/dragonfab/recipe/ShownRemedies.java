package dragonfab.recipe;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether what a failure says to try can be typed as it stands. */
final class ShownRemedies {
    private static final Pattern WAY = Pattern.compile("(?m)^(?:try|or|then): (.*)$");
    private static final Pattern OURS = Pattern.compile("jbang ([a-z-]+)@dragonfab(.*)");
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\\\\.|[^\\s'])+");
    /** Words that stand for another, as ENV and SECONDS; environments and keys of tests are in lower case. */
    private static final Pattern STAND_IN = Pattern.compile("[A-Z][A-Z_]+");

    private ShownRemedies() {
    }

    /** What is wrong with the lines that begin with try:, or: and then:. */
    static List<String> complaints(String said) {
        return WAY.matcher(said).results().map(way -> way.group(1)).flatMap(way -> complaint(way)
                .map(why -> way + " -> " + why).stream()).toList();
    }

    private static Optional<String> complaint(String way) {
        var ours = OURS.matcher(way);
        if (!ours.matches()) {
            return way.contains("@dragonfab") ? Optional.of("is a command within a sentence") : Optional.empty();
        }
        var words = WORD.matcher(ours.group(2)).results().map(word -> word.group().replaceAll("'([^']*)'", "$1"))
                .toList();
        var standIn = Stream.concat(Stream.of(ours.group(1)), words.stream())
                .filter(word -> STAND_IN.matcher(word).matches()).findFirst();
        return standIn.map(word -> word + " has to be replaced first")
                .or(() -> Arguments.refusal(ours.group(1), words));
    }
}
