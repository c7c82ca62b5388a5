package dragonfab.shell;

import java.util.regex.Pattern;

/** The name of a file as another machine tells it: believed only where it leads nowhere else. */
public final class FileName {
    private static final Pattern PLAIN = Pattern.compile("(?![.-])[^/\\p{Cntrl}]{1,255}");

    private FileName() {
    }

    /** Whether it is a name in one folder, of a file that is neither hidden nor like an option, and on one line. */
    public static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches();
    }
}
