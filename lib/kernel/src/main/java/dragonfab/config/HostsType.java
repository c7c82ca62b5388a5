package dragonfab.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The hosts of an environment: one alone, a list, or a mapping of each to its roles and its own values. */
final class HostsType implements ValueType<List<Host>> {
    private static final ValueType<List<Host>> LIST = new ListOf<>(ValueTypes.HOST, true, Host::name);
    private static final ValueType<List<String>> ROLES = new ListOf<>(ValueTypes.ROLE, true, role -> role);
    private static final ValueType<Integer> PORT = ValueTypes.number(1, 65535);
    private static final List<String> WORDS = List.of("roles", "user", "port");

    @Override
    public List<Host> read(YamlNode node, ReadContext at) {
        if (!(node instanceof YamlNode.Entries mapping)) {
            return LIST.read(node, at);
        }
        var read = new ArrayList<Host>();
        var names = new HashSet<String>();
        mapping.entries().forEach((name, value) -> {
            var here = at.at("." + name);
            var host = host(name, value, here);
            read.add(host);
            if (host != null && !names.add(host.name())) {
                here.wrong(value.line(), "stands in the mapping twice");
            }
        });
        return read.stream().filter(Objects::nonNull).toList();
    }

    private static Host host(String name, YamlNode value, ReadContext at) {
        if (value instanceof YamlNode.Text text && text.value() == null) {
            return null;
        }
        if (!(value instanceof YamlNode.Entries words)) {
            return at.wrong(value, "should be a mapping of roles and keys ({} where there are none)");
        }
        words.entries().forEach((word, each) -> known(word, each, at));
        try {
            var host = Host.parse(name);
            var roles = word(words, "roles", ROLES, at);
            var user = word(words, "user", ValueTypes.LOGIN, at);
            var port = word(words, "port", PORT, at);
            if (host.user() != null && user != null || host.port() != 0 && port != null) {
                return at.wrong(value.line(), "has its user or port in its name already");
            }
            return new Host(user == null ? host.user() : user, host.address(), port == null ? host.port() : port,
                    roles == null ? List.of() : roles);
        } catch (IllegalArgumentException wrong) {
            return at.wrong(value.line(), wrong.getMessage());
        }
    }

    private static void known(String word, YamlNode value, ReadContext at) {
        var here = at.at("." + word);
        if (WORDS.contains(word) || HostOverrides.allows(word)) {
            return;
        }
        if (Key.named(word) != null) {
            here.wrong(value.line(), "is the same for all hosts of an environment");
        } else {
            here.wrong(value.line(), "unknown key" + Suggestion.of(word, words()));
        }
    }

    private static List<String> words() {
        var words = new ArrayList<>(WORDS);
        HostOverrides.KEYS.forEach(key -> words.add(key.name()));
        return words;
    }

    private static <T> T word(YamlNode.Entries words, String word, ValueType<T> kind, ReadContext at) {
        var node = words.entries().get(word);
        return node == null ? null : kind.read(node, at.at("." + word));
    }

    /** Without what hosts say of other keys: those are read with their own kinds, and their secrets when needed. */
    @Override
    public YamlNode own(YamlNode node) {
        if (!(node instanceof YamlNode.Entries mapping)) {
            return node;
        }
        var hosts = new LinkedHashMap<String, YamlNode>();
        mapping.entries().forEach((name, value) -> hosts.put(name,
                value instanceof YamlNode.Entries words ? HostOverrides.without(words) : value));
        return new YamlNode.Entries(mapping.line(), hosts);
    }

    @Override
    public Map<String, Object> schema() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("roles", ROLES.schema());
        properties.put("user", ValueTypes.LOGIN.schema());
        properties.put("port", PORT.schema());
        HostOverrides.KEYS.forEach(key -> properties.put(key.name(), key.kind().schema()));
        var host = Map.of("type", "object", "additionalProperties", false, "properties", properties);
        return Map.of("anyOf", List.of(ValueTypes.HOST.schema(),
                Map.of("type", "array", "items", ValueTypes.HOST.schema()),
                Map.of("type", "object", "additionalProperties", host)));
    }
}
