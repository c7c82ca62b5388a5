package dragonfab.faults;

import dragonfab.lab.Lab;
import dragonfab.shell.Command;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Something that happens to a deploy from outside. */
enum Fault {
    /** Only the release itself may be bad. */
    NONE((site, client) -> {}),
    CLIENT((site, client) -> client.destroyForcibly()),
    /** The client goes while something runs, and another deploys at once. */
    SUCCESSOR((site, client) -> {
        awaitProgram(site, "[s]hop/migrate|[.]/migrate|[i]nfo/shop.postinst");
        client.destroyForcibly();
        site.deploy("closed");
    }),
    /** The server's own process and all sessions, so every connection breaks; a new one is possible again at once. */
    SSHD((site, client) -> inside(site, "pkill -KILL -x sshd; systemctl reset-failed ssh; systemctl restart ssh")),
    APT((site, client) -> kill(site, "^([^ ]*/)?apt-get -y")),
    DPKG((site, client) -> kill(site, "^([^ ]*/)?dpkg --status-fd")),
    POSTINST((site, client) -> kill(site, "[i]nfo/shop.postinst|[t]mp.ci/postinst")),
    APPLICATION((site, client) -> inside(site, "pkill -KILL -f 'shop/(current/)?[a]pp.py'")),
    /** As when power fails, and comes back. */
    CONTAINER((site, client) -> restart(site)),
    /** The client goes too, so that only the target can know what to do when it is up again. */
    POWER((site, client) -> {
        client.destroyForcibly();
        restart(site);
    }),
    /** Nothing comes through to port 22 and nothing says so. */
    NETWORK((site, client) -> filter("-I", site), site -> filter("-D", site)),
    DISK((site, client) -> inside(site, """
            fallocate -l "$(df --output=avail -B1 / | tail -n 1)" /ballast || dd if=/dev/zero of=/ballast bs=1M
            dd if=/dev/zero of=/crumbs bs=4k
            """), site -> inside(site, "rm -f /ballast /crumbs")),
    /** Somebody else's apt, for a while. */
    APT_LOCKS((site, client) -> inside(site, """
            systemd-run --quiet --collect python3 -c '
            import fcntl, time
            held = [open(path, "w") for path in ("/var/lib/dpkg/lock-frontend", "/var/lib/apt/lists/lock")]
            for lock in held:
                fcntl.lockf(lock, fcntl.LOCK_EX)
            time.sleep(6)
            '"""));

    /**
     * A program is there for a short while only: it is waited for, and killed a moment later. A pattern must not match
     * the shell that has it for an argument.
     */
    private static final String KILL = """
            for i in $(seq 400); do
                if pgrep -f "$1" >/dev/null; then
                    sleep "0.$(( $(od -An -N1 -tu1 /dev/urandom) % 4 ))"
                    pkill -KILL -f "$1"
                    exit
                fi
                sleep 0.02
            done
            """;

    private final BiConsumer<ShopSite, Process> strike;
    private final Consumer<ShopSite> end;

    Fault(BiConsumer<ShopSite, Process> strike) {
        this(strike, site -> {});
    }

    Fault(BiConsumer<ShopSite, Process> strike, Consumer<ShopSite> end) {
        this.strike = strike;
        this.end = end;
    }

    void strike(ShopSite site, Process client) {
        strike.accept(site, client);
    }

    /** When the deploy is over and it would still go on. */
    void end(ShopSite site) {
        end.accept(site);
    }

    boolean needsSsh() {
        return this == SSHD || this == NETWORK;
    }

    /** Whether it can happen to a deploy of that shop: apt and dpkg are in the way of packages alone. */
    boolean fits(Shop shop) {
        return shop == Shop.DEB || this != APT && this != DPKG && this != POSTINST && this != APT_LOCKS;
    }

    /** Whether it is there to be waited for, so that it has a moment of its own. */
    boolean waits() {
        return this == APT || this == DPKG || this == POSTINST || this == SUCCESSOR;
    }

    /** Whether visitors must do without the site for a while, whoever deploys it. */
    boolean takesTheSiteAway() {
        return this == APPLICATION || this == CONTAINER || this == POWER || this == DISK;
    }

    private static void restart(ShopSite site) {
        Lab.HERE.ask(Command.script("lxc-stop -k -n \"$1\"; sleep 1; lxc-start -n \"$1\"", site.container()).asRoot());
        site.ready();
    }

    private static void filter(String verb, ShopSite site) {
        Lab.run(Lab.HERE, """
                iptables "$1" OUTPUT -p tcp -d "$2" --dport 22 -j DROP
                iptables "$1" INPUT -p tcp -s "$2" --sport 22 -j DROP
                """, verb, site.address());
    }

    private static void kill(ShopSite site, String pattern) {
        site.inside().ask(Command.script(KILL, pattern).asRoot());
    }

    private static void awaitProgram(ShopSite site, String pattern) {
        ShopSite.await(10, () -> site.inside().ask(Command.of("pgrep", "-f", pattern)).ok());
    }

    private static void inside(ShopSite site, String script) {
        site.inside().ask(Command.script(script).asRoot());
    }
}
