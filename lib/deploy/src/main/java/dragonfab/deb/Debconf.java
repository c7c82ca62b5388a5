package dragonfab.deb;

import dragonfab.files.Checksum;
import dragonfab.report.Failure;
import dragonfab.shell.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A package's answers, read from a file here: lines for debconf-set-selections, or a debconf database with its
 * Name, Template and Value fields, as the original tool took it.
 */
public final class Debconf {
    private static final Set<String> TYPES = Set.of("string", "boolean", "select", "multiselect", "note", "text",
            "password", "error", "title");
    private static final Pattern LINE = Pattern.compile("[ \\t]*(\\S+)[ \\t]+(\\S+)[ \\t]+(\\S+)(?:[ \\t](.*))?");
    private static final Pattern NAMED = Pattern.compile("(?i).*(passw|passphrase|secret|token|api.?key).*");
    private static final Pattern SECRET = Pattern.compile("(?i).*(pass|secret|key|token).*");

    private Debconf() {
    }

    /** One answer; the value is a secret whatever its type, for a "string" can be a password too. */
    public record Answer(String owner, String question, String type, Secret value) {

        /** Whether debconf keeps it where all may read it, though it is one of the secrets, or named as one. */
        public boolean isReadable(Set<String> secrets) {
            return List.of("string", "text", "select", "multiselect").contains(type) && !value.reveal().isEmpty()
                    && (secrets.contains(value.reveal()) || NAMED.matcher(question).matches());
        }
    }

    /** @param expand fills in references such as ${db_password}, in values only */
    public static List<Answer> read(Path file, String text, UnaryOperator<String> expand) {
        var answers = text.lines().anyMatch(line -> line.startsWith("Name: ")) ? database(file, text, expand)
                : selections(file, text, expand);
        for (var answer : answers) {
            if (answer.value().reveal().contains("\n")) {
                throw Failure.usage(file.toString(), answer.question() + ": debconf cannot hold a line end");
            }
        }
        return answers;
    }

    private static List<Answer> selections(Path file, String text, UnaryOperator<String> expand) {
        var answers = new ArrayList<Answer>();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size();) {
            int number = i + 1;
            var line = lines.get(i++);
            while (line.endsWith("\\") && i < lines.size()) {
                line = line.substring(0, line.length() - 1) + lines.get(i++);
            }
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            var parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw Failure.usage(file + ":" + number, "should be OWNER QUESTION TYPE VALUE");
            }
            var place = file + ":" + number;
            var value = expanded(place, parts.group(4) == null ? "" : parts.group(4), expand);
            answers.add(checked(place, parts.group(1), parts.group(2), parts.group(3), value));
        }
        return answers;
    }

    private static String expanded(String place, String value, UnaryOperator<String> expand) {
        try {
            return expand.apply(value);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(place, "the value " + e.getMessage());
        }
    }

    private static Answer checked(String place, String owner, String question, String type, String value) {
        if (!TYPES.contains(type)) {
            throw Failure.usage(place, type + " is no type of a debconf question");
        }
        if (type.equals("boolean") && !value.equals("true") && !value.equals("false")) {
            throw Failure.usage(place, question + " should be true or false");
        }
        return new Answer(owner, question, type, Secret.of(value));
    }

    /** A database has no types; by its name a password must not land in the file that all may read. */
    private static List<Answer> database(Path file, String text, UnaryOperator<String> expand) {
        var answers = new ArrayList<Answer>();
        for (var stanza : text.split("\n\\s*\n")) {
            var name = field(stanza, "Name");
            var value = field(stanza, "Value");
            if (name == null || value == null) {
                continue;
            }
            var owners = field(stanza, "Owners");
            var owner = owners == null ? name.split("/")[0] : owners.split(",")[0].strip();
            var type = SECRET.matcher(name).matches() ? "password" : "string";
            answers.add(new Answer(owner, name, type, Secret.of(expanded(file + ": " + name, value, expand))));
        }
        if (answers.isEmpty()) {
            throw Failure.usage(file.toString(), "has no Name with a Value");
        }
        return answers;
    }

    private static String field(String stanza, String name) {
        return ControlFields.named(name, stanza).findFirst().orElse(null);
    }

    /** Changes when any answer changes. Only root can read where it is kept. */
    public static String mark(List<Answer> answers) {
        var all = new StringBuilder();
        answers.forEach(answer -> all.append(answer.owner()).append('\0').append(answer.question()).append('\0')
                .append(answer.value().reveal()).append('\0'));
        return Checksum.of(all.toString());
    }
}
