# usage: NAME VERSION SHA256 back|again FAILING REPAIR INSTALL FILE...
# Makes a kept release run again, as it was: with the answers that it was installed with, without what came with the one
# that is left. With "back" it is what ran before this run: where it was not unpacked anew, and FAILING names no unit, only
# what came along goes. FAILING, REPAIR and INSTALL are lines of shell.
set -eu
version=$2 how=$4 failing=$5 repair=$6 install=$7
begin_leaving "$1"
answers="$state/answered/$3"
shift 7
ours=$(for file do dpkg-deb -f "$file" Package; done)
came_along() {
    touched || return 0
    # shellcheck disable=SC2046
    take_away $(sed 's/ .*//' "$came/packages" 2>/dev/null | sort -u)
    # shellcheck disable=SC2086
    name_upgraded $ours
}
# dpkg writes the list of a package whenever it unpacks one; a prerm that fails ends the installation before.
is_there() {
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}|${Version}' "$name" 2>/dev/null | sed 's/^h/i/')" = "ii |$version" ] &&
        [ -z "$(find "/var/lib/dpkg/info/$name.list" -newer "$back/site" 2>&1)" ] && [ ! -e "$back/answers" ] &&
        [ -z "$(LC_ALL=C sh -c "$failing" 2>&1)" ]
}
if [ "$how" = back ] && is_there; then
    echo "$name $version is as it was"
    ! touched || sh -c "$repair"
    came_along
    forget_conffiles
    exit 0
fi

forget() {
    [ -f "$answers" ] || return 0
    sed -n 's/^\([^ ]*\) \([^ ]*\) password .*/\2/p' "$answers" | while read -r question; do
        echo "RESET $question" | debconf-communicate "$name" >/dev/null 2>&1 || true
    done
}
trap forget EXIT
trap 'exit 1' HUP INT TERM
if [ -f "$answers" ]; then
    # One by one: a value that ends in a backslash would swallow the next line.
    tail -n +2 "$answers" | while IFS= read -r line; do
        printf '%s\n' "$line" | debconf-set-selections 2>/dev/null || true
    done
fi

for file do
    dpkg-deb -c "$file" | sed -e 's/ -> .*//' -e 's/^.* \././' | units
done > "$back/units"
left=$(for package in $ours; do units_of "$package"; done | grep -vxF -f "$back/units" || true)
# shellcheck disable=SC2046,SC2086
forget_failures $left $(cat "$back/units" "$came/units" 2>/dev/null)
# shellcheck disable=SC2086
ran=$(stop_units $left)
# Before the old one is unpacked, or dpkg would remember a file that somebody deleted, and a later release not bring it.
for file do
    package=$(dpkg-deb -f "$file" Package)
    dpkg-deb -I "$file" conffiles > "$back/wanted" 2>/dev/null || : > "$back/wanted"
    remove_conffiles "$package" "$back/wanted"
done
sh -c "$repair"
if ! DRAGONFAB_BACK=yes sh -c "$install"; then
    put_back
    # shellcheck disable=SC2086
    [ -z "$ran" ] || systemctl start -- $ran || true
    exit 1
fi
rm -f -- "$back/wanted"
# shellcheck disable=SC2086
forget_units $left
[ "$how" = again ] || came_along
forget_conffiles
if [ -f "$answers" ]; then
    head -n 1 "$answers" > "$state/answers"
elif [ "$how" = again ]; then
    rm -f -- "$state/answers"
fi
