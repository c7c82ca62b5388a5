package dragonfab.shell.ssh.sshj;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.ssh.HostKey;
import dragonfab.shell.ssh.HostKeyRules;
import dragonfab.shell.ssh.KnownHosts;
import dragonfab.shell.ssh.KnownHosts.Standing;
import dragonfab.shell.ssh.ResolvedHost;
import java.security.PublicKey;
import java.util.List;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/** Believes a host only when known_hosts does, or a person, or a rule that the user wrote. */
final class HostKeyCheck implements HostKeyVerifier {
    private static final Object QUESTION = new Object();

    private final ResolvedHost destination;
    private final HostKey accepted;
    private final KnownHosts known;
    private volatile HostKey shown;
    private volatile KnownHosts.Verdict verdict;
    private volatile boolean believed;
    private volatile Failure unwritten;

    /** @param accepted a key that the person agreed to just now; null for none */
    HostKeyCheck(ResolvedHost destination, HostKey accepted) {
        this.destination = destination;
        this.accepted = accepted;
        this.known = KnownHosts.read(destination.hostKeys()).about(destination.hostKeys().names());
    }

    List<String> kinds() {
        return known.kinds(destination.hostKeys().names());
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        believed = isBelieved(key);
        return believed;
    }

    private boolean isBelieved(PublicKey key) {
        shown = PresentedKey.of(key);
        verdict = known.judge(destination.hostKeys().names(), shown);
        if (accepted != null && accepted.equals(shown) && isOpen()) {
            return true;
        }
        if (verdict.standing() != Standing.UNKNOWN
                || destination.hostKeys().newKeys() != HostKeyRules.NewKeys.ACCEPT) {
            return verdict.standing() == Standing.KNOWN;
        }
        try {
            remember();
            return true;
        } catch (Failure e) {
            // This is sshj's own thread: what is thrown here would lose its words.
            unwritten = e;
            return false;
        }
    }

    /** The order of kinds is settled before; fewer here would shut out hosts with a new kind of key. */
    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        return List.of();
    }

    /** Null when the key was no obstacle. */
    Failure refusal() {
        if (verdict == null || believed) {
            return null;
        }
        if (unwritten != null) {
            return unwritten;
        }
        switch (verdict.standing()) {
            case REVOKED:
                return refused("THE HOST KEY IS REVOKED: " + shown.shown() + " by " + verdict.entry().line());
            case CHANGED:
                return refused("THE HOST KEY HAS CHANGED: it shows " + shown.shown() + ", but "
                        + verdict.entry().line() + " knows " + HostKey.fingerprint(verdict.entry().blob())
                        + "; the host was installed anew, or somebody stands between")
                        .remedy(Remedy.advice("only if you know why it changed").then(Remedy.line(forget())));
            default:
                return refused(unknown()).remedy(learn());
        }
    }

    /** Asks the person there, if that is allowed at all; a yes is written down. */
    boolean isAcceptedByPerson() {
        if (verdict == null || believed || !isOpen()
                || destination.hostKeys().newKeys() == HostKeyRules.NewKeys.REFUSE) {
            return false;
        }
        synchronized (QUESTION) {
            // Another thread may have asked about the same host meanwhile.
            var now = KnownHosts.read(destination.hostKeys()).judge(destination.hostKeys().names(), shown);
            if (now.standing() == Standing.KNOWN) {
                return true;
            }
            var yes = destination.settings().person().agrees(destination.place() + ": " + unknown()
                    + "\nIs it the right host? Write yes to trust this key from now on: ");
            if (yes) {
                remember();
            }
            return yes;
        }
    }

    HostKey shown() {
        return shown;
    }

    /** True when a person may decide. */
    private boolean isOpen() {
        return verdict.standing() == Standing.UNKNOWN || verdict.standing() == Standing.OTHER_KIND;
    }

    private String unknown() {
        var what = "the host key of " + destination.hostAndPort();
        if (verdict.standing() == Standing.UNKNOWN) {
            return what + " is not known: " + shown.shown();
        }
        return what + " is of another kind than the one known: " + shown.shown() + ", while "
                + verdict.entry().line() + " knows " + verdict.entry().type() + " "
                + HostKey.fingerprint(verdict.entry().blob());
    }

    private Remedy learn() {
        return destination.learn(shown.type().replaceAll("^ssh-|-sha2-.*", ""));
    }

    private String forget() {
        return destination.hostKeys().forget(verdict.entry().line());
    }

    private Failure refused(String what) {
        return Failure.refused(destination.place(), what);
    }

    private void remember() {
        known.add(destination.hostKeys(), shown, destination.place());
    }
}
