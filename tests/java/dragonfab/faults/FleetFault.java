package dragonfab.faults;

import dragonfab.lab.Lab;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Something that happens to a deploy of four hosts from outside: to its client, or to one of the hosts. */
enum FleetFault {
    /** Only the release itself may be bad. */
    NONE,
    CLIENT((host, client) -> client.destroyForcibly()),
    /** The connections of one host break; a new one is possible again at once. */
    SSHD((host, client) -> host.run("pkill -KILL -x sshd; systemctl reset-failed ssh; systemctl restart ssh")),
    /** Nothing comes through to port 22 of one host, and nothing says so. */
    NETWORK((host, client) -> host.filter("-I"), host -> host.filter("-D")),
    /** One host is off, and comes back when the deploy is over. */
    STOPPED((host, client) -> host.here("lxc-stop -k -n \"$1\""), FleetHost::start),
    /** As when its power fails, and comes back. */
    POWER((host, client) -> {
        host.here("lxc-stop -k -n \"$1\"; sleep 1");
        host.start();
    }),
    /** One host sleeps until the deploy is over. */
    FROZEN((host, client) -> host.here("lxc-freeze -n \"$1\""), host -> host.here("lxc-unfreeze -n \"$1\"")),
    /** There is no room for another package on one host. */
    DISK((host, client) -> host.run("""
            cd /var/lib/dragonfab/four
            mkdir -p /run/small
            mount -t tmpfs -o "size=$(($(du -sk packages | cut -f 1) + 60))k" tmpfs /run/small
            cp -a packages/. /run/small/
            mount --bind /run/small packages
            """), host -> host.run("umount -l /var/lib/dragonfab/four/packages; umount -l /run/small")),
    /** Another deploys to one host. */
    LOCK((host, client) -> host.run("""
            setsid flock /var/lib/dragonfab/four/lock sleep 4817 </dev/null >/dev/null 2>&1 &
            while flock -n /var/lib/dragonfab/four/lock true; do sleep 0.1; done
            """), host -> host.run("pkill -f '^sleep 4817'")),
    /** Somebody else's apt on one host, for a while. */
    APT_LOCK((host, client) -> host.run("""
            systemd-run --quiet --collect python3 -c '
            import fcntl, time
            held = [open(path, "w") for path in ("/var/lib/dpkg/lock-frontend", "/var/lib/apt/lists/lock")]
            for lock in held:
                fcntl.lockf(lock, fcntl.LOCK_EX)
            time.sleep(6)
            '"""));

    private final BiConsumer<FleetHost, Process> strike;
    private final Consumer<FleetHost> end;

    FleetFault() {
        this((host, client) -> {});
    }

    FleetFault(BiConsumer<FleetHost, Process> strike) {
        this(strike, host -> {});
    }

    FleetFault(BiConsumer<FleetHost, Process> strike, Consumer<FleetHost> end) {
        this.strike = strike;
        this.end = end;
    }

    /** @param client null before the deploy */
    void strike(FleetHost host, Process client) {
        strike.accept(host, client);
    }

    /** When the deploy is over, and it would still go on. */
    void end(FleetHost host) {
        end.accept(host);
    }

    /** Whether a host that has it before the deploy cannot take part. */
    boolean keepsOut() {
        return this == NETWORK || this == STOPPED || this == FROZEN || this == DISK;
    }

    /** Whether a deploy must end as if it were not there. */
    boolean harmless() {
        return this == NONE || this == APT_LOCK;
    }
}
