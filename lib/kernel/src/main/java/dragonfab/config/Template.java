package dragonfab.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A text as its parts: what stands there, what another key says, and what is fetched. */
final class Template {
    static final List<String> SOURCES = List.of("env", "file", "cmd", "url");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder letters = new StringBuilder();
    private int at;

    sealed interface Part {
    }

    record Letters(String text) implements Part {}

    /** The value of another key. */
    record Name(String name) implements Part {}

    /** A value from outside the file: a secret; of a url, the path of what was fetched from there. */
    record Fetch(String source, String what) implements Part {
        boolean isUrl() {
            return source.equals("url");
        }

        String written() {
            return "${" + source + ":" + what + "}";
        }
    }

    private Template(String text) {
        this.text = text;
    }

    static List<Part> of(String text) {
        var template = new Template(text);
        while (template.at < text.length()) {
            template.step();
        }
        template.flush();
        return List.copyOf(template.parts);
    }

    private void step() {
        if (text.startsWith("$${", at)) {
            letters.append("${");
            at += "$${".length();
        } else if (text.startsWith("${", at)) {
            var end = closing(at + 1);
            flush();
            parts.add(part(text.substring(at + 2, end)));
            at = end + 1;
        } else {
            letters.append(text.charAt(at++));
        }
    }

    /** The brace that closes the one at this place; those of a command in between come in pairs. */
    private int closing(int open) {
        var depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("has a ${ that is not closed (a literal one is written $${)");
    }

    private static Part part(String inside) {
        var colon = inside.indexOf(':');
        if (colon < 0) {
            ValueTypes.require(NAME.matcher(inside).matches(),
                    "has a ${...} without a name in it (a literal one is written $${)");
            return new Name(inside);
        }
        var source = inside.substring(0, colon);
        var what = inside.substring(colon + 1);
        ValueTypes.require(SOURCES.contains(source), "has a ${...:...} that is none of "
                + "${env:NAME}, ${file:PATH}, ${cmd:COMMAND}, ${url:ADDRESS#sha256=SUM}"
                + Suggestion.of(source, SOURCES));
        ValueTypes.require(!what.isBlank(), "has a ${" + source + ":} with nothing in it");
        ValueTypes.require(!source.equals("env") || VARIABLE.matcher(what).matches(),
                "has a ${env:...} that is no name of a variable");
        return new Fetch(source, what);
    }

    private void flush() {
        if (letters.length() > 0) {
            parts.add(new Letters(letters.toString()));
            letters.setLength(0);
        }
    }
}
