"""Ourselves, the peers, and a person with ssh, scp and apt: each does the same, set up as its own pages advise."""
import os
import shlex
import shutil
import signal
import subprocess
from threading import Timer

from lab import run

LONGEST = 900


def peers(cache):
    """The folder of the commands of those that come from Python; made at the first run, and kept."""
    folder = cache / "peers"
    whole = folder / "whole"
    if not whole.exists():
        shutil.rmtree(folder, ignore_errors=True)
        run("/usr/bin/python3", "-m", "venv", folder)
        run(folder / "bin" / "pip", "install", "-q", "ansible-core", "fabric", "pyinfra")
        whole.touch()
    return folder / "bin"


class Tool:
    """One way to deploy. `idle` is what it is asked when all is there already; by default that is the same again."""
    name = environment = None
    python = False

    def __init__(self, lab, bin_folder):
        self.lab, self.bin, self.folder, self.files = lab, bin_folder, lab.work, lab.work / "peers"

    def idle(self, hosts, package):
        return self.deploy(hosts, package)


class Ours(Tool):
    name = "dragonfab"

    def start(self):
        return [self.bin / "deb-deploy", "--help"]

    def deploy(self, hosts, package):
        project = self.folder / f"{package.name}-{len(hosts)}"
        project.mkdir(exist_ok=True)
        addresses = ", ".join(f"root@{host.address}" for host in hosts)
        (project / "environments.yml").write_text(
            f"environments:\n  fleet: {{hosts: [{addresses}], ssh_config: {self.lab.config}, package_name: {package.name}}}\n")
        return [self.bin / "deb-deploy", "fleet", package.file, "-q", "-f", project / "environments.yml"]


class ByHand(Tool):
    name = "ssh, scp, apt by hand"

    def start(self):
        return ["ssh", "-V"]

    def on_all(self, hosts, script):
        ssh = f"ssh -F {self.lab.config}"
        return ["sh", "-c", f"printf '%s\\n' {' '.join(host.address for host in hosts)} |"
                f" xargs -P {len(hosts)} -I % sh -c {shlex.quote(script.replace('SSH', ssh))}"]

    def idle(self, hosts, package):
        return self.on_all(hosts, f"SSH % dpkg-query -W {package.name}")

    def deploy(self, hosts, package):
        there = f"/var/tmp/{package.file.name}"
        return self.on_all(hosts, f"scp -q -F {self.lab.config} {package.file} %:{there} &&"
                           f" SSH % DEBIAN_FRONTEND=noninteractive apt-get -q -y install {there}")


class Fabric(Tool):
    name = "Fabric"
    python = True

    def start(self):
        return [self.bin / "fab", "-r", self.files, "--list"]

    def deploy(self, hosts, package):
        return [self.bin / "fab", "-r", self.files, "deploy", "--hosts=" + ",".join(host.address for host in hosts),
                f"--name={package.name}", f"--version={package.version}", f"--deb={package.file}",
                f"--ssh-config={self.lab.config}"]


class Pyinfra(Tool):
    name = "pyinfra"
    python = True

    def start(self):
        return [self.bin / "pyinfra", "--version"]

    def deploy(self, hosts, package):
        # In a file: as a word, many names are too long for it.
        inventory = self.folder / f"inventory_{len(hosts)}.py"
        inventory.write_text(f"hosts = {[host.address for host in hosts]}\n")
        return [self.bin / "pyinfra", inventory, self.files / "pyinfra-deploy.py", "-y",
                "--data", f"deb={package.file}", "--data", f"ssh_config_file={self.lab.config}",
                "--data", f"ssh_known_hosts_file={self.folder}/known_hosts"]


class Ansible(Tool):
    name = "Ansible"
    python = True

    @property
    def environment(self):
        return {"ANSIBLE_CONFIG": str(self.files / "ansible" / "ansible.cfg"),
                "ANSIBLE_SSH_COMMON_ARGS": f"-F {self.lab.config}", "ANSIBLE_HOME": str(self.folder / "ansible")}

    def start(self):
        return [self.bin / "ansible-playbook", "--version"]

    def deploy(self, hosts, package):
        return [self.bin / "ansible-playbook", "-i", "".join(host.address + "," for host in hosts),
                self.files / "ansible" / "deploy.yml", "-e", f"deb={package.file}"]


class Capistrano(Tool):
    name = "Capistrano"
    environment = {}

    def start(self):
        return ["cap", "-f", self.files / "Capfile", "-T"]

    def deploy(self, hosts, package):
        self.environment = {
            "HOSTS": ",".join(host.address for host in hosts), "NAME": package.name, "VERSION": package.version,
            "DEB": str(package.file), "SSH_CONFIG": str(self.lab.config), "SSH_KEY": str(self.lab.key),
            "SSH_KNOWN_HOSTS": str(self.folder / "known_hosts")}
        return ["cap", "-f", self.files / "Capfile", "bench", "package"]


def measured(tool, words):
    """Runs it. Its seconds, the seconds of processor and the largest process of all that it started, in megabytes."""
    log = tool.folder / "log"
    with open(log, "wb") as out:
        before = os.times().elapsed
        # In a session of its own, so that it ends with all that it started.
        child = subprocess.Popen([str(word) for word in words], cwd=tool.files, stdin=subprocess.DEVNULL, stdout=out,
                                 stderr=subprocess.STDOUT, env={**os.environ, **(tool.environment or {})},
                                 start_new_session=True)
        limit = Timer(LONGEST, os.killpg, (child.pid, signal.SIGKILL))
        limit.start()
        try:
            _, status, used = os.wait4(child.pid, 0)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
        finally:
            limit.cancel()
        seconds = os.times().elapsed - before
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{tool.name}: exit {child.returncode}\n{' '.join(map(str, words))}\n{log.read_text()[-4000:]}")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000
