package dragonfab.plan;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import dragonfab.files.Checksum;
import dragonfab.release.PlanLine;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A preview as it was agreed to: what every place said, and which release it was about.
 *
 * <p>Two of one fingerprint agree in everything that counts.
 *
 * @param salt    what was mixed into marks of secrets
 * @param release as its kind names it
 * @param places  lines by place: targets by name, and what was read here
 */
public record SavedPlan(String environment, Instant made, String by, String salt, String release,
        Map<String, List<PlanLine>> places) {
    private static final int SHORT = 12;

    public SavedPlan {
        var whole = new TreeMap<String, List<PlanLine>>();
        places.forEach((place, lines) -> whole.put(place, lines.stream().map(PlanLine::whole).toList()));
        places = whole;
    }

    public String fingerprint() {
        var all = new StringBuilder();
        places.forEach((place, lines) -> counting(lines).forEach((about, line) -> all.append(place).append('\0')
                .append(about).append('\0').append(line.kind()).append('\0').append(line.text()).append('\0')
                .append(line.mark()).append('\0')));
        return Checksum.of(environment + '\0' + all);
    }

    /** Enough of it to tell plans apart. */
    public String shortFingerprint() {
        return fingerprint().substring(0, SHORT);
    }

    private static Map<String, PlanLine> counting(List<PlanLine> lines) {
        return lines.stream().filter(PlanLine::counts).collect(Collectors.toMap(PlanLine::about, line -> line,
                (one, other) -> new PlanLine(one.kind(), one.about(), one.text() + "; " + other.text(),
                        one.mark() + other.mark()),
                TreeMap::new));
    }

    /** What would keep a deploy from going well, each with its place. */
    public List<String> problems() {
        return places.entrySet().stream().flatMap(place -> place.getValue().stream().filter(PlanLine::bad)
                .map(line -> place.getKey() + ": " + line.about() + ": " + line.text())).toList();
    }

    /** What is not as it was agreed to any more, a line each. */
    public List<String> moved(SavedPlan now) {
        var moved = new ArrayList<String>();
        var all = new TreeSet<>(places.keySet());
        all.addAll(now.places.keySet());
        for (var place : all) {
            var before = counting(places.getOrDefault(place, List.of()));
            var after = counting(now.places.getOrDefault(place, List.of()));
            var things = new TreeSet<>(before.keySet());
            things.addAll(after.keySet());
            things.stream().filter(about -> !java.util.Objects.equals(before.get(about), after.get(about)))
                    .forEach(about -> moved.add(place + ": " + about + ": "
                            + change(before.get(about), after.get(about))));
        }
        return moved;
    }

    private static String change(PlanLine before, PlanLine after) {
        var was = before == null ? "nothing" : before.text();
        var is = after == null ? "nothing" : after.text();
        return was.equals(is) ? is + ", and in another way than it was" : was + " -> " + is;
    }

    public String text() {
        var all = new JsonObject();
        places.forEach((place, lines) -> {
            var array = new JsonArray();
            lines.forEach(line -> array.add(object(line)));
            all.put(place, array);
        });
        var plan = new JsonObject(new LinkedHashMap<>());
        plan.put("environment", environment);
        plan.put("fingerprint", fingerprint());
        plan.put("made", made.toString());
        plan.put("by", by);
        plan.put("salt", salt);
        plan.put("release", release);
        plan.put("places", all);
        return JsonWriter.indent("  ").string().object(plan).done() + "\n";
    }

    private static JsonObject object(PlanLine line) {
        var object = new JsonObject(new LinkedHashMap<>());
        object.put("kind", line.kind().name().toLowerCase(Locale.ROOT));
        object.put("about", line.about());
        object.put("text", line.text());
        if (!line.mark().isEmpty()) {
            object.put("mark", line.mark());
        }
        return object;
    }

    /** A file that is none, or that was written in by hand, is refused. @param anew how a plan is made */
    public static SavedPlan read(Path file, Remedy anew) {
        try {
            var json = JsonParser.object().from(Files.readString(file));
            var places = new TreeMap<String, List<PlanLine>>();
            json.getObject("places").forEach((place, lines) -> places.put(place, ((JsonArray) lines).stream()
                    .map(line -> line((JsonObject) line)).toList()));
            var plan = new SavedPlan(json.getString("environment"), Instant.parse(json.getString("made")),
                    json.getString("by"), json.getString("salt"), json.getString("release", json.getString("package")),
                    places);
            if (!plan.fingerprint().equals(json.getString("fingerprint"))) {
                throw Failure.refused(file.toString(), "is not what was saved: its fingerprint is another");
            }
            return plan.withoutOldNames();
        } catch (Failure failure) {
            throw failure;
        } catch (IOException | JsonParserException | RuntimeException e) {
            throw Failure.usage(file.toString(), "is no plan: " + e.getMessage())
                    .remedy(anew);
        }
    }

    /** Plans that an earlier version kept call this machine "here". */
    private SavedPlan withoutOldNames() {
        var renamed = new TreeMap<>(places);
        Optional.ofNullable(renamed.remove("here")).ifPresent(lines -> renamed.put("local", lines));
        return new SavedPlan(environment, made, by, salt, release, renamed);
    }

    private static PlanLine line(JsonObject line) {
        return new PlanLine(PlanLine.Kind.valueOf(line.getString("kind").toUpperCase(Locale.ROOT)),
                line.getString("about"), line.getString("text"), line.getString("mark", ""));
    }
}
