from pyinfra import host
from pyinfra.operations import apt, files

deb = host.data.deb
there = "/var/tmp/" + deb.rsplit("/", 1)[-1]
files.put(name="bring the package", src=deb, dest=there)
apt.deb(name="install it", src=there)
