package dragonfab.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** An IP address, or a range of them as {@code 10.0.0.0/8}; never a name that would have to be looked up. */
final class Network {
    static final String SAYING = "should be an address or a range such as 192.0.2.7 or 10.0.0.0/8";

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern FOUR = Pattern.compile(
            "(" + OCTET + "\\.){3}" + OCTET + "(/([12]?[0-9]|3[0-2]))?");
    private static final Pattern SIX = Pattern.compile(
            "([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)(/([1-9]?[0-9]|1[01][0-9]|12[0-8]))?");

    private Network() {
    }

    static String checked(String text) {
        var six = SIX.matcher(text);
        if (FOUR.matcher(text).matches() || six.matches() && six(six.group(1))) {
            return text;
        }
        throw new IllegalArgumentException(SAYING);
    }

    static boolean six(String address) {
        try {
            return address.contains(":") && InetAddress.getByName(address) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
