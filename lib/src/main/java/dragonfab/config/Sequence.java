package dragonfab.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps of a deploy, one at least, since a deploy that does nothing is a slip. */
final class Sequence implements Kind<List<Step>> {
    private final Kind<List<Step>> steps = Kinds.list(new StepKind());

    @Override
    public List<Step> read(Node node, Reading at) {
        return node instanceof Node.Items list && list.items().isEmpty()
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
