package dragonfab.config;

import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A syntax error of YAML, in words for someone who did not read its specification.
 *
 * <p>The parser's own words are not passed on: they may quote the file, and so a password.
 */
record YamlErrorText(int line, String what) {
    private static final String QUOTE =
            "cannot be read as YAML here: a text that begins with %s stands in quotes";
    private static final List<Map.Entry<String, String>> KNOWN = List.of(
            Map.entry("mapping values are not allowed", "a colon too many: the text stands in quotes,"
                    + " or the line above lacks a blank after its colon"),
            Map.entry("could not find expected ':'", "a key without a colon and a blank after it"),
            Map.entry("unexpected end of stream", "a quote is not closed"),
            Map.entry("expected <block end>",
                    "the indentation does not fit the lines above, or a quote is not closed"),
            Map.entry("expected the node content", "a value is missing, or a bracket or brace is not closed"),
            Map.entry("expected ',' or", "a bracket or brace is not closed, or a comma is missing"),
            Map.entry("unknown escape", "an unknown \\ in double quotes; single quotes take it as it is"),
            Map.entry("document start", "nothing may stand between two documents, nor after the end of one"));

    static YamlErrorText of(MarkedYAMLException from, String text) {
        var problem = String.valueOf(from.getProblem());
        var mark = from.getProblemMark();
        var begun = from.getContextMark() != null
                && (problem.contains("expected ':'") || problem.contains("end of stream"));
        var line = (begun ? from.getContextMark() : mark).getLine();
        var lines = text.split("\n", -1);
        var there = line < lines.length ? lines[line] : "";
        if (there.matches("[ ]*\t.*\r?")) {
            return new YamlErrorText(line + 1, "a tab in the indentation; write blanks");
        }
        return new YamlErrorText(line + 1, said(problem, there, mark.getColumn()));
    }

    /** For the slips that the parser gives no place. */
    static YamlErrorText after(int line) {
        return new YamlErrorText(line, "cannot be read as YAML from here on");
    }

    private static String said(String problem, String line, int column) {
        var first = column < line.length() ? line.charAt(column) : ' ';
        if ("@`%&*!".indexOf(first) >= 0) {
            return String.format(QUOTE, first);
        }
        return KNOWN.stream().filter(known -> problem.contains(known.getKey()))
                .map(Map.Entry::getValue).findFirst().orElse("cannot be read as YAML");
    }
}
