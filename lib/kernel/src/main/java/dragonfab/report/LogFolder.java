package dragonfab.report;

import java.util.Optional;

/** Keeps what a failure says where it can be read later, for the screen shows only a part of it. */
public interface LogFolder {
    /**
     * @param name what failed and where
     * @return where it is; nothing where it cannot be kept, which is no failure of its own
     */
    Optional<String> keep(String name, String text);
}
