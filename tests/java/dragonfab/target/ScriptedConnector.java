package dragonfab.target;

import dragonfab.config.Environment;
import dragonfab.config.Host;
import dragonfab.report.Failure;
import dragonfab.shell.ScriptedShell;
import dragonfab.shell.Secret;
import dragonfab.shell.Shell;
import dragonfab.shell.ssh.Operator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Scripted places and a scripted person in front of them; nothing real is reached from here. */
public final class ScriptedConnector extends Connector {
    private final Map<String, ScriptedShell> places = new TreeMap<>();
    private final Map<String, Failure> unreachable = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private Boolean answer;

    /** This machine. */
    public ScriptedShell here() {
        return at("local");
    }

    /** A host or a container, by the name that people read. */
    public synchronized ScriptedShell at(String name) {
        return places.computeIfAbsent(name, ScriptedShell::new);
    }

    public synchronized ScriptedConnector unreachable(String name, Failure failure) {
        unreachable.put(name, failure);
        return this;
    }

    /** Somebody sits at the terminal, and says this to every question. */
    public ScriptedConnector person(boolean agrees) {
        answer = agrees;
        return this;
    }

    /** What the person was asked. */
    public String asked() {
        return String.join("\n", asked);
    }

    /** The changes everywhere, each place under its name. */
    public synchronized String changes() {
        var text = new StringBuilder();
        places.forEach((name, shell) -> {
            if (!shell.changes().isEmpty()) {
                text.append(name).append(":\n").append(shell.changes());
            }
        });
        return text.toString();
    }

    public synchronized List<String> unexpected() {
        return places.values().stream().flatMap(shell -> shell.unexpected().stream()).toList();
    }

    @Override
    Shell here(Path folder, Secret password) {
        return here();
    }

    @Override
    public synchronized Shell host(Host host, Environment environment) {
        if (unreachable.containsKey(host.name())) {
            throw unreachable.get(host.name());
        }
        return at(host.name());
    }

    @Override
    Shell container(Shell holder, String name) {
        return at(name);
    }

    @Override
    public Operator person() {
        return answer == null ? Operator.NOBODY : new Operator() {
            @Override
            public boolean isThere() {
                return true;
            }

            @Override
            public boolean agrees(String question) {
                asked.add(question);
                return answer;
            }
        };
    }
}
