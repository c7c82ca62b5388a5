package dragonfab.report;

import java.time.Duration;

/** One step on one target, from its start to exactly one outcome. */
public final class Step {
    private final Report report;
    private final String place;
    private final String title;
    private final long started = System.nanoTime();

    Step(Report report, String place, String title) {
        this.report = report;
        this.place = place;
        this.title = title;
    }

    public String title() {
        return title;
    }

    public void progress(long done, long total) {
        report.tell(Event.progress(place, title, done, total));
    }

    /** What is typed; shown with -v, and in a dry run. */
    public void command(String shown) {
        command(shown, shown);
    }

    /** @param brief without the texts of scripts: what a dry run shows, unless all is asked for */
    public void command(String shown, String brief) {
        report.tell(Event.command(place, title, shown, brief));
    }

    public void output(String line, boolean error) {
        report.tell(Event.output(place, title, line, error));
    }

    public void done(Outcome outcome) {
        done(outcome, "");
    }

    public void done(Outcome outcome, String detail) {
        report.ended(place, title);
        report.count(outcome);
        report.tell(Event.done(place, title, outcome, Duration.ofNanos(System.nanoTime() - started), detail));
    }
}
