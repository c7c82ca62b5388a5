package dragonfab.config;

import java.util.Map;

/** The sort of value that a key takes: how it is read and checked, and what an editor is told of it. */
interface ValueType<T> {

    /** Null after telling a problem, and for what is not known yet. */
    T read(YamlNode node, ReadContext at);

    /** What of the node this kind reads; the rest belongs to others. */
    default YamlNode own(YamlNode node) {
        return node;
    }

    /** A JSON Schema of it. */
    Map<String, Object> schema();

    /** Whether it is one text, so that {@code ${name}} may stand for it. */
    default boolean single() {
        return false;
    }

    /** Whether references may stand in it. */
    default boolean referring() {
        return true;
    }

    /** Whether a bare {@code null} inside it is a word, and not a value that was forgotten. */
    default boolean takesNull() {
        return false;
    }

    default boolean secret() {
        return false;
    }
}
