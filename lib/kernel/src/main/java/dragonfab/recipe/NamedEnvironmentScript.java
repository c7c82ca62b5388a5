package dragonfab.recipe;

import picocli.CommandLine.Parameters;

/** A script that has its environment named: other words follow, as in {@code run ENV -- COMMAND}, or data is lost. */
public abstract class NamedEnvironmentScript extends Script {
    @Parameters(index = "0", paramLabel = "ENV", description = "The environment, as environments.yml names it.")
    private String environment;

    @Override
    protected final String environment() {
        return environment;
    }

    @Override
    final boolean needsEnvironment() {
        return true;
    }
}
