# Stands before each script that is only for the run that holds the lock.
# usage: require_ours FOLDER RUN
require_ours() {
    # A machine that was cut off still has the name of the run, and not its lock.
    # shellcheck disable=SC2015
    ! flock -s -n "$1/lock" true && grep -qF "\"id\":\"$2\"" "$1/owner" 2>/dev/null ||
        { echo "this deploy does not hold the lock any more" >&2; exit 75; }
}
