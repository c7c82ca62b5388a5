package dragonfab.recipe;

import picocli.CommandLine.Parameters;

/** A script whose first word is an environment: {@code deb-deploy staging}. */
public abstract class EnvironmentScript extends Script {
    @Parameters(index = "0", paramLabel = "ENV", description = "The environment, as environments.yml names it.")
    private String environment;

    @Override
    protected final String environment() {
        return environment;
    }
}
