package dragonfab.report;

import java.util.List;
import java.util.Map;

/** Three places at once in a real terminal, to be looked at: arguments are seconds and a verbosity. */
final class LiveDemo {
    private LiveDemo() {
    }

    public static void main(String... args) throws InterruptedException {
        var seconds = Integer.parseInt(args[0]);
        var verbosity = Verbosity.valueOf(args[1]);
        var report = new Report(Sinks.choose(System.out, System.err, verbosity, false, System.getenv()));
        var hook = new Thread(report::summary);
        Runtime.getRuntime().addShutdownHook(hook);
        var places = List.of("app1.example.com", "app2.example.com", "db").stream()
                .map(place -> new Thread(() -> deploy(report, place, seconds))).toList();
        places.forEach(Thread::start);
        for (Thread place : places) {
            place.join();
        }
        report.row("releases", Map.of("release", "1.0-1"));
        report.summary();
        var failure = Failure.failed("db", "exit 1").of("install", List.of("E: no")).remedy("again");
        report.failure("demo", failure);
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private static void deploy(Report report, String place, int seconds) {
        var upload = report.begin(place, "upload guestbook 1.0-1 to a folder with a rather long name");
        for (int i = 0; i <= 20; i++) {
            upload.progress(i * 2_500_000L, 50_000_000);
            pause(seconds * 25);
        }
        upload.done(Outcome.CHANGED);
        report.begin(place, "check the disk").done(Outcome.UNCHANGED, "12 GB free");
        var install = report.begin(place, "install guestbook 1.0-1");
        for (int i = 0; i <= 20; i++) {
            var line = "\u001b[3AUnpacking part " + i + " of guestbook (日本語) into \u001b[2J/usr/share";
            install.output(line, false);
            pause(seconds * 25);
        }
        install.done(place.equals("db") ? Outcome.FAILED : Outcome.CHANGED);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
