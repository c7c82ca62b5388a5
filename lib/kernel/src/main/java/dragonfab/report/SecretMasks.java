package dragonfab.report;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** The values that nobody may read: whatever of an event spells one, also in pieces, becomes stars. */
final class SecretMasks {
    private static final int SHORTEST = 4;
    private static final Pattern LOGIN = Pattern.compile("://[^/?#\\s:@]*:([^/?#\\s]+)@");
    private static final String STARS = "***";
    /** Words of ours: a secret that happens to be "changed" must not make a sink stumble. */
    private static final Set<String> OURS = Set.of("outcome", "stream");

    private final List<String> secrets = new CopyOnWriteArrayList<>();

    /** Of the address of a database, the password alone is in what its programs say. */
    void add(String secret) {
        addLines(secret);
        var login = LOGIN.matcher(secret);
        while (login.find()) {
            addLines(login.group(1));
            addLines(decoded(login.group(1)));
        }
    }

    private static String decoded(String password) {
        try {
            return URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return password;
        }
    }

    /** Output comes line by line, so a value of several lines is hidden line by line. */
    private void addLines(String secret) {
        secret.lines().map(String::strip)
                .filter(line -> line.length() >= SHORTEST && !secrets.contains(line))
                .forEach(secrets::add);
    }

    Event hide(Event event) {
        if (secrets.isEmpty()) {
            return event;
        }
        var row = event.kind() == Event.Kind.ROW;
        var more = new LinkedHashMap<String, Object>();
        event.more().forEach((name, value) -> more.put(row ? hide(name) : name,
                !row && OURS.contains(name) ? value : hide(value)));
        return new Event(event.kind(), event.at(), hide(event.place()), hide(event.step()),
                hide(event.text()), more);
    }

    private Object hide(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::hide).toList();
        }
        if (value instanceof Map<?, ?> map) {
            var hidden = new LinkedHashMap<String, Object>();
            map.forEach((name, inner) -> hidden.put(hide(name.toString()), hide(inner)));
            return hidden;
        }
        return value instanceof String text ? hide(text) : value;
    }

    /** A program that colours a part of a value splits it; without the colours it would be whole again. */
    private String hide(String text) {
        var hidden = starred(text);
        var clean = TerminalText.clean(hidden);
        return found(clean).isEmpty() ? hidden : starred(clean);
    }

    /** Values may overlap, so all are looked for before any is replaced. */
    private String starred(String text) {
        var found = found(text);
        var starred = new StringBuilder();
        var from = 0;
        for (int start = found.nextSetBit(0); start >= 0; start = found.nextSetBit(from)) {
            starred.append(text, from, start).append(STARS);
            from = found.nextClearBit(start);
        }
        return from == 0 ? text : starred.append(text.substring(from)).toString();
    }

    private BitSet found(String text) {
        var found = new BitSet();
        for (String secret : secrets) {
            for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
                found.set(at, at + secret.length());
            }
        }
        return found;
    }
}
