# Stands behind lock-ours before each script that is only for the run whose rollback is armed.
# usage: demand_armed FOLDER RUN
# From here on no step runs.
demand_armed() {
    umask 077
    exec 8>>"$1/step.lock"
    flock -w 30 8 || { echo "a step runs" >&2; exit 75; }
    require_ours "$1" "$2"
    [ "$(cat "$1/rollback/armed" 2>/dev/null)" = "$2" ] || { echo "it was rolled back already" >&2; exit 75; }
}
