package dragonfab.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps of a deploy, one at least, since a deploy that does nothing is a slip. */
final class SequenceType implements ValueType<List<SequenceStep>> {
    private final ValueType<List<SequenceStep>> steps = ValueTypes.list(new StepType());

    @Override
    public List<SequenceStep> read(YamlNode node, ReadContext at) {
        return node instanceof YamlNode.Items list && list.items().isEmpty()
                ? at.wrong(node.line(), "has no steps (without the key, they are derived)")
                : steps.read(node, at);
    }

    @Override
    public Map<String, Object> schema() {
        var schema = new HashMap<>(steps.schema());
        schema.put("minItems", 1);
        return schema;
    }
}
