"""The hosts: containers of the template "vanilla" on a network of their own, all gone at the end."""
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PREFIX = os.environ.get("BENCH_PREFIX", "dfbench")
BASE, NEAR, FAR = f"{PREFIX}-base", "dfb-br0", "dfb-br1"
NETWORK = "10.99.71"
# In the folder of each container that a benchmark made, and the alias of each bridge: a name tells no owner.
MARK = "dragonfab-bench"
LINKS = Path("/sys/class/net")
INOTIFY = {"max_user_instances": 4096, "max_user_watches": 1048576}
HERE = Path(__file__).parent
INSIDE = ["--clear-env", "-v", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "-v", "LC_ALL=C.UTF-8", "--"]


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def refuse(what, *remedy):
    print(f"fleet: {what}", *(f"try: {words}" for words in remedy), sep="\n", file=sys.stderr)
    raise SystemExit(3)


def on_all(workers, work, things):
    """What came of each, in their order. After the first failure, what has not begun does not begin any more."""
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(work, thing) for thing in things]
        try:
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


class Host:
    def __init__(self, number):
        self.name, self.veth = f"{PREFIX}-{number:02}", f"dfbv{number}"
        self.address, self.mac = f"{NETWORK}.{100 + number}", f"00:16:3e:47:00:{number:02x}"

    def inside(self, script, *arguments, **options):
        return run("lxc-attach", "-n", self.name, *INSIDE, "sh", "-c", script, "sh", *arguments, **options)

    def wire_bytes(self):
        return sum(int(Path(f"/sys/class/net/{self.veth}/statistics/{way}_bytes").read_text()) for way in ("rx", "tx"))


class Lab:
    """Any number of hosts that root of this machine may log in to; `with` removes them, also after a failure."""

    def __init__(self, count, work):
        self.hosts, self.work, self.relay = [Host(number + 1) for number in range(count)], work, None
        self.key, self.config = work / "key", work / "ssh_config"
        self.containers, self.bridges = [], []

    def __enter__(self):
        self.claim()
        try:
            self.make()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_):
        self.remove()

    def claim(self):
        """Makes sure that all names are free. What is marked was left by a run that was killed: those that run have the
        lock. Anything else is somebody's, and stays."""
        if not shutil.which("lxc-copy"):
            refuse("LXC is not installed here", "jbang init@dragonfab lxc")
        self.lock = open("/run/lock/dragonfab-bench", "a")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            refuse("another benchmark runs on this machine, and each would measure the other")
        self.path = Path(run("lxc-config", "lxc.lxcpath").strip())
        if not (self.path / "vanilla").exists():
            refuse("there is no container vanilla to clone", "jbang init@dragonfab lxc")
        bridges = [name for name in (NEAR, FAR) if (LINKS / name).exists()]
        for name in [host.name for host in self.hosts] + [BASE]:
            if (self.path / name).exists() and not (self.path / name / MARK).exists():
                refuse(f"the container {name} is there already, and it is not a benchmark's",
                       f"BENCH_PREFIX=another {' '.join(sys.argv)}")
        for name in bridges:
            if (LINKS / name / "ifalias").read_text().strip() != MARK:
                refuse(f"the bridge {name} is there already, and it is not a benchmark's")
        # Clones before what they were cloned from.
        left = [mark.parent.name for mark in self.path.glob(f"*/{MARK}")]
        self.destroy(sorted(left, key=lambda name: name.endswith("-base")), bridges)
        if run("ip", "-4", "route", "show", "root", f"{NETWORK}.0/24"):
            refuse(f"the network {NETWORK}.0/24 is in use on this machine")

    def make(self):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key)
        for name, least in INOTIFY.items():
            limit = Path("/proc/sys/fs/inotify", name)
            # It stays raised: others that have begun since may live on it.
            if int(limit.read_text()) < least:
                limit.write_text(str(least))
        for bridge in (NEAR, FAR):
            run("ip", "link", "add", bridge, "type", "bridge")
            self.bridges.append(bridge)
            run("ip", "link", "set", bridge, "alias", MARK)
            run("ip", "link", "set", bridge, "up")
        run("ip", "address", "add", f"{NETWORK}.1/24", "dev", NEAR)
        self.make_base()
        keys = on_all(4, self.make_host, self.hosts)
        (self.work / "known_hosts").write_text("".join(f"{h.address} {key}" for h, key in zip(self.hosts, keys)))
        self.config.write_text(f"Host *\n  User root\n  IdentityFile {self.key}\n  IdentitiesOnly yes\n"
                               f"  UserKnownHostsFile {self.work}/known_hosts\n  GlobalKnownHostsFile none\n")

    def make_base(self):
        """What the peers ask of a host, python3-apt, is there before anything is timed."""
        self.clone("vanilla", BASE)
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

    def clone(self, template, name, *options):
        # Before it is there, for a clone that is broken off may be there in part.
        self.containers.append(name)
        run("lxc-copy", "-n", template, "-N", name, *options)
        (self.path / name / MARK).touch()

    def make_host(self, host):
        self.clone(BASE, host.name, "-s", "-B", "overlayfs")
        config = self.path / host.name / "config"
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
        return on_all(8, lambda host: host.inside(script, *arguments), hosts)

    def away(self, milliseconds):
        """How long the way to all hosts and back is from now on."""
        self.near()
        if milliseconds:
            self.relay = subprocess.Popen([sys.executable, HERE / "delay.py", NEAR, FAR, str(milliseconds / 2)],
                                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            if not self.relay.stdout.readline():
                raise SystemExit("fleet: the relay between the bridges did not start")
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
        # A second Ctrl-C would leave half of it.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        try:
            if self.relay:
                self.relay.terminate()
                self.relay.wait()
                self.relay = None
        finally:
            self.destroy(reversed(self.containers), self.bridges)

    def destroy(self, containers, bridges):
        containers = list(containers)
        for word in ("lxc-stop -k", "lxc-destroy"):
            for name in containers:
                subprocess.run([*word.split(), "-n", name], capture_output=True)
        for bridge in bridges:
            subprocess.run(["ip", "link", "del", bridge], capture_output=True)
        left = [name for name in containers if (self.path / name).exists()]
        left += [bridge for bridge in bridges if (LINKS / bridge).exists()]
        if left:
            raise SystemExit(f"fleet: these could not be removed: {' '.join(left)}")
