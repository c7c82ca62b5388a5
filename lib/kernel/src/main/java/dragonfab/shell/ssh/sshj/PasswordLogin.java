package dragonfab.shell.ssh.sshj;

import dragonfab.shell.ssh.Operator;
import dragonfab.shell.ssh.ResolvedHost;
import java.util.List;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.ChallengeResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;

/** The ways to log in by typing; each gives three tries. */
final class PasswordLogin implements ChallengeResponseProvider, PasswordFinder {
    private static final int TRIES = 3;

    private final Operator person;
    private final String who;
    private int tries;

    private PasswordLogin(Operator person, String who) {
        this.person = person;
        this.who = who;
    }

    static List<AuthMethod> methods(Operator person, ResolvedHost to) {
        var who = to.user() + "@" + to.host();
        return List.of(new AuthKeyboardInteractive(new PasswordLogin(person, who)),
                new AuthPassword(new PasswordLogin(person, who)));
    }

    @Override
    public List<String> getSubmethods() {
        return List.of();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void init(Resource resource, String name, String instruction) {
        // The questions themselves say enough.
    }

    @Override
    public char[] getResponse(String prompt, boolean echo) {
        return typed("(" + who + ") " + prompt.replaceAll("\\p{Cntrl}", " "));
    }

    @Override
    public char[] reqPassword(Resource<?> resource) {
        return typed("Password for " + who + ": ");
    }

    @Override
    public boolean shouldRetry() {
        return ++tries < TRIES;
    }

    @Override
    public boolean shouldRetry(Resource<?> resource) {
        return shouldRetry();
    }

    private char[] typed(String prompt) {
        var answer = person.secret(prompt);
        tries = answer == null ? TRIES : tries;
        return answer == null ? new char[0] : answer.reveal().toCharArray();
    }
}
