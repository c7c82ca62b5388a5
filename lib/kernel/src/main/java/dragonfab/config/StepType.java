package dragonfab.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A step of a sequence: a script of ours as one line, or a mapping of step, run, local or script to a line.
 *
 * <p>What runs on targets may be for some of them only: those of roles, or one.
 */
final class StepType implements ValueType<SequenceStep> {
    private static final List<String> STEPS = ScriptName.typed(ScriptName::isStep);
    private static final List<String> FORMS = List.of("run", "local", "script", "step");
    private static final List<String> ON_TARGETS = List.of("run", "step");
    private static final List<String> BINDABLE = ScriptName.typed(ScriptName::isBindable);
    private static final List<String> SCOPE = List.of("roles", "once");
    private static final ValueType<List<String>> ROLES = new ListOf<>(ValueTypes.ROLE, true, role -> role);
    private static final String RULE =
            "should be a script of ours, or one of {run: ...}, {local: ...}, {script: ...}";

    @Override
    public SequenceStep read(YamlNode node, ReadContext at) {
        try {
            if (node instanceof YamlNode.Text text) {
                return text.value() == null ? null : ours(text.value(), TargetScope.EVERYWHERE, text.line(), at);
            }
            return node instanceof YamlNode.Entries mapping ? other(mapping, at) : at.wrong(node.line(), RULE);
        } catch (IllegalArgumentException wrong) {
            return at.wrong(node.line(), wrong.getMessage());
        }
    }

    private static SequenceStep ours(String line, TargetScope scope, int number, ReadContext at) {
        var words = words(line);
        var script = ScriptName.of(words.get(0));
        if (script.isEmpty()) {
            return at.wrong(number, "unknown script " + Problems.quoted(words.get(0))
                    + Suggestion.of(words.get(0), STEPS)
                    + "; a command is written {run: ...} or {local: ...}");
        }
        if (!script.get().isStep()) {
            return at.wrong(number, script.get().typed() + " cannot be a step of itself");
        }
        return new SequenceStep.Ours(script.get(), words.subList(1, words.size()), scope);
    }

    private static SequenceStep other(YamlNode.Entries mapping, ReadContext at) {
        var forms = new ArrayList<>(mapping.entries().keySet());
        forms.removeAll(SCOPE);
        for (var form : forms) {
            if (!FORMS.contains(form)) {
                return at.at("." + form).wrong(mapping.line(), "unknown key" + Suggestion.of(form, keys())
                        + "; a step is run, local or script");
            }
        }
        if (forms.size() != 1) {
            return at.wrong(mapping.line(), RULE);
        }
        var form = forms.get(0);
        var line = ValueTypes.TEXT.read(mapping.entries().get(form), at.at("." + form));
        var scope = scope(mapping, form, at);
        if (line == null || scope == null) {
            return null;
        }
        return switch (form) {
            case "run" -> new SequenceStep.OnTargets(line, scope);
            case "step" -> bound(line, scope, mapping.line(), at);
            case "local" -> new SequenceStep.Local(line);
            default -> own(words(line), at);
        };
    }

    private static SequenceStep bound(String line, TargetScope scope, int number, ReadContext at) {
        var step = ours(line, scope, number, at);
        return step instanceof SequenceStep.Ours ours && !ours.script().isBindable()
                && !scope.equals(TargetScope.EVERYWHERE)
                        ? at.wrong(number,
                                ours.script().typed() + " cannot be for some hosts: it has its place already")
                        : step;
    }

    private static List<String> keys() {
        var keys = new ArrayList<>(FORMS);
        keys.addAll(SCOPE);
        return keys;
    }

    /** Null after telling a problem. */
    private static TargetScope scope(YamlNode.Entries mapping, String form, ReadContext at) {
        var roles = mapping.entries().get("roles");
        var once = mapping.entries().get("once");
        if ((roles != null || once != null) && !ON_TARGETS.contains(form)) {
            return at.wrong(mapping.line(), "runs on this machine: roles and once are for run and step");
        }
        var named = roles == null ? List.<String>of() : ROLES.read(roles, at.at(".roles"));
        var single = once == null ? Boolean.FALSE : ValueTypes.FLAG.read(once, at.at(".once"));
        return named == null || single == null ? null : new TargetScope(named, single);
    }

    private static SequenceStep own(List<String> words, ReadContext at) {
        return new SequenceStep.Own(ValueTypes.path(words.get(0), at.folder()), words.subList(1, words.size()));
    }

    private static List<String> words(String line) {
        var words = ShellWords.of(line);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return words;
    }

    @Override
    public Map<String, Object> schema() {
        var line = Map.of("type", "string", "minLength", 1);
        var ours = script(STEPS);
        var bindable = script(BINDABLE);
        var onTargets = Map.<String, Object>of("run", line, "roles", ROLES.schema(), "once", ValueTypes.FLAG.schema());
        var bound = Map.<String, Object>of("step", bindable, "roles", ROLES.schema(), "once", ValueTypes.FLAG.schema());
        return Map.of("anyOf", List.of(ours, mapping("run", onTargets), mapping("step", bound),
                mapping("local", Map.of("local", line)), mapping("script", Map.of("script", line))));
    }

    private static Map<String, Object> script(List<String> names) {
        return Map.of("type", "string", "pattern", "^\\s*(" + String.join("|", names) + ")(\\s|$)");
    }

    private static Map<String, Object> mapping(String form, Map<String, Object> properties) {
        return Map.of("type", "object", "additionalProperties", false, "required", List.of(form),
                "properties", properties);
    }
}
