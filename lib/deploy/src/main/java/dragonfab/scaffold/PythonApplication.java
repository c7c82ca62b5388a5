package dragonfab.scaffold;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A WSGI or ASGI application in a module of the project, found by reading and not by running it.
 *
 * @param file   of the module
 * @param object the name in it
 * @param asgi   whether it speaks ASGI and not WSGI
 */
public record PythonApplication(String file, String object, boolean asgi) {
    private static final String WSGI_MODULE = "wsgi.py";
    private static final String ASGI_MODULE = "asgi.py";
    /** In a module of such a name, whatever has one of the two names is the application. */
    private static final Pattern ANYTHING = Pattern.compile(
            "(?m)^(?:(?:async\\s+)?def\\s+|from\\s.*\\bimport\\s.*\\b)?(application|app)\\b(?!\\s*\\.|\\s+as\\b)");
    private static final Pattern WSGI = made("Flask|APIFlask|Bottle");
    private static final Pattern ASGI = made("FastAPI|Starlette|Quart|Litestar");

    private static Pattern made(String classes) {
        return Pattern.compile("(?m)^(application|app)\\b[^=\\n(]*=(?!=).*?\\b(?:" + classes + ")\\(");
    }

    static Optional<PythonApplication> in(Path folder) {
        return found(folder, WSGI_MODULE, ANYTHING, false).or(() -> found(folder, ASGI_MODULE, ANYTHING, true))
                .or(() -> made(folder, "app.py")).or(() -> made(folder, "main.py"));
    }

    private static Optional<PythonApplication> made(Path folder, String file) {
        return found(folder, file, WSGI, false).or(() -> found(folder, file, ASGI, true));
    }

    private static Optional<PythonApplication> found(Path folder, String file, Pattern pattern, boolean asgi) {
        return Project.found(folder.resolve(file), pattern)
                .map(object -> new PythonApplication(file, object, asgi));
    }

    /** As the key app has it. */
    String key() {
        return (asgi ? "asgi:" : "wsgi:") + file.replace(".py", "") + ":" + object;
    }

    /** What starts it behind nginx; the socket is systemd's. */
    List<ProcessType> processes() {
        var name = file.replace(".py", "") + ":" + object;
        return List.of(new ProcessType("web", asgi ? "uvicorn --fd 3 --proxy-headers --forwarded-allow-ips='*' " + name
                : "gunicorn --workers 2 --timeout 30 --graceful-timeout 20 " + name));
    }
}
