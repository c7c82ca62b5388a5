package dragonfab.web;

import java.util.Map;

/** The site on one target as visitors meet it, and what opens and closes it. */
interface SiteSwitch {

    boolean closed();

    /** Whether there is anything to open. */
    boolean opens();

    /** Refuses what would not close the site, before anything changes. */
    void requireClosable();

    /** @param message null leaves the one that is there */
    void close(String message);

    void open();

    /** Its state, for a table. */
    Map<String, String> row();
}
