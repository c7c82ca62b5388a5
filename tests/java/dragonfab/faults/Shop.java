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
        GOOD, MIGRATES, NO_START, ERROR_500, HANGS, BAD_POSTINST, BAD_MIGRATION,
        /** Other bytes of the version that runs. */
        REBUILT,
        /** The same, and it answers 500. */
        REBUILT_BAD,
        /** Its postinst leaves a process behind that holds nothing. */
        LEAVES_PROCESS,
        /** Its postinst leaves a process behind that keeps the installation from its end. */
        NEVER_DONE,
        /** Its postinst fails, and the release before lets itself not be installed over it. */
        REFUSES_DOWNGRADE;

        boolean good() {
            return this == GOOD || this == MIGRATES || this == REBUILT || this == LEAVES_PROCESS;
        }

        boolean rebuilt() {
            return this == REBUILT || this == REBUILT_BAD;
        }

        boolean migrates() {
            return this == MIGRATES || this == BAD_MIGRATION;
        }

        /** Only packages have a postinst, and bytes of their own. */
        boolean fits(Shop shop) {
            return shop == DEB || ordinal() < BAD_POSTINST.ordinal() || this == BAD_MIGRATION;
        }
    }

    /** As the report names it, and the key kind. */
    String name();

    /**
     * Builds a release into the folder dist.
     *
     * @param title  what visitors see: the version, and more where it is another build of it
     * @param schema that it needs, and brings when it migrates
     */
    void build(Path folder, String title, Kind kind, int schema) throws IOException;

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

    /** Prints the title of what runs, by the target's own word, when it is whole. */
    Command running();

    /** A script that prints what a deploy that is over leaves nowhere. */
    String left();

    /** A script that prints what the next command has to put right. */
    default String half() {
        return "";
    }
}
