# usage: FOLDER WAIT INFO [QUESTION...]
# Whoever looks takes the lock for a moment, so WAIT should be a second at least.
# Holds the lock for whoever feeds it a byte now and then, and lets go when nothing came for a minute. First it prints
# "held", or why it cannot be had. Nobody gets it while a step of the one before still runs. Each question, a line of
# shell, is answered next, which saves whoever takes the lock a way there and back; "answered CODE" ends its answer.
set -eu
folder=$1 wait=$2 info=$3
shift 3
[ -d "$folder" ] || { mkdir -p -- "$folder" && chmod 0755 -- "$folder"; }
exec 9>>"$folder/lock" 8>>"$folder/step.lock"
refused() {
    printf '%s ' "$1"
    cat -- "$2" 2>/dev/null || echo
    exit 75
}
flock -w "$wait" 9 || refused owner "$folder/owner"
flock -w "$wait" 8 || refused step "$folder/owner"
[ ! -f "$folder/hold" ] || refused hold "$folder/hold"
exec 8>&-
printf '%s\n' "$info" > "$folder/owner.new"
mv -f -- "$folder/owner.new" "$folder/owner"
echo held
for question do
    code=0
    (eval "$question") < /dev/null 9>&- || code=$?
    echo "answered $code"
done
while [ -n "$(timeout 60 head -c 1)" ]; do :; done
rm -f -- "$folder/owner"
