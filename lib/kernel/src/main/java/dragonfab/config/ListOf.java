package dragonfab.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A list of values of one kind.
 *
 * @param lone whether one value may stand without its list
 * @param name tells items apart that must not stand twice; null when they may
 */
record ListOf<T>(ValueType<T> each, boolean lone, Function<T, Object> name) implements ValueType<List<T>> {

    @Override
    public List<T> read(YamlNode node, ReadContext at) {
        if (lone && (node instanceof YamlNode.Text || node instanceof YamlNode.Entries && !each.single())) {
            var only = each.read(node, at);
            return only == null ? null : List.of(only);
        }
        if (!(node instanceof YamlNode.Items list)) {
            return node instanceof YamlNode.Text text && text.value() == null ? null
                    : at.wrong(node, "should be a list");
        }
        var read = new ArrayList<T>();
        var names = new HashSet<Object>();
        for (var item : list.items()) {
            var here = at.at("[" + read.size() + "]");
            var value = each.read(item, here);
            read.add(value);
            if (name != null && value != null && !names.add(name.apply(value))) {
                here.wrong(item.line(), "stands in the list twice");
            }
        }
        return read.stream().filter(Objects::nonNull).toList();
    }

    @Override
    public Map<String, Object> schema() {
        var list = Map.<String, Object>of("type", "array", "items", each.schema());
        return lone ? Map.of("anyOf", List.of(each.schema(), list)) : list;
    }
}
