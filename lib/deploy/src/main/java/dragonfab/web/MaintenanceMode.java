package dragonfab.web;

import dragonfab.config.Environment;
import dragonfab.config.Hook;
import dragonfab.config.Key;
import dragonfab.config.WebServer;
import dragonfab.recipe.Run;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.target.Remote;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The site on all targets of a run: closed together, or left as it was. */
public final class MaintenanceMode {
    private static final int LONGEST_MESSAGE = 1000;

    private final Run run;
    private final Map<String, SiteSwitch> switches = new ConcurrentHashMap<>();

    private MaintenanceMode(Run run) {
        this.run = run;
        // A server that cannot be closed is told before any target is asked.
        run.allTargets().wanted().stream().map(target -> run.environment().at(target.name()))
                .filter(each -> hooks(each).isEmpty()).forEach(Maintenance::of);
        run.each(remote -> switches.put(remote.name(), on(remote)));
    }

    private SiteSwitch on(Remote remote) {
        var hooks = hooks(run.at(remote));
        return hooks.isEmpty() ? MaintenanceSwitch.on(remote, Maintenance.of(run.at(remote)))
                : new HookSwitch(run, remote, hooks);
    }

    private static List<Hook> hooks(Environment environment) {
        var hooks = environment.find(Key.WEB_HOOK).orElse(List.of());
        if (!hooks.isEmpty() && environment.get(Key.WEB_SERVER) != WebServer.NONE) {
            throw Failure.usage("environments.yml", environment.name() + ": web_hook and web_server: "
                    + environment.get(Key.WEB_SERVER).name().toLowerCase(Locale.ROOT) + " would both close the site")
                    .remedy("set web_server to none, or leave web_hook out");
        }
        return hooks;
    }

    /** Asks all targets what is there. */
    public static MaintenanceMode of(Run run) {
        return new MaintenanceMode(run);
    }

    /** @param message null leaves the one that is there */
    public void close(String message) {
        if (message != null && message.length() > LONGEST_MESSAGE) {
            throw Failure.usage("--message", "is longer than " + LONGEST_MESSAGE + " characters");
        }
        run.each(remote -> switches.get(remote.name()).requireClosable());
        run.transaction().closeSite(() -> closeNow(message));
    }

    private void closeNow(String message) {
        changes(false);
        Set<String> closed = ConcurrentHashMap.newKeySet();
        try {
            run.each(remote -> {
                switches.get(remote.name()).close(message);
                closed.add(remote.name());
            });
        } catch (Failure failure) {
            reopen(closed, failure);
            throw failure.exit() == Exit.NEEDS_ATTENTION ? needsAttention(failure) : failure;
        }
        changes(true);
    }

    /** As a step of a deploy it is rolled back with it. */
    private void changes(boolean closed) {
        run.transaction().ready();
        run.transaction().siteIsClosed(closed);
    }

    /** The targets that this run closed: a site half of whose machines are closed is neither open nor closed. */
    private void reopen(Set<String> closed, Failure failure) {
        try {
            run.each(remote -> {
                if (closed.contains(remote.name()) && !switches.get(remote.name()).closed()) {
                    on(remote).open();
                }
            });
        } catch (Failure again) {
            throw needsAttention(failure);
        }
    }

    /** Targets that open stay open, whatever becomes of the others. */
    public void open() {
        if (switches.values().stream().noneMatch(SiteSwitch::opens)) {
            run.transaction().siteIsClosed(false);
            run.each(remote -> switches.get(remote.name()).open());
            return;
        }
        changes(false);
        Set<String> opened = ConcurrentHashMap.newKeySet();
        try {
            run.each(remote -> {
                switches.get(remote.name()).open();
                opened.add(remote.name());
            });
        } catch (Failure failure) {
            throw opened.isEmpty() && failure.exit() != Exit.NEEDS_ATTENTION ? failure : needsAttention(failure);
        }
    }

    private Failure needsAttention(Failure failure) {
        var name = run.environment().name();
        return failure.as(Exit.NEEDS_ATTENTION).remedy(Remedy.script("web-mode", name, "status")
                .then(Remedy.script("web-mode", name, "live")));
    }

    public void show() {
        run.targets().forEach(remote -> run.report().row("mode", switches.get(remote.name()).row()));
    }

    /** Starts the application anew on all targets, and says what that was. */
    public static void restart(Run run) {
        run.environment().application("web-restart");
        run.each(remote -> {
            var restart = ServiceRestart.of(run.at(remote));
            try {
                remote.run(restart.title(), restart.command()).lines().forEach(remote::note);
            } catch (Failure failure) {
                if (ServiceRestart.nothing(failure.tail()).isPresent()) {
                    throw Failure.refused(remote.name(), ServiceRestart.nothing(failure.tail()).get())
                            .remedy("name under services or web_restart what runs it");
                }
                throw ServiceRestart.leftDown(failure.tail()) ? failure.as(Exit.NEEDS_ATTENTION)
                        .remedy(Remedy.script("logs", run.environment().name())) : failure;
            }
        });
    }
}
