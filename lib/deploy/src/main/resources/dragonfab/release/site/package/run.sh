#!/bin/sh
# usage: run PROGRAM [ARGUMENT...]
# Runs a program of the release's Python environment in its sources, with the variables of its services.
set -eu
release=@RELEASE@
set -a
for file in @ETC@/environment @ETC@/app_env/@VERSION@; do
    # shellcheck source=/dev/null
    [ ! -r "$file" ] || . "$file"
done
set +a
export PATH="$release/env/bin:/usr/local/bin:/usr/bin:/bin" PYTHONPATH=@PYTHONPATH@
export PYTHONDONTWRITEBYTECODE=1 DATA_DIR=@DATA@ SITE_NAMES=@SERVER@ @DJANGO@
cd "$release/src@BELOW@"
exec "$@"
