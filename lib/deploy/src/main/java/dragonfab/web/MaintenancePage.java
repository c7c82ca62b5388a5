package dragonfab.web;

import com.grack.nanojson.JsonWriter;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.report.Failure;
import dragonfab.shell.ResourceText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What visitors and programs read while a site is closed.
 *
 * @param template HTML; {@code {{site}}} and {@code {{message}}} stand for texts, which are escaped
 */
public record MaintenancePage(String template, String site, int retryAfter) {
    private static final String MESSAGE = "It will be back in a few minutes. Please try again then.";

    static MaintenancePage of(Environment environment) {
        var template = environment.file(Key.MAINTENANCE_PAGE).map(MaintenancePage::read)
                .orElseGet(() -> ResourceText.of("web/maintenance/page.html"));
        var site = environment.find(Key.SITE_NAME).orElse("this site");
        return new MaintenancePage(template, site, environment.get(Key.MAINTENANCE_RETRY_AFTER));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw Failure.usage("environments.yml", "maintenance_page: " + file + " is not UTF-8");
        } catch (IOException e) {
            throw Failure.usage("environments.yml", "maintenance_page: cannot read " + file);
        }
    }

    public String html(String message) {
        // The site first: a message may hold {{site}}, which is then no placeholder of ours.
        return template.replace("{{site}}", escaped(site)).replace("{{message}}", escaped(said(message)));
    }

    /** Its beginning is how we know our own answer. */
    public String json(String message) {
        return JsonWriter.string().object().value("error", "maintenance").value("message", said(message))
                .value("retry_after", retryAfter).end().done() + "\n";
    }

    private static String said(String message) {
        return message.isEmpty() ? MESSAGE : message;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
