package dragonfab.faults;

import dragonfab.lab.Lab;
import dragonfab.shell.Command;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Something that happens to a deploy from outside, before it begins or while it runs. */
enum Fault {
    /** Only the release itself may be bad. */
    NONE,
    CLIENT((site, client) -> client.destroyForcibly()),
    /** The client goes while dpkg is at work. */
    INSTALL((site, client) -> {
        awaitProgram(site, Fault.INSTALLATION);
        ShopSite.pause(ThreadLocalRandom.current().nextInt(600));
        client.destroyForcibly();
    }),
    /** The client sleeps until the target is at rest without it, as a laptop does, and then goes on. */
    SUSPENDED((site, client) -> {
        signal(client, "-STOP");
        ShopSite.await(Trial.REST_SECONDS, () -> site.left().isEmpty());
        signal(client, "-CONT");
    }),
    /** The client goes while something runs, and another deploys at once. */
    SUCCESSOR((site, client) -> {
        awaitProgram(site, "[s]hop/migrate|[.]/migrate|[i]nfo/shop.postinst");
        client.destroyForcibly();
        site.deploy("closed");
    }),
    /** The server's own process and all sessions, so every connection breaks; a new one is possible again at once. */
    SSHD((site, client) -> inside(site, "pkill -KILL -x sshd; systemctl reset-failed ssh; systemctl restart ssh")),
    APT((site, client) -> kill(site, "^([^ ]*/)?apt-get -y")),
    DPKG((site, client) -> kill(site, Fault.INSTALLATION)),
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
            '""")),
    /** Its clock is set by hours, for all that run and will run there. */
    CLOCK((site, client) -> inside(site, "echo %d > /run/clock-offset".formatted(
            ThreadLocalRandom.current().nextBoolean() ? 7200 : -7200)),
            site -> inside(site, "rm -f /run/clock-offset /etc/ld.so.preload")) {
        @Override
        void begin(ShopSite site) {
            ShopClock.install(site.inside());
        }
    },
    /** The site's own SSH server lets few sessions into a connection. */
    MAX_SESSIONS((site, client) -> {},
            site -> inside(site, "rm /etc/ssh/sshd_config.d/few.conf; systemctl reload ssh")) {
        @Override
        void begin(ShopSite site) {
            inside(site, "echo MaxSessions %d > /etc/ssh/sshd_config.d/few.conf; systemctl reload ssh".formatted(
                    1 + ThreadLocalRandom.current().nextInt(3)));
        }
    },
    /** Another user of that machine tries to hold whatever we lock. */
    FOREIGN_FLOCK((site, client) -> {}, site -> inside(site, "systemctl stop foreign-flock")) {
        @Override
        void begin(ShopSite site) {
            inside(site, """
                    systemd-run --quiet --collect --unit=foreign-flock --uid=nobody -p RuntimeMaxSec=600 sh -c '
                    while sleep 0.1; do
                        for file in . lock step.lock rollback journal; do
                            flock /var/lib/dragonfab/shop/$file sleep 600 &
                        done
                        wait
                    done'""");
        }
    },
    /** Somebody keeps our package as it is. */
    HELD {
        @Override
        void begin(ShopSite site) {
            inside(site, "apt-mark hold shop");
        }
    },
    /** Somebody left another package half-way. */
    OTHERS_HALF {
        @Override
        void begin(ShopSite site) {
            inside(site, """
                    mkdir -p /root/other/DEBIAN
                    cd /root
                    printf '%s\n' 'Package: other' "Version: $(date +%s)" 'Architecture: all' \
                        'Maintainer: Test <test@example.org>' 'Description: another' > other/DEBIAN/control
                    dpkg-deb -b other other.deb
                    dpkg --unpack other.deb""");
        }
    };

    /** Its own options stand before those that apt gives it. */
    private static final String INSTALLATION = "^([^ ]*/)?dpkg (-[^ ]+ )*--status-fd";
    /** A program is there for a short while only. A pattern must not match the shell that has it for an argument. */
    private static final String AWAIT = """
            for i in $(seq 2000); do
                ! pgrep -f "$1" >/dev/null || exit 0
                sleep 0.02
            done
            exit 1
            """;

    private final BiConsumer<ShopSite, Process> strike;
    private final Consumer<ShopSite> end;

    Fault() {
        this((site, client) -> {});
    }

    Fault(BiConsumer<ShopSite, Process> strike) {
        this(strike, site -> {});
    }

    Fault(BiConsumer<ShopSite, Process> strike, Consumer<ShopSite> end) {
        this.strike = strike;
        this.end = end;
    }

    /** Before the deploy. */
    void begin(ShopSite site) {}

    void strike(ShopSite site, Process client) {
        strike.accept(site, client);
    }

    /** When the deploy is over and it would still go on. */
    void end(ShopSite site) {
        end.accept(site);
    }

    boolean needsSsh() {
        return this == SSHD || this == NETWORK || this == MAX_SESSIONS;
    }

    /** Whether a deploy must be refused, and what it says then must help. */
    boolean refuses() {
        return this == HELD || this == OTHERS_HALF;
    }

    /** Whether a deploy must end as if it were not there. */
    boolean harmless() {
        return this == NONE || this == CLOCK || this == MAX_SESSIONS || this == FOREIGN_FLOCK;
    }

    /** Whether it can happen to a deploy of that shop: apt and dpkg concern packages alone. */
    boolean fits(Shop shop) {
        return shop == Shop.DEB || !ofPackages();
    }

    private boolean ofPackages() {
        return this == APT || this == DPKG || this == POSTINST || this == APT_LOCKS || this == INSTALL || refuses();
    }

    /** Whether it is there to be waited for, so that it has a moment of its own. */
    boolean waits() {
        return this == APT || this == DPKG || this == POSTINST || this == SUCCESSOR || this == INSTALL;
    }

    /** Whether visitors must do without the site for a while, whoever deploys it. */
    boolean takesTheSiteAway() {
        return this == APPLICATION || this == CONTAINER || this == POWER || this == DISK;
    }

    private static void signal(Process client, String signal) {
        Lab.HERE.ask(Command.of("kill", signal, String.valueOf(client.pid())));
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
        awaitProgram(site, pattern);
        ShopSite.pause(ThreadLocalRandom.current().nextInt(300));
        site.inside().ask(Command.of("pkill", "-KILL", "-f", pattern).asRoot());
    }

    /** What strikes at nothing shows nothing. */
    private static void awaitProgram(ShopSite site, String pattern) {
        if (!site.inside().ask(Command.script(AWAIT, pattern).asRoot()).ok()) {
            throw new AssertionError("no program was there to strike at: " + pattern);
        }
    }

    private static void inside(ShopSite site, String script) {
        site.inside().ask(Command.script(script).asRoot());
    }
}
