package dragonfab.release;

import dragonfab.recipe.WholeNumber;

import picocli.CommandLine.Option;

/** The options of all scripts that change a site. */
public class DeployOptions {
    @Option(names = "--lock-wait", paramLabel = "SECONDS", converter = WholeNumber.NoneOrMore.class,
            description = "How long to wait for another deploy to end (default: not at all).")
    public int lockWait;

    @Option(names = "--allow-no-rollback", description = "Go on though the release before could not be brought back.")
    public boolean allowNoRollback;

    /** A rollback is never refused for it. */
    boolean overwriteDrift;
}
