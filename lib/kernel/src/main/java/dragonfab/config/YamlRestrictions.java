package dragonfab.config;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/** The parts of YAML that make one place of a file mean another, or a text mean more than its letters. */
final class YamlRestrictions {
    private YamlRestrictions() {
    }

    /** Names no word of the file, since a password may begin with such a sign too. */
    static List<String> of(Event event) {
        var refusals = new ArrayList<String>();
        if (event instanceof AliasEvent) {
            refusals.add("aliases (*name) are not allowed; a text that begins with * stands in quotes");
        } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
            refusals.add("anchors (&name) are not allowed; a text that begins with & stands in quotes");
        }
        var tag = event instanceof ScalarEvent scalar ? scalar.getTag()
                : event instanceof CollectionStartEvent start ? start.getTag() : null;
        if (tag != null) {
            refusals.add("tags (!name) are not allowed; a text that begins with ! stands in quotes");
        }
        return refusals;
    }
}
