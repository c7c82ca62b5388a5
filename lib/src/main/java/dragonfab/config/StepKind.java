package dragonfab.config;

import java.util.List;
import java.util.Map;

/** A step of a sequence: a script of ours as one line, or a mapping of run, local or script to a line. */
final class StepKind implements Kind<Step> {
    private static final List<String> STEPS =
            Scripts.NAMES.stream().filter(name -> !name.equals("deploy")).toList();
    private static final List<String> FORMS = List.of("run", "local", "script");
    private static final String RULE =
            "should be a script of ours, or one of {run: ...}, {local: ...}, {script: ...}";

    @Override
    public Step read(Node node, Reading at) {
        try {
            if (node instanceof Node.Text text) {
                return text.value() == null ? null : ours(text, at);
            }
            return node instanceof Node.Entries mapping && mapping.entries().size() == 1 ? other(mapping, at)
                    : at.wrong(node.line(), RULE);
        } catch (IllegalArgumentException wrong) {
            return at.wrong(node.line(), wrong.getMessage());
        }
    }

    private static Step ours(Node.Text text, Reading at) {
        var words = words(text.value());
        var script = words.get(0);
        if (script.equals("deploy")) {
            return at.wrong(text.line(), "deploy cannot be a step of itself");
        }
        if (!STEPS.contains(script)) {
            return at.wrong(text.line(), "unknown script " + Problems.quoted(script)
                    + Suggestion.of(script, STEPS)
                    + "; a command is written {run: ...} or {local: ...}");
        }
        return new Step.Ours(script, words.subList(1, words.size()));
    }

    private static Step other(Node.Entries mapping, Reading at) {
        var form = mapping.entries().keySet().iterator().next();
        if (!FORMS.contains(form)) {
            return at.at("." + form).wrong(mapping.line(),
                    "unknown key" + Suggestion.of(form, FORMS) + "; a step is run, local or script");
        }
        var line = Kinds.TEXT.read(mapping.entries().get(form), at.at("." + form));
        if (line == null) {
            return null;
        }
        return form.equals("run") ? new Step.OnTargets(line)
                : form.equals("local") ? new Step.Local(line) : own(words(line), at);
    }

    private static Step own(List<String> words, Reading at) {
        return new Step.Own(Kinds.path(words.get(0), at.folder()), words.subList(1, words.size()));
    }

    private static List<String> words(String line) {
        var words = Words.of(line);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return words;
    }

    @Override
    public Map<String, Object> schema() {
        var line = Map.of("type", "string", "minLength", 1);
        var names = String.join("|", STEPS);
        var ours = Map.of("type", "string", "pattern", "^\\s*(" + names + ")(\\s|$)");
        var other = Map.of("type", "object", "additionalProperties", false, "minProperties", 1,
                "maxProperties", 1, "properties", Map.of("run", line, "local", line, "script", line));
        return Map.of("anyOf", List.of(ours, other));
    }
}
