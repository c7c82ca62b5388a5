package dragonfab.faults;

import dragonfab.lab.Lab;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;

/** One of the four hosts, seen from outside: what it serves, what dpkg says, and what is left there. */
record FleetHost(String container, String address, Shell inside) {

    /** In the container, as root. */
    void run(String script) {
        inside.ask(Command.script(script).asRoot());
    }

    /** On this machine, where $1 is the container. */
    void here(String script) {
        Lab.HERE.ask(Command.script(script, container).asRoot());
    }

    void filter(String verb) {
        Lab.run(Lab.HERE, """
                iptables "$1" OUTPUT -p tcp -d "$2" --dport 22 -j DROP
                iptables "$1" INPUT -p tcp -s "$2" --sport 22 -j DROP
                """, verb, address);
    }

    /** Waits until it has booted, and has its address again. */
    void start() {
        here("lxc-start -n \"$1\"");
        ShopSite.await(60, () -> inside.ask(Command.script("""
                s=$(systemctl is-system-running)
                [ "$s" = running ] || [ "$s" = degraded ] || exit 1
                hostname -I | grep -q .""")).ok());
    }

    /** As "200 release 7.0", or what else a visitor gets. */
    String served() {
        return ShopSite.look(address);
    }

    /** The version that is there and whole, by dpkg's word; what else it says when it is not. */
    String running() {
        return inside.ask(Command.script("""
                dpkg-query -W -f '${db:Status-Abbrev}|${Version}' four | sed 's/^ii |//'
                dpkg --audit
                """)).text();
    }

    /** Whether dpkg ever began to install that version. */
    boolean saw(String version) {
        return inside.ask(Command.script("grep -qE \" four:all (.* )?$1( |$)\" /var/log/dpkg.log",
                version.replace(".", "[.]"))).ok();
    }

    /** What a deploy that is over leaves nowhere; empty when all is quiet. */
    String left() {
        return inside.ask(Command.script("""
                cd /var/lib/dragonfab/four || exit 0
                flock -n lock true || echo locked
                flock -n step.lock true || echo "a step runs"
                ls rollback/armed step/input 2>/dev/null
                systemctl list-units --all --plain --no-legend 'dragonfab-*' | grep -v ' inactive *dead '
                ls /etc/systemd/system | grep dragonfab
                ls -A packages | grep -v '^four_[0-9.]*_all[.][0-9a-f]*[.]deb$'
                dpkg --audit
                """).asRoot()).out();
    }
}
