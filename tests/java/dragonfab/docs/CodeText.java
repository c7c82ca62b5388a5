package dragonfab.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Java source as text: where calls end, and what their arguments say. Characters in texts count for nothing. */
final class CodeText {
    private CodeText() {
    }

    /** Where the bracket that was opened before is closed. */
    static int end(String text, int from) {
        int open = 1;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"' && text.charAt(i - 1) != '\\') {
                quoted = !quoted;
            } else if (!quoted && each == '(') {
                open++;
            } else if (!quoted && each == ')' && --open == 0) {
                return i;
            }
        }
        return text.length();
    }

    /** The pieces between separators that stand in no brackets. */
    static List<String> parts(String text, String separators) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            quoted ^= each == '"' && (i == 0 || text.charAt(i - 1) != '\\');
            depth += quoted ? 0 : "([{".indexOf(each) >= 0 ? 1 : ")]}".indexOf(each) >= 0 ? -1 : 0;
            if (!quoted && depth == 0 && separators.indexOf(each) >= 0) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(each);
            }
        }
        parts.add(part.toString().strip());
        return parts.equals(List.of("")) ? List.of() : parts;
    }

    /** All that the code and its shell scripts can say, with what stands between two parts of a text taken out. */
    static String allSaid() throws IOException {
        var said = new StringBuilder();
        for (var root : List.of("lib/kernel/src/main", "lib/deploy/src/main", "scripts")) {
            try (var files = Files.walk(Pages.HOME.resolve(root))) {
                for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                    said.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                            .replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\""));
                }
            }
        }
        return said.toString();
    }

    static boolean literal(String expression) {
        return expression.matches("(?s)\"(?:[^\"\\\\]|\\\\.)*\"");
    }

    /** What a text says whose other parts are known only when it runs: those are "…". */
    static String said(String expression) {
        return parts(expression, "+").stream().map(part -> literal(part)
                ? part.substring(1, part.length() - 1).replace("\\n", " ").replaceAll("\\\\(.)", "$1") : "…")
                .collect(Collectors.joining()).replaceAll("…+", "…");
    }
}
