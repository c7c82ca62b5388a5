package dragonfab.shell.ssh;

import dragonfab.report.Failure;
import dragonfab.shell.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * What the user's ssh configuration says of one host: the words of {@code ssh -G}, by key.
 *
 * <p>Asking ssh itself is the only way to get Include, Match and the system's file right.
 *
 * @param files all that ssh has read for it
 */
record UserConfig(Map<String, List<String>> values, List<Path> files) {
    private static final String READ = "debug1: Reading configuration data ";

    static UserConfig of(SshSettings settings) {
        try {
            var ssh = new ProcessBuilder(question(settings)).start();
            ssh.getOutputStream().close();
            var trace = DaemonThreads.answer(() -> text(ssh.getErrorStream()));
            var answer = text(ssh.getInputStream());
            if (ssh.waitFor() != 0) {
                throw Failure.usage(settings.name(), "ssh configuration: " + complaint(trace.get()));
            }
            return new UserConfig(parse(answer).values(), files(trace.get()));
        } catch (IOException | ExecutionException noSsh) {
            // Without OpenSSH on this machine there is no configuration of it to honour.
            return new UserConfig(Map.of(), List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed(settings.name(), "interrupted");
        }
    }

    static List<String> question(SshSettings settings) {
        var words = new ArrayList<>(List.of("ssh", "-v", "-T", "-G"));
        words.addAll(selection(settings));
        return words;
    }

    /** The words that tell ssh which host is meant. */
    static List<String> selection(SshSettings settings) {
        var words = new ArrayList<>(options(settings));
        words.addAll(List.of("--", settings.address()));
        return words;
    }

    /** What ssh is told beside the address. */
    static List<String> options(SshSettings settings) {
        var words = new ArrayList<String>();
        if (settings.configFile() != null) {
            words.addAll(List.of("-F", settings.configFile().toString()));
        }
        if (settings.user() != null) {
            words.addAll(List.of("-l", settings.user()));
        }
        if (settings.port() != 0) {
            words.addAll(List.of("-p", String.valueOf(settings.port())));
        }
        return words;
    }

    /** This answer for a host that nothing but its address tells from this one. */
    UserConfig of(String address) {
        var others = new HashMap<>(values);
        others.replace("host", List.of(address));
        others.put("hostname", List.of(address));
        return new UserConfig(others, files);
    }

    static UserConfig parse(String text) {
        var values = new HashMap<String, List<String>>();
        for (var line : text.split("\n")) {
            var cut = line.indexOf(' ');
            if (cut > 0) {
                var key = line.substring(0, cut).toLowerCase(Locale.ROOT);
                values.computeIfAbsent(key, k -> new ArrayList<>()).add(line.substring(cut + 1).strip());
            }
        }
        return new UserConfig(values, List.of());
    }

    List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** Null when it says nothing, or "none". */
    String one(String key) {
        var found = all(key);
        return found.isEmpty() || found.get(0).equals("none") ? null : found.get(0);
    }

    int number(String key, int otherwise) {
        var found = one(key);
        return found == null || !found.matches("[0-9]{1,6}") ? otherwise : Integer.parseInt(found);
    }

    boolean says(String key) {
        var found = one(key);
        return "yes".equals(found) || "true".equals(found);
    }

    private static List<Path> files(String trace) {
        return trace.lines().filter(line -> line.startsWith(READ))
                .map(line -> Path.of(line.substring(READ.length()).strip())).toList();
    }

    /** Without what ssh tells of itself. */
    private static String complaint(String trace) {
        return trace.lines().map(String::strip).filter(line -> !line.matches("debug1: .*|OpenSSH_.*"))
                .collect(Collectors.joining("; "));
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}
