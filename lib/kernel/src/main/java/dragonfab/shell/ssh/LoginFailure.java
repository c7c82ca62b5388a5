package dragonfab.shell.ssh;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a person reads who was not let in: what was tried, what the host takes, and what to do. */
public final class LoginFailure {

    private LoginFailure() {
    }

    /** The host took one of these, and wants something more (AuthenticationMethods). @param more the ways it names */
    public static Failure half(ResolvedHost to, Identities identities, List<String> tried, Collection<String> more) {
        var all = new ArrayList<>(tried);
        all.addAll(identities.notes());
        var key = more.contains("publickey");
        return Failure.failed(to.place(), "login as " + to.user() + " refused: one key is not enough, the host wants "
                + (key ? "a second key" : String.join(" or ", more)) + " besides (AuthenticationMethods); tried "
                + String.join(", ", all))
                .remedy(!key ? Remedy.line("ssh " + to.typed())
                        : !identities.shut().isEmpty() ? Remedy.program("ssh-add", identities.shut().get(0))
                        : Remedy.advice("give ssh-add the other key that " + to.host() + " knows"));
    }

    /** @param offered the ways that the host names; empty when it named none */
    public static Failure of(ResolvedHost to, Identities identities, List<String> tried, Collection<String> offered) {
        var all = new ArrayList<>(tried);
        all.addAll(identities.notes());
        var what = "login as " + to.user() + " refused; tried " + (all.isEmpty() ? "no key, for there is none"
                : String.join(", ", all));
        return Failure.failed(to.place(), what + (offered.isEmpty() ? ""
                : "; the host takes " + String.join(", ", offered))).remedy(remedy(to, identities, offered));
    }

    public static Failure tooMany(ResolvedHost to, List<String> tried) {
        return Failure.failed(to.place(), "login as " + to.user() + " refused: too many keys; tried "
                + String.join(", ", tried))
                .remedy("IdentityFile and IdentitiesOnly yes in ~/.ssh/config");
    }

    private static Remedy remedy(ResolvedHost to, Identities identities, Collection<String> offered) {
        if (!offered.isEmpty() && offered.stream().allMatch(way -> way.startsWith("gssapi"))) {
            return Remedy.program("kinit").then(Remedy.advice("transport: openssh in environments.yml"));
        }
        if (!identities.shut().isEmpty()) {
            return Remedy.program("ssh-add", identities.shut().get(0));
        }
        var none = identities.inOrder().isEmpty();
        var copy = Remedy.line("ssh-copy-id " + to.typed());
        return none ? Remedy.advice("give ssh-add a key that " + to.host() + " knows").or(Remedy.program("ssh-keygen"))
                .then(copy) : copy;
    }
}
