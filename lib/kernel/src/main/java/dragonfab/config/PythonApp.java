package dragonfab.config;

import java.util.regex.Pattern;

/**
 * What a site serves: a Django project, or an application object in a module.
 *
 * @param object MODULE:NAME; "" for Django, whose settings say it
 */
public record PythonApp(Interface by, String object) {
    static final String SAYING = "should be django, wsgi:MODULE:NAME or asgi:MODULE:NAME";
    private static final String MODULE = "[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*";
    static final String PATTERN = "django|(?:wsgi|asgi):" + MODULE + ":" + MODULE + "(?:\\(\\))?";
    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    /** By which a server speaks with it. */
    public enum Interface { DJANGO, WSGI, ASGI }

    static PythonApp parse(String text) {
        ValueTypes.require(COMPILED.matcher(text).matches(), SAYING);
        var parts = text.split(":", 2);
        return switch (parts[0]) {
            case "wsgi" -> new PythonApp(Interface.WSGI, parts[1]);
            case "asgi" -> new PythonApp(Interface.ASGI, parts[1]);
            default -> new PythonApp(Interface.DJANGO, "");
        };
    }

    public boolean isDjango() {
        return by == Interface.DJANGO;
    }
}
