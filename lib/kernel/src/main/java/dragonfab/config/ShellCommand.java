package dragonfab.config;

import java.io.ByteArrayOutputStream;
import dragonfab.shell.PlatformEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command of ${cmd:...}, whose output is a secret: no failure shows it, nor the command. */
record ShellCommand(String command, Path folder, ExternalValues.Wanted wanted) {
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** Without the line ends at its end, as $(...) of a shell. */
    String output() {
        return output(LIMIT);
    }

    String output(Duration limit) {
        var process = started();
        try {
            var out = drained(process.getInputStream());
            var err = drained(process.getErrorStream());
            CompletableFuture.allOf(out, err).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            var code = process.waitFor();
            if (code != 0) {
                throw wanted.failure("its command ended with exit " + code + lastLine(err.get()));
            }
            return text(out.get());
        } catch (TimeoutException e) {
            throw wanted.failure("its command did not end in " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw wanted.failure("the output of its command cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw wanted.failure("interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process started() {
        if (!PlatformEncoding.encodes(command)) {
            throw wanted.failure("its command has letters that this terminal's locale lacks: export LC_ALL=C.UTF-8");
        }
        try {
            var process = new ProcessBuilder("sh", "-c", command).directory(folder.toFile()).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw wanted.failure("its command cannot be started");
        }
    }

    /** Both streams at once, and never in this thread: a child left behind may hold one open for ever. */
    private static CompletableFuture<byte[]> drained(InputStream stream) {
        var result = new CompletableFuture<byte[]>();
        var reader = new Thread(() -> {
            try (stream; var bytes = new ByteArrayOutputStream()) {
                stream.transferTo(bytes);
                result.complete(bytes.toByteArray());
            } catch (IOException | UncheckedIOException e) {
                result.completeExceptionally(e);
            }
        }, "cmd");
        reader.setDaemon(true);
        reader.start();
        return result;
    }

    private static String lastLine(byte[] err) {
        var lines = new String(err, StandardCharsets.UTF_8).strip().split("\n");
        var last = lines[lines.length - 1].strip();
        return last.isEmpty() ? "" : ": " + last.replaceAll("\\p{Cntrl}", "?");
    }

    private String text(byte[] out) {
        try {
            return ExternalValues.text(out).replaceAll("[\\r\\n]+\\z", "");
        } catch (java.nio.charset.CharacterCodingException e) {
            throw wanted.failure("the output of its command is not UTF-8");
        }
    }
}
