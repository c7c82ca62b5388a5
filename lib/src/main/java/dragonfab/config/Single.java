package dragonfab.config;

import java.util.Map;
import java.util.function.BiFunction;

/**
 * A value that is one text.
 *
 * @param rule  what it should be, in words
 * @param parse throws IllegalArgumentException with a rule of its own, or the same, when it is not
 */
record Single<T>(String rule, BiFunction<String, Reading, T> parse, Map<String, Object> schema,
        boolean referring, boolean secret) implements Kind<T> {

    static <T> Single<T> of(String rule, BiFunction<String, Reading, T> parse, Map<String, Object> schema) {
        return new Single<>(rule, parse, schema, true, false);
    }

    /** One that YAML has a type for, or an enumeration: no reference stands in it. */
    static <T> Single<T> fixed(String rule, BiFunction<String, Reading, T> parse,
            Map<String, Object> schema) {
        return new Single<>(rule, parse, schema, false, false);
    }

    @Override
    public T read(Node node, Reading at) {
        var here = secret ? at.secretly() : at;
        if (!(node instanceof Node.Text text)) {
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
        } catch (IllegalArgumentException wrong) {
            return here.wrong(node, wrong.getMessage() == null ? rule : wrong.getMessage());
        }
    }

    @Override
    public boolean single() {
        return true;
    }
}
