package dragonfab.scaffold;

import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The processes that a project says it has: one a line, {@code NAME: COMMAND}. */
final class Procfile {
    static final String NAME = "Procfile";
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_-]+):\\s*(\\S.*)");

    private Procfile() {
    }

    /** None where there is no such file. */
    static List<ProcessType> in(Path folder) {
        var file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            return List.copyOf(processes(file, Files.readAllLines(file)).values());
        } catch (IOException e) {
            throw Failure.unreadable(file, e);
        }
    }

    private static Map<String, ProcessType> processes(Path file, List<String> lines) {
        var processes = new LinkedHashMap<String, ProcessType>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var process = LINE.matcher(line);
            var where = file + ", line " + (i + 1);
            if (!process.matches()) {
                throw Failure.usage(where, "is no process (one is written NAME: COMMAND)");
            }
            var name = process.group(1);
            if (processes.put(name, new ProcessType(name, process.group(2))) != null) {
                throw Failure.usage(where, "has a second process " + name);
            }
        }
        return processes;
    }
}
