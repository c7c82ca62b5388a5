package dragonfab.faults;

import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The shop as releases of one kind: how they are built and deployed, and what the target says of them. */
interface Shop {
    Shop DEB = new DebShop();
    Shop FILES = new FilesShop();

    /** What a release is like. */
    enum Kind {
        GOOD, MIGRATES, NO_START, ERROR_500, HANGS, BAD_POSTINST, BAD_MIGRATION;

        boolean good() {
            return this == GOOD || this == MIGRATES;
        }

        boolean migrates() {
            return this == MIGRATES || this == BAD_MIGRATION;
        }

        /** Only packages have a postinst. */
        boolean fits(Shop shop) {
            return this != BAD_POSTINST || shop == DEB;
        }
    }

    /** As the report names it, and the key kind. */
    String name();

    /** Builds a release into the folder dist. @param schema that it needs, and brings when it migrates */
    void build(Path folder, String version, Kind kind, int schema) throws IOException;

    /** The keys of all its environments, a line each. */
    String keys();

    /** More keys of the environment open or closed, each behind a comma. */
    default String more(String environment) {
        return "";
    }

    /** A script that makes a target ready for the first release. */
    default Command prepare() {
        return Command.of("true");
    }

    /** What is typed to deploy to an environment. */
    List<String> deploy(String environment);

    /** Prints the version that runs, by the target's own word, when it is whole. */
    Command running();

    /** A script that prints what a deploy that is over leaves nowhere. */
    String left();

    /** A script that prints what the next command has to put right. */
    default String half() {
        return "";
    }
}
