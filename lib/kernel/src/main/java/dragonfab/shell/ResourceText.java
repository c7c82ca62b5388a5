package dragonfab.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts that lie among the resources: scripts, templates, and what is written to targets as it is. */
public final class ResourceText {

    private ResourceText() {
    }

    /** @param path below the folder of all resources, with the folder of its feature first */
    public static String of(String path) {
        try (var in = ResourceText.class.getResourceAsStream("/dragonfab/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
