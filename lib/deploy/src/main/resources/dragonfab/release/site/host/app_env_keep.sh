# usage: NAME
# Forgets the variables that releases had before this deploy.
set -eu
name_site "$1"
rm -f -- "$etc/app_env"/.*.before
