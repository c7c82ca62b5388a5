package dragonfab.recipe;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the library, which is that of every script. */
public final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"${ROOT-COMMAND-NAME} (dragonfab " + number() + ")"};
    }

    static String number() throws IOException {
        var properties = new Properties();
        try (var in = VersionProvider.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }
}
