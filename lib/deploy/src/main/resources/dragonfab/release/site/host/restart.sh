# usage: NAME
# Restarts the release that serves, with the variables that it has now.
set -eu
name_site "$1"
restart_site
