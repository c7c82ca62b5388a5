package dragonfab.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML text as nodes: one document of texts, lists and mappings, where nothing stands for something else.
 *
 * <p>Made from events, since nodes know neither duplicate keys nor the letters of 1.10.
 */
final class YamlReader {
    private static final int DEEPEST = 20;
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final Parser parser;
    private final Problems problems;
    private int depth;
    private int line = 1;

    private YamlReader(Parser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /** Null after telling a problem. */
    static YamlNode of(String text, String path, Problems problems) {
        var tree = new YamlReader(new ParserImpl(new StreamReader(text), new LoaderOptions()), problems);
        try {
            return tree.document(path);
        } catch (YAMLException e) {
            var error = e instanceof MarkedYAMLException marked
                    ? YamlErrorText.of(marked, text) : YamlErrorText.after(tree.line);
            problems.add(error.line(), path, error.what());
        } catch (TooDeep e) {
            problems.add(tree.line, path, "goes more than " + DEEPEST + " levels deep");
        }
        return null;
    }

    private Event next() {
        var event = parser.getEvent();
        line = event.getEndMark().getLine() + 1;
        return event;
    }

    private YamlNode document(String path) {
        next();
        var start = next();
        if (!(start instanceof DocumentStartEvent document)) {
            problems.add(1, path, "holds nothing");
            return null;
        }
        if (document.getVersion() != null || document.getTags() != null && !document.getTags().isEmpty()) {
            problems.add(1, path, "YAML directives are not allowed");
        }
        var root = node(next(), line(start), path);
        next();
        var after = next();
        if (after instanceof DocumentStartEvent) {
            problems.add(line(after), path, "a second document begins here; one file is one document");
        }
        return root;
    }

    private YamlNode node(Event event, int line, String path) {
        YamlRestrictions.of(event).forEach(refusal -> problems.add(line(event), path, refusal));
        if (event instanceof ScalarEvent scalar) {
            return text(scalar, line, path);
        }
        if (event instanceof AliasEvent) {
            return new YamlNode.Text(line, null);
        }
        if (++depth > DEEPEST) {
            throw new TooDeep();
        }
        var node = event.is(Event.ID.SequenceStart) ? items(line, path) : entries(line, path);
        depth--;
        return node;
    }

    private YamlNode text(ScalarEvent scalar, int line, String path) {
        var word = scalar.getValue().equals("null") && takesNull(path);
        if (scalar.isPlain() && NULLS.contains(scalar.getValue()) && !word) {
            problems.add(line, path, "has no value");
            return new YamlNode.Text(line, null);
        }
        if (scalar.getValue().indexOf('\0') >= 0) {
            problems.add(line, path, "holds a NUL character");
        }
        return new YamlNode.Text(line, scalar.getValue());
    }

    /** The path begins with an environment, or with the key where --set gives it. */
    private static boolean takesNull(String path) {
        var parts = path.split("\\.", 3);
        return Arrays.stream(parts).limit(parts.length - 1).map(Key::named)
                .anyMatch(key -> key != null && key.kind().takesNull());
    }

    private YamlNode items(int line, String path) {
        var items = new ArrayList<YamlNode>();
        for (var next = next(); !next.is(Event.ID.SequenceEnd); next = next()) {
            items.add(node(next, line(next), path + "[" + items.size() + "]"));
        }
        return new YamlNode.Items(line, items);
    }

    private YamlNode entries(int line, String path) {
        var entries = new LinkedHashMap<String, YamlNode>();
        for (var next = next(); !next.is(Event.ID.MappingEnd); next = next()) {
            var key = key(next, path);
            var here = Problems.path(path, key);
            var value = node(next(), line(next), here);
            var before = key.isEmpty() ? null : entries.putIfAbsent(key, value);
            if (before != null) {
                problems.add(line(next), here, "given twice, first in line " + before.line());
            }
        }
        return new YamlNode.Entries(line, entries);
    }

    /** Empty after telling a problem. */
    private String key(Event event, String path) {
        YamlRestrictions.of(event).forEach(refusal -> problems.add(line(event), path, refusal));
        if (!(event instanceof ScalarEvent scalar) || scalar.getValue().isEmpty()) {
            problems.add(line(event), path, "a key should be one word");
            if (event instanceof CollectionStartEvent) {
                node(event, line(event), path);
            }
            return "";
        }
        if (scalar.isPlain() && scalar.getValue().equals("<<")) {
            problems.add(line(event), path, "merge keys (<<) are not allowed; shared keys go under __all__");
            return "";
        }
        return scalar.getValue();
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    /** A text of a thousand brackets would otherwise be a thousand calls deep. */
    private static final class TooDeep extends RuntimeException {
    }
}
