package dragonfab.python;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which settings a Django project names, found by reading and not by running it. */
public final class DjangoSettings {
    private static final Pattern NAMED =
            Pattern.compile("[\"']DJANGO_SETTINGS_MODULE[\"']\\s*,\\s*[\"']([\\w.]+)[\"']");

    private DjangoSettings() {
    }

    /** The module in the text of a manage.py; empty where it names none. */
    public static Optional<String> namedBy(String manage) {
        var found = NAMED.matcher(manage);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
