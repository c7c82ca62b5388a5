package dragonfab.config;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * What stands around a value while it is read: its place, and where to say what is wrong with it.
 *
 * @param path     for people, as {@code staging.checks[0]}
 * @param folder   what relative paths start from
 * @param siteName the Host header of checks that name none; may answer null
 * @param quoting  false when the value is a secret, which no message may show
 */
record ReadContext(String path, Path folder, Supplier<String> siteName, boolean quoting, Problems problems) {

    ReadContext at(String more) {
        return new ReadContext(path + more, folder, siteName, quoting, problems);
    }

    ReadContext secretly() {
        return new ReadContext(path, folder, siteName, false, problems);
    }

    /** Answers null, for a reader to return. */
    <T> T wrong(int line, String text) {
        problems.add(line, path, text);
        return null;
    }

    /** @param rule may end in a hint in brackets */
    <T> T wrong(YamlNode node, String rule) {
        if (!(node instanceof YamlNode.Text text)) {
            return wrong(node.line(), rule + ", found " + node.what());
        }
        var hint = rule.endsWith(")") ? rule.lastIndexOf(" (") : rule.length();
        var found = quoting ? ", found " + Problems.quoted(text.value().replaceAll("://[^/@\\s]*@", "://***@")) : "";
        return wrong(node.line(), rule.substring(0, hint) + found + rule.substring(hint));
    }

    /** Each key that is none of those is a problem. */
    void requireKnown(YamlNode.Entries mapping, List<String> keys) {
        mapping.entries().forEach((key, value) -> {
            if (!keys.contains(key)) {
                at("." + key).wrong(value.line(), "unknown key" + Suggestion.of(key, keys));
            }
        });
    }
}
