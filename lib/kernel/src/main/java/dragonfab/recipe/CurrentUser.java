package dragonfab.recipe;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who sits here, for journals and locks: user@machine. */
public final class CurrentUser {

    private CurrentUser() {
    }

    public static String am() {
        try {
            return System.getProperty("user.name") + "@" + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return System.getProperty("user.name");
        }
    }
}
