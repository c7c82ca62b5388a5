# usage: NAME
# Has apt forget the repository that an application came from, unless another comes from there too. Stands behind
# repository-sources.
set -eu
lock_sources
leave_source "$1"
