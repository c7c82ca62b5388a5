package dragonfab.deb;

import dragonfab.shell.Command;
import dragonfab.shell.ShellScript;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What git and tar are asked of a project's folder on this machine.
 *
 * @param revision a tag, branch or commit; empty for what is checked out
 */
record SourceCommands(Path folder, Optional<String> revision) {
    private static final String GIT = "deb/source/git";

    /** Asks git which commit is meant; exit 4 where there is none. */
    static Command commit(String revision) {
        return ShellScript.after(GIT, "deb/source/commit", revision).asking();
    }

    /** Prints a file of this folder as a commit has it. */
    static Command show(String commit, String file) {
        return ShellScript.after(GIT, "deb/source/show", commit, file).asking();
    }

    /** Prints the files of this folder that a commit has, and what stands for all of its content. */
    static Command tree(String commit) {
        return ShellScript.after(GIT, "deb/source/tree", commit).asking();
    }

    /**
     * Asks git: the commit that last touched this folder, how many such commits came after the changelog's last
     * change, that commit's time, and then what is not committed, a line each. Exit 3 outside a git checkout; 4 where
     * git refuses, or has not all that a package needs.
     */
    Command history(List<Path> notOurs) {
        return ShellScript.after(GIT, "deb/source/history", revision.orElse("")).with(relative(notOurs)).asking();
    }

    /**
     * The files of that commit, as a tar archive; with {@code dirty}, or without a commit, those that lie there.
     *
     * @param commit "" outside git
     */
    Command export(String commit, boolean dirty, List<Path> notOurs) {
        return ShellScript.after(GIT, "deb/source/export", commit.isEmpty() ? "folder" : dirty ? "dirty" : "commit",
                commit).with(relative(notOurs)).asking();
    }

    private Object[] relative(List<Path> folders) {
        return folders.stream().map(path -> folder.relativize(path).toString()).toArray();
    }
}
