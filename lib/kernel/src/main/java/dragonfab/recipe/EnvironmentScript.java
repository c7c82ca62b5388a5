package dragonfab.recipe;

import picocli.CommandLine.Parameters;

/** A script whose first word is an environment: {@code deploy staging}. Without it, the only one is meant. */
public abstract class EnvironmentScript extends Script {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ENV",
            description = "The environment, as environments.yml names it (default: the only one, unless protected).")
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
