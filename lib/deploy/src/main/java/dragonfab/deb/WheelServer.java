package dragonfab.deb;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.report.Failure;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;

/**
 * The index that ready wheels come from, and the login to it, which pip finds in a file and in no argument list.
 *
 * @param index without the login; "" is pip's own
 * @param login the line of a .netrc; null without one
 */
record WheelServer(String index, Secret login) {

    static WheelServer of(Environment environment) {
        var written = environment.find(Key.WHEELSERVER).orElse("");
        try {
            var address = IndexAddress.of(written);
            return checked(environment, address.address(), address.login());
        } catch (IllegalArgumentException e) {
            throw Failure.usage("environments.yml", environment.name() + ".wheelserver: " + e.getMessage());
        }
    }

    private static WheelServer checked(Environment environment, String index, Secret login) {
        if (environment.holdsSecret(index)) {
            throw Failure.usage("environments.yml", environment.name() + ".wheelserver: a secret may stand only in its"
                    + " login: every user of the machine that builds can read the rest")
                    .remedy("wheelserver: https://USER:${env:PASSWORD}@HOST/PATH in environments.yml");
        }
        return new WheelServer(index, login);
    }

    /** What the build reads of it. */
    Input input() {
        return login == null ? Input.NOTHING : Input.of("login=", login, "\n");
    }
}
