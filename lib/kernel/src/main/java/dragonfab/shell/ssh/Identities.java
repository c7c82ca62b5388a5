package dragonfab.shell.ssh;

import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys to try at one host, in the order of OpenSSH, with notes on those that cannot be tried. */
public final class Identities {
    private final ResolvedHost destination;
    private final IdentityFile.Reader reader;
    private final List<Identity> inAgent;
    private final Map<Path, Identity> named = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Path> shut = new ArrayList<>();

    public Identities(ResolvedHost destination, Agent agent, IdentityFile.Reader reader) {
        this.destination = destination;
        this.reader = reader;
        this.inAgent = agent == null ? List.of() : agent.keys();
        destination.identities().forEach(this::add);
    }

    public List<Identity> inOrder() {
        var order = new ArrayList<Identity>();
        named.forEach((path, key) -> addCertificates(path, key, order));
        named.values().stream().filter(inAgent::contains).forEach(order::add);
        if (!destination.onlyThese()) {
            inAgent.stream().filter(key -> !order.contains(key)).forEach(order::add);
        }
        named.values().stream().filter(key -> !order.contains(key)).forEach(order::add);
        return order;
    }

    /** Keys that were passed over, and why. */
    List<String> notes() {
        return notes;
    }

    /** Files that only need to be opened. */
    List<Path> shut() {
        return shut;
    }

    /** The agent first: it never asks for a passphrase. */
    private void add(Path path) {
        try {
            var half = path.toString().endsWith(".pub") ? PublicKeyFile.line(path) : PublicKeyFile.beside(path);
            var file = path.toString().endsWith(".pub") || !Files.exists(path) ? null : openable(path);
            var blob = file != null && file.isReadyToName() ? file.blob() : half;
            var held = blob == null ? null : inAgent(blob);
            if (held != null) {
                named.put(path, held);
            } else if (file != null) {
                addFile(path, file);
            } else if (path.equals(destination.settings().identityFile())) {
                throw Failure.usage(destination.place(), "identity file " + path + (Files.exists(path)
                        ? ": its private half is neither here nor in the agent" : ": no such file"));
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            notes.add("key " + path + " (" + e.getMessage() + ")");
        }
    }

    private IdentityFile openable(Path path) throws IOException {
        if (!Files.isReadable(path)) {
            throw new IOException("not readable");
        }
        return reader.at(path, destination.settings().person());
    }

    private void addFile(Path path, IdentityFile file) {
        if (file.isShut()) {
            shut.add(path);
            notes.add(file.name() + " (encrypted, and nobody here to ask for its passphrase)");
        } else {
            named.put(path, file);
        }
    }

    private void addCertificates(Path path, Identity key, List<Identity> order) {
        var files = new ArrayList<>(destination.certificates());
        files.add(path.resolveSibling(path.getFileName() + "-cert.pub"));
        for (var file : files) {
            try {
                var certificate = PublicKeyFile.line(file);
                if (certificate != null && isFor(certificate, key)) {
                    order.add(key.certified(certificate, "certificate " + file));
                }
            } catch (IOException e) {
                notes.add("certificate " + file + " (" + e.getMessage() + ")");
            }
        }
    }

    /** A certificate repeats the fields of the key, behind a nonce. */
    private static boolean isFor(byte[] certificate, Identity key) {
        var blob = key.blob();
        var fields = Arrays.copyOfRange(blob, 4 + key.type().length(), blob.length);
        for (int at = 0; at + fields.length <= certificate.length; at++) {
            if (Arrays.equals(certificate, at, at + fields.length, fields, 0, fields.length)) {
                return true;
            }
        }
        return false;
    }

    private Identity inAgent(byte[] blob) {
        return inAgent.stream().filter(key -> Arrays.equals(key.blob(), blob)).findFirst().orElse(null);
    }
}
