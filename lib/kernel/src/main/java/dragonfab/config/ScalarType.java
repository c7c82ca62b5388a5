package dragonfab.config;

import dragonfab.report.Failure;
import dragonfab.shell.PlatformEncoding;
import java.nio.file.InvalidPathException;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A value that is one text.
 *
 * @param rule  what it should be, in words
 * @param parse throws IllegalArgumentException with a rule of its own, or the same, when it is not
 */
record ScalarType<T>(String rule, BiFunction<String, ReadContext, T> parse, Map<String, Object> schema,
        boolean referring, boolean secret) implements ValueType<T> {

    static <T> ScalarType<T> of(String rule, BiFunction<String, ReadContext, T> parse, Map<String, Object> schema) {
        return new ScalarType<>(rule, parse, schema, true, false);
    }

    /** One that YAML has a type for, or an enumeration: no reference stands in it. */
    static <T> ScalarType<T> fixed(String rule, BiFunction<String, ReadContext, T> parse,
            Map<String, Object> schema) {
        return new ScalarType<>(rule, parse, schema, false, false);
    }

    @Override
    public T read(YamlNode node, ReadContext at) {
        var here = secret ? at.secretly() : at;
        if (!(node instanceof YamlNode.Text text)) {
            return here.wrong(node, rule);
        }
        if (text.value() == null) {
            return null;
        }
        if (text.value().isEmpty()) {
            return here.wrong(node.line(), "is empty");
        }
        try {
            return parse.apply(text.value(), here);
        } catch (InvalidPathException path) {
            return here.wrong(node, PlatformEncoding.of(path).map(Failure::getMessage).orElse(path.getReason()));
        } catch (IllegalArgumentException wrong) {
            return here.wrong(node, wrong.getMessage() == null ? rule : wrong.getMessage());
        }
    }

    @Override
    public boolean single() {
        return true;
    }
}
