package dragonfab.docs;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Words that we had before we took those of the field; nothing that people read, page or output, has one of them. */
public final class Wording {
    private static final List<Phrase> PHRASES = List.of(
            phrase("way[- ]back", "automatic rollback, rollback timer, --allow-no-rollback"),
            phrase("journal agrees", "in sync"),
            phrase("journal says", "drift: journal has X"),
            phrase("\\bstuck\\b", "needs attention"),
            phrase("`well`|health:? well\\b|\\b(is|are|was) well\\b", "healthy"),
            phrase("`(runs|left|in order)`", "deployed and current, reverted, ok"),
            phrase("packages? (unfinished|in order)", "half-configured, ok"),
            phrase("^(changed|unchanged|planned|failed|note) +here:|^here +(ok|problem)\\b|  here$|`here`", "local"),
            phrase("\"place\":\"here\"|from: here\\b", "local"),
            phrase("site `?(open|closed)\\b", "live, in maintenance"),
            phrase("\\btaken? back\\b|\\btakes? (it|them|everything|all) back\\b", "rolled back"),
            phrase("proven and armed", "verified and armed"),
            phrase("(could|can|cannot) (not )?be told", "unreachable, unknown"),
            phrase("gets an intent", "records that it starts"),
            phrase("\\bhears? (from|of) ", "heartbeat"),
            phrase("\\ba look\\b", "a check"),
            phrase("\\bon hold\\b", "deploy freeze"),
            phrase("\\bwhoever\\b", "a noun"));

    private record Phrase(Pattern pattern, String instead) {
    }

    private Wording() {
    }

    private static Phrase phrase(String pattern, String instead) {
        return new Phrase(Pattern.compile("(?i)" + pattern), instead);
    }

    /** What is to be said otherwise: with the line, and where it stands. */
    public static List<String> complaints(String place, List<String> lines) {
        return lines.stream().flatMap(line -> PHRASES.stream().filter(phrase -> phrase.pattern().matcher(line).find())
                .map(phrase -> place + ": " + line.strip() + " -> " + phrase.instead())).toList();
    }
}
