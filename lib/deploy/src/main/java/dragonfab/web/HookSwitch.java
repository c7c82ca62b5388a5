package dragonfab.web;

import dragonfab.config.Hook;
import dragonfab.recipe.Run;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.target.Remote;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A site that commands of the project open and close, wherever what visitors meet may be.
 *
 * <p>They are told maintenance, live or status in $1, the target's name in $2, and the message in $3. What they print last
 * for status is the mode.
 */
final class HookSwitch implements SiteSwitch {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> MODES = List.of("maintenance", "live");

    private final Run run;
    private final Remote remote;
    private final List<Hook> hooks;
    private final Seen before;

    /** @param why empty where they said it */
    private record Seen(String mode, String why) {
    }

    HookSwitch(Run run, Remote remote, List<Hook> hooks) {
        this.run = run;
        this.remote = remote;
        this.hooks = hooks;
        this.before = ask();
    }

    private Seen ask() {
        var said = new TreeSet<String>();
        for (var hook : hooks) {
            try {
                var words = place(hook).read(command(hook, "status", "").asking()).strip();
                var last = words.substring(words.lastIndexOf('\n') + 1);
                if (!MODES.contains(last)) {
                    return new Seen("unknown", "web_hook says \"" + last + "\" for status, not maintenance or live");
                }
                said.add(last);
            } catch (Failure failure) {
                return new Seen("unknown", failure.getMessage());
            }
        }
        return said.size() == 1 ? new Seen(said.first(), "")
                : new Seen("mixed", "one web_hook says maintenance, another live");
    }

    private Remote place(Hook hook) {
        return hook.at() == null ? run.here() : run.places().reached(hook.at());
    }

    private Command command(Hook hook, String mode, String message) {
        return Command.script(hook.run(), mode, remote.name(), message);
    }

    @Override
    public boolean closed() {
        return before.mode().equals("maintenance");
    }

    @Override
    public boolean opens() {
        return !before.mode().equals("live");
    }

    @Override
    public void requireClosable() {
        if (before.mode().equals("unknown")) {
            throw Failure.refused(remote.name(), "nobody can say whether the site is closed")
                    .of(null, List.of(before.why()))
                    .remedy("let web_hook print maintenance or live when its $1 is status");
        }
    }

    @Override
    public void close(String message) {
        if (closed() && message == null) {
            remote.unchanged("put the site into maintenance", "it is");
            return;
        }
        change("maintenance", message == null ? "" : message);
    }

    @Override
    public void open() {
        if (!opens()) {
            remote.unchanged("bring the site back", "it is live");
            return;
        }
        change("live", "");
    }

    private void change(String mode, String message) {
        try {
            perform(mode, message);
            remote.await("check what visitors see", PATIENCE, () -> {
                var now = ask();
                return now.mode().equals(mode) ? Optional.empty()
                        : Optional.of(now.why().isEmpty() ? "web_hook says that it is " + now.mode() : now.why());
            });
        } catch (Failure failure) {
            takeBack(failure);
            throw failure;
        }
    }

    private void takeBack(Failure failure) {
        if (!MODES.contains(before.mode())) {
            throw failure.as(Exit.NEEDS_ATTENTION);
        }
        try {
            perform(before.mode(), "");
        } catch (Failure again) {
            throw failure.as(Exit.NEEDS_ATTENTION);
        }
    }

    private void perform(String mode, String message) {
        hooks.forEach(hook -> place(hook).run("web_hook " + mode + " " + remote.name(), command(hook, mode, message)));
    }

    @Override
    public Map<String, String> row() {
        var row = new LinkedHashMap<String, String>();
        row.put("host", remote.name());
        row.put("mode", before.mode());
        row.put("visitors", before.mode());
        row.put("since", "");
        row.put("by", "");
        row.put("message", "");
        row.put("why", before.why());
        return row;
    }
}
