"""Fabric has no idea of a state that is there already: what it asks first, its user writes."""
from fabric import Config, ThreadingGroup, task
from paramiko import SSHConfig


@task
def deploy(c, hosts, name, version, deb, ssh_config):
    group = ThreadingGroup(*hosts.split(","), config=Config(ssh_config=SSHConfig.from_path(ssh_config)))
    installed = group.run(f"dpkg-query -W -f '${{Version}}' {name}", hide=True, warn=True)
    missing = [connection for connection, result in installed.items() if result.stdout.strip() != version]
    if missing:
        some = ThreadingGroup.from_connections(missing)
        some.put(deb, "/var/tmp/")
        some.run(f"DEBIAN_FRONTEND=noninteractive apt-get -q -y install /var/tmp/{deb.rsplit('/', 1)[-1]}", hide=True)
