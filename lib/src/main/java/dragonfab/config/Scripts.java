package dragonfab.config;

import java.util.List;

/** The names of our scripts, for the sequences that name them. */
public final class Scripts {
    public static final List<String> NAMES = List.of("init", "new", "doctor", "env", "lxc",
            "deb-build", "deb-publish", "deb-deploy", "db-dump", "db-push", "db-clone", "db-migrate", "data-refresh",
            "web-mode", "web-restart", "test",
            "deploy", "rollback", "heal", "lock", "releases", "status", "run", "manage", "shell", "logs");

    private Scripts() {
    }
}
