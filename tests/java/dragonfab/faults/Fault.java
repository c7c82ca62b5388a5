package dragonfab.faults;

import dragonfab.lab.Lab;
import dragonfab.shell.Command;

/** Something that happens to a deploy from outside. */
enum Fault {
    /** Only the release itself may be bad. */
    NONE {
        @Override
        void strike(ShopSite site, Process client) {
        }
    },
    CLIENT {
        @Override
        void strike(ShopSite site, Process client) {
            client.destroyForcibly();
        }
    },
    /** The client goes while something runs, and another deploys at once. */
    SUCCESSOR {
        @Override
        void strike(ShopSite site, Process client) {
            awaitProgram(site, "[s]hop/migrate|[.]/migrate|[i]nfo/shop.postinst");
            client.destroyForcibly();
            site.cli().run("deploy", "closed");
        }
    },
    /** The server's own process and all sessions, so every connection breaks; a new one is possible again at once. */
    SSHD {
        @Override
        void strike(ShopSite site, Process client) {
            inside(site, "pkill -KILL -x sshd; systemctl reset-failed ssh; systemctl restart ssh");
        }
    },
    APT {
        @Override
        void strike(ShopSite site, Process client) {
            kill(site, "^([^ ]*/)?apt-get -y");
        }
    },
    DPKG {
        @Override
        void strike(ShopSite site, Process client) {
            kill(site, "^([^ ]*/)?dpkg --status-fd");
        }
    },
    POSTINST {
        @Override
        void strike(ShopSite site, Process client) {
            kill(site, "[i]nfo/shop.postinst|[t]mp.ci/postinst");
        }
    },
    APPLICATION {
        @Override
        void strike(ShopSite site, Process client) {
            inside(site, "pkill -KILL -f shop/[a]pp.py");
        }
    },
    /** As when power fails, and comes back. */
    CONTAINER {
        @Override
        void strike(ShopSite site, Process client) {
            Lab.HERE.ask(Command.script("lxc-stop -k -n \"$1\"; sleep 1; lxc-start -n \"$1\"", site.container())
                    .asRoot());
            site.ready();
        }
    },
    /** The client goes too, so that only the target can know what to do when it is up again. */
    POWER {
        @Override
        void strike(ShopSite site, Process client) {
            client.destroyForcibly();
            CONTAINER.strike(site, client);
        }
    },
    /** Nothing comes through to port 22 and nothing says so. */
    NETWORK {
        @Override
        void strike(ShopSite site, Process client) {
            filter("-I", site.address());
        }

        @Override
        void end(ShopSite site) {
            filter("-D", site.address());
        }

        private void filter(String verb, String address) {
            Lab.run(Lab.HERE, """
                    iptables "$1" OUTPUT -p tcp -d "$2" --dport 22 -j DROP
                    iptables "$1" INPUT -p tcp -s "$2" --sport 22 -j DROP
                    """, verb, address);
        }
    },
    DISK {
        @Override
        void strike(ShopSite site, Process client) {
            inside(site, "fallocate -l \"$(df --output=avail -B1 / | tail -n 1)\" /ballast"
                    + " || dd if=/dev/zero of=/ballast bs=1M");
            inside(site, "dd if=/dev/zero of=/crumbs bs=4k");
        }

        @Override
        void end(ShopSite site) {
            inside(site, "rm -f /ballast /crumbs");
        }
    },
    /** Somebody else's apt, for a while. */
    APT_LOCKS {
        @Override
        void strike(ShopSite site, Process client) {
            inside(site, """
                    systemd-run --quiet --collect python3 -c '
                    import fcntl, time
                    held = [open(path, "w") for path in ("/var/lib/dpkg/lock-frontend", "/var/lib/apt/lists/lock")]
                    for lock in held:
                        fcntl.lockf(lock, fcntl.LOCK_EX)
                    time.sleep(6)
                    '""");
        }
    };

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

    abstract void strike(ShopSite site, Process client);

    /** When the deploy is over and it would still go on. */
    void end(ShopSite site) {
    }

    boolean needsSsh() {
        return this == SSHD || this == NETWORK;
    }

    /** Whether it is there to be waited for, so that it has a moment of its own. */
    boolean waits() {
        return this == APT || this == DPKG || this == POSTINST || this == SUCCESSOR;
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
