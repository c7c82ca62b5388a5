package dragonfab.deploy;

import dragonfab.config.Environment;
import dragonfab.report.Report;

/** When a deploy closes its site: at once, or as soon as it changes something; never when there is nothing to change. */
public final class SiteClosing {
    private final Environment environment;
    private final Report report;
    private boolean late;
    /** Null unless the site is to be closed before the next change. */
    private Runnable waiting;

    SiteClosing(Environment environment, Report report) {
        this.environment = environment;
        this.report = report;
    }

    /** Whether it may stay open until something changes, for nothing else is done before it is opened again. */
    public void closesLate(boolean late) {
        this.late = late;
    }

    void close(Runnable closing) {
        if (late) {
            waiting = closing;
            report.note(environment.name(), "the site stays open until there is something to change");
        } else {
            closing.run();
        }
    }

    /** What comes changes nothing that visitors may not see. @return whether it is closed already */
    public boolean staysOpen() {
        boolean closed = late && waiting == null;
        waiting = null;
        return closed;
    }

    void beforeVisibleChange() {
        var closing = waiting;
        waiting = null;
        if (closing != null) {
            closing.run();
        }
    }
}
