package dragonfab.config;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Gets each value from outside the file once, and tells everyone who has to hide it. */
final class ExternalValues {
    private final Path folder;
    private final Map<String, String> variables;
    private final Map<Template.Fetch, String> fetched = new HashMap<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();

    ExternalValues(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables = variables;
    }

    /** Tells also what was fetched before. */
    synchronized void listen(Consumer<String> listener) {
        listeners.add(listener);
        secrets.forEach(listener);
    }

    synchronized String told(String secret) {
        if (!secret.isEmpty() && secrets.add(secret)) {
            listeners.forEach(listener -> listener.accept(secret));
        }
        return secret;
    }

    /** @param wanted for what, as environments.yml: staging.db_password */
    synchronized String fetch(Template.Fetch reference, Wanted wanted) {
        var known = fetched.get(reference);
        if (known == null) {
            known = reference.source().equals("env") ? variable(reference, wanted)
                    : reference.source().equals("file") ? file(reference, wanted)
                    : new ShellCommand(reference.what(), folder, wanted).output();
            if (known.indexOf('\0') >= 0) {
                throw wanted.failure("the value of ${" + reference.source() + ":...} holds a NUL character");
            }
            fetched.put(reference, known);
        }
        return known;
    }

    /** What is known without a command, and without waiting: a pipe may be read once only. */
    synchronized Optional<String> glance(Template.Fetch reference) {
        if (fetched.containsKey(reference)) {
            return Optional.of(fetched.get(reference));
        }
        try {
            return reference.source().equals("env") ? Optional.ofNullable(variables.get(reference.what()))
                    : reference.source().equals("file")
                            && Files.isRegularFile(ValueTypes.path(reference.what(), folder))
                            ? Optional.of(file(reference, new Wanted("", "")))
                    : Optional.empty();
        } catch (Failure | IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    synchronized boolean isIn(String text) {
        return secrets.stream().anyMatch(text::contains);
    }

    private String variable(Template.Fetch reference, Wanted wanted) {
        var value = variables.get(reference.what());
        if (value == null) {
            throw wanted.failure("the variable " + reference.what() + " is not set")
                    .remedy("set " + reference.what() + " in the environment of this command");
        }
        return value;
    }

    private String file(Template.Fetch reference, Wanted wanted) {
        try {
            var text = text(Files.readAllBytes(ValueTypes.path(reference.what(), folder)));
            return text.endsWith("\r\n") ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException e) {
            throw wanted.failure("the file " + reference.what() + " is not UTF-8");
        } catch (NoSuchFileException e) {
            throw wanted.failure("there is no file " + reference.what())
                    .remedy("write the value into that file");
        } catch (IOException | IllegalArgumentException e) {
            throw wanted.failure("the file " + reference.what() + " cannot be read")
                    .remedy(Remedy.program("ls", "-l", reference.what()));
        }
    }

    static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** What a value was fetched for; its failures name that, and never the value. */
    record Wanted(String file, String path) {
        Failure failure(String what) {
            return Failure.usage(file, path + ": " + what);
        }
    }
}
