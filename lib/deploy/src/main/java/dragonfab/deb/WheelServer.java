package dragonfab.deb;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.WebAddress;
import dragonfab.report.Failure;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The index that ready wheels come from, and the login to it, which pip finds in a file and in no argument list.
 *
 * @param index without the login; "" is pip's own
 * @param login the line of a .netrc; null without one
 */
record WheelServer(String index, Secret login) {

    static WheelServer of(Environment environment) {
        var written = environment.find(Key.WHEELSERVER).orElse("");
        var at = written.lastIndexOf('@', end(written));
        if (!written.contains("://") || at < 0) {
            return checked(environment, written, null);
        }
        var scheme = written.substring(0, written.indexOf("://") + 3);
        var address = scheme + written.substring(at + 1);
        var words = written.substring(scheme.length(), at).split(":", 2);
        var password = words.length > 1 ? decoded(words[1]) : "";
        var line = "machine " + host(address) + " login " + decoded(words[0]) + " password "
                + (password.isEmpty() ? "\"\"" : password);
        if (line.split("\\s").length != 6) {
            throw Failure.usage("environments.yml", environment.name()
                    + ".wheelserver: no blank may stand in its login");
        }
        return checked(environment, address, Secret.of(line));
    }

    /** Where its path begins. */
    private static int end(String written) {
        var begin = written.indexOf("://") + 3;
        return written.indexOf('/', begin) < 0 ? written.length() : written.indexOf('/', begin);
    }

    private static WheelServer checked(Environment environment, String index, Secret login) {
        if (environment.holdsSecret(index)) {
            throw Failure.usage("environments.yml", environment.name() + ".wheelserver: a secret may stand only in its"
                    + " login: every user of the machine that builds can read the rest")
                    .remedy("wheelserver: https://USER:${env:PASSWORD}@HOST/PATH in environments.yml");
        }
        return new WheelServer(index, login);
    }

    private static String host(String address) {
        try {
            return WebAddress.of(address).host();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** What the build reads before the sources. */
    Input input() {
        return login == null ? Input.NOTHING : Input.of(login, "\n");
    }
}
