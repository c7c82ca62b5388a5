package dragonfab.shell.ssh;

import dragonfab.report.Failure;
import dragonfab.shell.Secret;
import dragonfab.shell.ssh.sshj.SshShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A person on a laptop: a folder with keys, a known_hosts file and an ssh configuration. */
final class SshUser {
    private final Path folder;
    private final SshHost host = SshHost.it();

    SshUser(Path folder) throws IOException {
        this.folder = folder;
        key("id", "ed25519", "");
        host.authorize(Files.readString(folder.resolve("id.pub")));
        config("");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Path key(String name, String type, String passphrase, String... more) {
        var words = new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", name,
                "-f",
                file(name).toString()));
        words.addAll(List.of(more));
        SshHost.Local.run(words.toArray(String[]::new));
        return file(name);
    }

    /** Lines for every host; it knows the container's key and has the right key unless told otherwise. */
    void config(String lines) throws IOException {
        Files.writeString(file("config"), lines + "\nHost *\n"
                + "  HostName " + host.address() + "\n"
                + "  User root\n"
                + "  IdentityFile " + file("id") + "\n"
                + "  IdentityAgent none\n"
                + "  UserKnownHostsFile " + file("known_hosts") + "\n"
                + "  GlobalKnownHostsFile none\n");
    }

    void knows(int port) throws IOException {
        var line = SshHost.Local.run("sh", "-c", "ssh-keyscan -p " + port + " " + host.address()
                + " 2>/dev/null");
        Files.writeString(file("known_hosts"), line);
    }

    SshSettings settings(String user, int port) {
        return SshSettings.to(user, "box", port).config(file("config")).answeredBy(Operator.NOBODY);
    }

    SshShell connect() {
        return SshShell.connect(settings(null, 0));
    }

    /** What a person would read, with the variable parts under names. */
    String shown(Failure failure) {
        return (failure.exit() + " " + failure.place() + ": " + failure.getMessage()
                + (failure.remedy() == null ? "" : "\ntry: " + failure.remedy()))
                .replace(host.address(), "ADDRESS").replace(folder.toString(), "HOME");
    }

    /** One who gives prepared answers, and remembers the questions. */
    static final class Scripted implements Operator {
        final List<String> questions = new ArrayList<>();
        private final List<String> answers;

        Scripted(String... answers) {
            this.answers = new ArrayList<>(List.of(answers));
        }

        @Override
        public boolean isThere() {
            return true;
        }

        @Override
        public synchronized boolean agrees(String question) {
            questions.add(question);
            return answers.remove(0).equals("yes");
        }

        @Override
        public synchronized Secret secret(String prompt) {
            questions.add(prompt);
            return answers.isEmpty() ? null : Secret.of(answers.remove(0));
        }
    }
}
