package dragonfab.lab;

import dragonfab.shell.Command;
import dragonfab.shell.ssh.SshSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** This machine's own sshd, on a port of the tests, which lets one key in; and the configuration to reach it. */
public final class SshServer implements AutoCloseable {
    private final Path folder;

    private SshServer(Path folder) {
        this.folder = folder;
    }

    public static SshServer start() throws IOException {
        var folder = Files.createTempDirectory("dragonfab-sshd");
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Lab.run(Lab.HERE, """
                set -eu
                mkdir -p /run/sshd
                cd "$1"
                ssh-keygen -q -t ed25519 -N '' -f host
                ssh-keygen -q -t ed25519 -N '' -f user
                echo "[127.0.0.1]:$2 $(cut -d' ' -f1,2 host.pub)" > known_hosts
                cp user.pub authorized_keys
                printf '%s\\n' "Port $2" "ListenAddress 127.0.0.1" "HostKey $1/host" "PidFile $1/pid" "StrictModes no" \\
                    "AuthorizedKeysFile $1/authorized_keys" "PermitRootLogin yes" "PasswordAuthentication no" \\
                    "AcceptEnv LANG LC_*" > sshd_config
                printf '%s\\n' "Host holder" "  HostName 127.0.0.1" "  Port $2" "  User root" "  IdentityFile $1/user" \\
                    "  IdentitiesOnly yes" "  UserKnownHostsFile $1/known_hosts" \\
                    "  SendEnv LANG LC_*" > config
                chmod 0755 "$1"
                chmod 0644 config known_hosts authorized_keys
                chmod 0600 user
                chown "$3" user
                /usr/sbin/sshd -f sshd_config -E sshd.log
                """, folder, port, System.getProperty("user.name"));
        return new SshServer(folder);
    }

    /** For the key ssh_config; the host's name in it is "holder". */
    public Path config() {
        return folder.resolve("config");
    }

    SshSettings settings() {
        return SshSettings.to(null, "holder", 0).config(config());
    }

    /** The process that serves whoever logged in last. */
    String newestSession() {
        return Lab.HERE.read(Command.script("pgrep -n -P \"$(cat \"$1/pid\")\"", folder).asRoot());
    }

    void cut(String session) {
        Lab.HERE.read(Command.of("kill", "-KILL", session).asRoot());
    }

    @Override
    public void close() {
        Lab.HERE.ask(Command.script("kill \"$(cat \"$1/pid\")\"; rm -rf -- \"$1\"", folder).asRoot());
    }
}
