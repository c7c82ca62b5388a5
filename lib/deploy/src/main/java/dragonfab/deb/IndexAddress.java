package dragonfab.deb;

import dragonfab.config.WebAddress;
import dragonfab.shell.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The address of a package index, and the login to it, which pip finds in a file and in no argument list.
 *
 * @param address without the login
 * @param login   the line of a .netrc; null without one
 */
record IndexAddress(String address, Secret login) {
    private static final int LOGIN_WORDS = 6;

    /** @throws IllegalArgumentException when a blank stands in its login, which no such file can hold */
    static IndexAddress of(String written) {
        var at = written.lastIndexOf('@', end(written));
        if (!written.contains("://") || at < 0) {
            return new IndexAddress(written, null);
        }
        var scheme = written.substring(0, written.indexOf("://") + 3);
        var address = scheme + written.substring(at + 1);
        var words = written.substring(scheme.length(), at).split(":", 2);
        var password = words.length > 1 ? decoded(words[1]) : "";
        var line = "machine " + host(address) + " login " + decoded(words[0]) + " password "
                + (password.isEmpty() ? "\"\"" : password);
        if (line.split("\\s").length != LOGIN_WORDS) {
            throw new IllegalArgumentException("no blank may stand in its login");
        }
        return new IndexAddress(address, Secret.of(line));
    }

    /** Where its path begins. */
    private static int end(String written) {
        var begin = written.indexOf("://") + 3;
        return written.indexOf('/', begin) < 0 ? written.length() : written.indexOf('/', begin);
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
}
