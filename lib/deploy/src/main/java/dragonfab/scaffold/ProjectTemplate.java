package dragonfab.scaffold;

import dragonfab.shell.ResourceText;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first files of a project, from the templates beside this class.
 *
 * <p>Each kind of project has a list of them: the template, where it goes, and whether it can be run.
 */
public record ProjectTemplate(Project project, String maintainer, ZonedDateTime now) {
    private static final String TEMPLATES = "scaffold/";
    private static final Pattern MARK = Pattern.compile("@([A-Z]+)@");

    /** A file to write. */
    public record Draft(Path file, String text, boolean executable) {
    }

    /** Without debian/ when there is one. */
    public List<Draft> files() {
        var kind = project.django() == null ? "plain" : "django";
        return ResourceText.of(TEMPLATES + kind + "/files").lines().map(line -> line.split(" "))
                .map(part -> new Draft(Path.of(filled(part[1])),
                        filled(ResourceText.of(TEMPLATES + path(kind, part[0]))), part.length > 2))
                .filter(draft -> !project.hasPackaging() || !draft.file().startsWith("debian"))
                .toList();
    }

    private static String path(String kind, String template) {
        return template.startsWith("../") ? template.substring(3) : kind + "/" + template;
    }

    private String filled(String text) {
        var values = values();
        return MARK.matcher(text).replaceAll(mark -> Matcher.quoteReplacement(values.get(mark.group(1))));
    }

    private Map<String, String> values() {
        var values = new HashMap<String, String>();
        values.put("NAME", project.name());
        values.put("USER", project.identifier());
        values.put("MODULE", project.identifier());
        values.put("VARIABLE", project.identifier().toUpperCase(Locale.ROOT));
        values.put("CONTAINER", project.container());
        values.put("FOLDER", project.django() == null ? "." : project.django().toString());
        values.put("SETTINGS", project.settings());
        values.put("PROJECT", project.python());
        values.put("MAINTAINER", maintainer);
        values.put("YEAR", String.valueOf(now.getYear()));
        values.put("DATE", now.format(DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)));
        return values;
    }
}
