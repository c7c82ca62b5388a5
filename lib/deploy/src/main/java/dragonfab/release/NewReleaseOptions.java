package dragonfab.release;

import picocli.CommandLine.Option;

/** The options of scripts that bring a new release. */
public final class NewReleaseOptions extends DeployOptions {
    @Option(names = "--overwrite-drift",
            description = "Go on though files of the release that runs were edited on a host, and lose the edits.")
    void overwriteDrift(boolean wanted) {
        overwriteDrift = wanted;
    }
}
