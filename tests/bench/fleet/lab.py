"""The hosts: containers of the template "vanilla" on a network of their own, all gone at the end."""
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BASE, NEAR, FAR = "dfbench-base", "dfb-br0", "dfb-br1"
HERE = Path(__file__).parent
INSIDE = ["--clear-env", "-v", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "-v", "LC_ALL=C.UTF-8", "--"]


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Host:
    def __init__(self, number):
        self.name, self.veth = f"dfbench-{number:02}", f"dfbv{number}"
        self.address, self.mac = f"10.99.71.{100 + number}", f"00:16:3e:47:00:{number:02x}"

    def inside(self, script, *arguments, **options):
        return run("lxc-attach", "-n", self.name, *INSIDE, "sh", "-c", script, "sh", *arguments, **options)

    def wire_bytes(self):
        return sum(int(Path(f"/sys/class/net/{self.veth}/statistics/{way}_bytes").read_text()) for way in ("rx", "tx"))


class Lab:
    """Any number of hosts that root of this machine may log in to; `with` removes them, also after a failure."""

    def __init__(self, count, work):
        self.hosts, self.work, self.relay = [Host(number + 1) for number in range(count)], work, None
        self.key, self.config = work / "key", work / "ssh_config"

    def __enter__(self):
        self.remove()
        try:
            self.make()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_):
        self.remove()

    def make(self):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key)
        run("sysctl", "-q", "-w", "fs.inotify.max_user_instances=4096", "fs.inotify.max_user_watches=1048576")
        for bridge in (NEAR, FAR):
            run("ip", "link", "add", bridge, "type", "bridge")
            run("ip", "link", "set", bridge, "up")
        run("ip", "address", "add", "10.99.71.1/24", "dev", NEAR)
        self.make_base()
        with ThreadPoolExecutor(4) as pool:
            keys = list(pool.map(self.make_host, self.hosts))
        (self.work / "known_hosts").write_text("".join(f"{h.address} {key}" for h, key in zip(self.hosts, keys)))
        self.config.write_text(f"Host *\n  User root\n  IdentityFile {self.key}\n  IdentitiesOnly yes\n"
                               f"  UserKnownHostsFile {self.work}/known_hosts\n  GlobalKnownHostsFile none\n")

    def make_base(self):
        """What the peers ask of a host, python3-apt, is there before anything is timed."""
        run("lxc-copy", "-n", "vanilla", "-N", BASE)
        run("lxc-start", "-n", BASE)
        run("lxc-attach", "-n", BASE, *INSIDE, "sh", "-c", """
            for i in $(seq 300); do [ -n "$(ip -4 route show default)" ] && break; sleep 0.1; done
            export DEBIAN_FRONTEND=noninteractive
            command -v sshd >/dev/null && python3 -c 'import apt' 2>/dev/null ||
                { apt-get -q update && apt-get -q -y install openssh-server python3-apt; } || exit 1
            rm -f /etc/ssh/ssh_host_*
            mkdir -p -m 700 /root/.ssh
            cat > /root/.ssh/authorized_keys""", input=self.key.with_suffix(".pub").read_text())
        run("lxc-stop", "-n", BASE)

    def make_host(self, host):
        run("lxc-copy", "-n", BASE, "-N", host.name, "-s", "-B", "overlayfs")
        config = Path(f"/var/lib/lxc/{host.name}/config")
        lines = [line for line in config.read_text().splitlines() if not line.startswith("lxc.net.")]
        config.write_text("\n".join(lines + [
            "lxc.net.0.type = veth", f"lxc.net.0.link = {NEAR}", f"lxc.net.0.veth.pair = {host.veth}",
            f"lxc.net.0.hwaddr = {host.mac}", f"lxc.net.0.ipv4.address = {host.address}/24", "lxc.net.0.flags = up"]) + "\n")
        run("lxc-start", "-n", host.name)
        return host.inside("""
            for i in $(seq 600); do systemctl is-active -q basic.target && break; sleep 0.1; done
            ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key < /dev/null
            systemctl mask -q apt-daily.timer apt-daily-upgrade.timer 2>/dev/null
            systemctl reset-failed ssh; systemctl restart ssh || exit 1
            cut -d ' ' -f 1-2 /etc/ssh/ssh_host_ed25519_key.pub""")

    def each(self, hosts, script, *arguments):
        with ThreadPoolExecutor(8) as pool:
            return list(pool.map(lambda host: host.inside(script, *arguments), hosts))

    def away(self, milliseconds):
        """How long the way to all hosts and back is from now on."""
        self.near()
        if milliseconds:
            self.relay = subprocess.Popen([sys.executable, HERE / "delay.py", NEAR, FAR, str(milliseconds / 2)],
                                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self.relay.stdout.readline()
            self.move(FAR)

    def near(self):
        if self.relay:
            self.relay.stdin.close()
            self.relay.wait()
            self.relay = None
            self.move(NEAR)

    def move(self, bridge):
        for host in self.hosts:
            run("ip", "link", "set", host.veth, "master", bridge)
        time.sleep(1)

    def turns(self):
        """Since the last call, on the host that had most of them; none where nothing counts them."""
        if not self.relay:
            return None
        self.relay.stdin.write("count\n")
        self.relay.stdin.flush()
        return max(json.loads(self.relay.stdout.readline()).values(), default=0)

    def remove(self):
        try:
            if self.relay:
                self.relay.terminate()
                self.relay.wait()
                self.relay = None
        finally:
            names = [host.name for host in self.hosts] + [BASE]
            for word in ("lxc-stop -k", "lxc-destroy"):
                for name in names:
                    subprocess.run([*word.split(), "-n", name], capture_output=True)
            for bridge in (NEAR, FAR):
                subprocess.run(["ip", "link", "del", bridge], capture_output=True)
