package dragonfab.files;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file on a web server, known by its SHA-256: {@code https://bucket.example/seed.sql.zst#sha256=HEX}.
 *
 * @param login  as NAME:PASSWORD, decoded; null for none
 * @param server with its scheme, such as {@code https://bucket.example:8443}
 * @param query  what may be signed, and so a secret; empty for none
 */
public record WebFile(String login, String server, String path, String query, String sha256) {
    private static final Pattern FORM = Pattern.compile("(?<scheme>(?i)https?)://(?:(?<login>[^@/?#]*)@)?"
            + "(?<host>[^@/?#]+)(?<path>/[^?#]*)?(?:\\?(?<query>[^#]*))?#sha256=(?<sum>[0-9A-Fa-f]{64})");
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(sig|token|secret|credential|password|passwd|key|auth).*");
    private static final int SURELY_SECRET = 16;

    /** @throws IllegalArgumentException that says what is wrong, and quotes nothing: any part may be a secret */
    public static WebFile of(String address) {
        require(address.matches("(?i)https?://.*"), "has a ${url:...} that does not begin with https:// or http://");
        require(address.contains("#sha256="), "has a ${url:...} without #sha256= and the checksum at its end");
        require(address.matches(".*#sha256=[0-9A-Fa-f]{64}"),
                "has a ${url:...} whose sha256 is not 64 hexadecimal digits, as sha256sum prints them");
        var form = FORM.matcher(address);
        require(form.matches(), "has a ${url:...} that is no address");
        var file = new WebFile(form.group("login") == null ? null : decoded(form.group("login")),
                form.group("scheme").toLowerCase(Locale.ROOT) + "://" + form.group("host"),
                form.group("path") == null ? "/" : form.group("path"),
                form.group("query") == null ? "" : form.group("query"),
                form.group("sum").toLowerCase(Locale.ROOT));
        try {
            new URI(file.server + file.path + (file.query.isEmpty() ? "" : "?" + file.query));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("has a ${url:...} with a letter that an address writes as %XX");
        }
        return file;
    }

    URI uri() {
        return URI.create(server + path + (query.isEmpty() ? "" : "?" + query));
    }

    Optional<String> authorization() {
        return Optional.ofNullable(login).map(text -> "Basic "
                + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The last word of its path, in letters that every file system takes. */
    public String name() {
        var last = path.substring(path.lastIndexOf('/') + 1).replaceAll("%[0-9A-Fa-f]{2}|[^A-Za-z0-9._+-]", "_")
                .replaceFirst("^\\.+", "_");
        return last.isEmpty() ? "file" : last.substring(Math.max(0, last.length() - 100));
    }

    /** For people: without its login and its query. */
    @Override
    public String toString() {
        return server + path;
    }

    /** As environments.yml writes it, with stars for what is secret. */
    public String written() {
        return "${url:" + toString().replace("://", login == null ? "://" : "://***@")
                + (query.isEmpty() ? "" : "?***") + "#sha256=" + sha256 + "}";
    }

    /** What nobody may read. */
    public List<String> secrets() {
        var secrets = new ArrayList<String>();
        if (login != null) {
            secrets.add(login);
            secrets.add(login.substring(login.indexOf(':') + 1));
            secrets.add(authorization().orElseThrow().substring("Basic ".length()));
        }
        if (!query.isEmpty()) {
            secrets.add(query);
        }
        for (var parameter : query.split("&")) {
            var value = parameter.substring(parameter.indexOf('=') + 1);
            if (value.length() >= SURELY_SECRET || SECRET.matcher(parameter.replaceFirst("=.*", "")).matches()) {
                secrets.add(value);
                secrets.add(decoded(value));
            }
        }
        return secrets.stream().filter(secret -> !secret.isEmpty()).distinct().toList();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
