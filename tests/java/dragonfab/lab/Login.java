package dragonfab.lab;

import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The user deploy of containers that are reached over SSH, with one key; for environments, the file ssh_config. */
public record Login(Path folder) {
    public static final String PASSWORD = "sudo-p'a\"ss$ ü";

    public static Login in(Path folder) throws IOException {
        Cli.in(folder).tool("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("key").toString());
        Files.writeString(folder.resolve("ssh_config"), """
                Host *
                  User deploy
                  IdentityFile %1$s/key
                  IdentitiesOnly yes
                  UserKnownHostsFile %1$s/known_hosts
                """.formatted(folder));
        return new Login(folder);
    }

    /** Lets the user into a container, whose host key is known from now on. @param rule for sudo */
    public void to(String name, Shell inside, String rule) throws IOException {
        Lab.run(inside, """
                useradd --create-home --shell /bin/bash deploy
                printf '%s\\n' "deploy:$1" | chpasswd
                printf '%s\\n' "$2" > /etc/sudoers.d/deploy
                install -d -o deploy -m 0700 /home/deploy/.ssh
                printf '%s\\n' "$3" > /home/deploy/.ssh/authorized_keys
                chown deploy /home/deploy/.ssh/authorized_keys
                """, PASSWORD, rule, Files.readString(folder.resolve("key.pub")).strip());
        var key = inside.read(Command.of("cat", "/etc/ssh/ssh_host_ed25519_key.pub")).split(" ");
        Files.writeString(folder.resolve("known_hosts"), Lab.address(name) + " " + key[0] + " " + key[1] + "\n",
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
