# usage: NAME VERSION keep|new RECOMMENDS FILE...
# Installs exactly this version and then asks dpkg, since apt says 0 also where it did nothing. Stands behind
# package-units; print_note prints what apt tells beforehand what it will do.
set -eu
name=$1 version=$2 conffiles=$3 recommends=$4 file=$5
shift 4
state="/var/lib/dragonfab/$name" note="/var/lib/dragonfab/$name/note"

installed() { dpkg-query -W -f '${db:Status-Abbrev}|${Version}' "$name" 2>/dev/null | sed 's/^h/i/' || true; }
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
quietly() { apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" </dev/null; }

(umask 077 && print_note > "$note.new" && chmod 0700 "$note.new" && mv -f -- "$note.new" "$note")
run=$(cat "$state/rollback/armed" 2>/dev/null || date +%s.%N)
# apt gives the word before the first blank the list in the words that it can read.
set -- -o "DPkg::Pre-Install-Pkgs::=$note $state $run $name ${DRAGONFAB_BACK:-no}" \
    -o "DPkg::Tools::Options::$note::Version=2" "$@"
# Without this path apt compares times in whole seconds and can take a package for installed that is not.
set -- -o Dir::Cache::pkgcache= --no-remove --allow-downgrades "$@"
case "$conffiles" in
new) set -- -o Dpkg::Options::=--force-confnew "$@" ;;
*) set -- -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" ;;
esac
[ "$recommends" = true ] || set -- --no-install-recommends "$@"
# Who held it since has held what is to go; it is held again afterwards.
held=
if [ -n "${DRAGONFAB_BACK:-}" ]; then
    held=$(apt-mark showhold "$name")
    set -- --allow-change-held-packages "$@"
fi
[ "$(installed)" != "ii |$version" ] || set -- --reinstall "$@"
# shellcheck disable=SC2046
set -- $(suite_pin "$name" "$state/preferences") "$@"
# shellcheck disable=SC2046
forget_failures $(units_of "$name")

with_network() {
    fresh_lists "$@"
    quietly -o DPkg::Pre-Invoke::="rm -f -- $state/installed" install "$@"
}
# Most releases need nothing from the network, and a rollback must not hang on it. Once dpkg has begun, its word counts,
# and whose bytes are there is not known before it has ended well.
# Of a version that an archive has too, apt takes the archive's file, unless it has no lists to know of it. A source that
# apt cannot read then has no say either.
no_sources="-o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts=/dev/null"
offline="-o Dir::Bin::Methods::http=false -o Dir::Bin::Methods::https=false"
[ "$recommends" = true ] || offline="$offline -o Dir::State::lists=/dev/null $no_sources"
untouched="$state/untouched"
(umask 077 && : > "$untouched")
code=0
# shellcheck disable=SC2086
quietly $offline -o DPkg::Pre-Invoke::="rm -f -- $untouched $state/installed" install "$@" || code=$?
[ "$code" -eq 0 ] || [ -e "$untouched" ] || exit "$code"
rm -f -- "$untouched"
[ "$code" -eq 0 ] || with_network "$@"
case "$code:$recommends" in
0:false) ;;
*)
    sum=$(sha256sum < "$file")
    if apt-cache show "$name=$version" 2>/dev/null | sed -n 's/^SHA256: //p' | grep -qvxF "${sum%% *}"; then
        quietly --reinstall -o Dir::State::lists=/dev/null install "$@"
    fi
    ;;
esac
found=$(installed)
[ "$found" = "ii |$version" ] || { echo "apt said it was done, but dpkg says: ${found:-not installed}" >&2; exit 1; }
# What dpkg has written down of these bytes is another text as soon as somebody installs others of the same version.
written_down() {
    sha256sum < "$file" | cut -d ' ' -f 1
    awk -v name="$name" 'BEGIN { RS = "" } index($0 "\n", "Package: " name "\n") == 1' /var/lib/dpkg/status |
        sed '/^Status: /d'
    for part in list md5sums preinst postinst prerm postrm config templates; do
        for written in "/var/lib/dpkg/info/$name.$part" "/var/lib/dpkg/info/$name":*".$part"; do
            [ ! -f "$written" ] || cat -- "$written"
        done
    done
}
# It is installed, whether or not there is room for this; without it the journal has to tell.
{ (umask 077 && written_down > "$state/installed.new") && sync "$state/installed.new" &&
    mv -f -- "$state/installed.new" "$state/installed"; } || rm -f -- "$state/installed.new" "$state/installed"
rm -f -- "$state/touched"
[ -z "$held" ] || apt-mark hold "$name"
