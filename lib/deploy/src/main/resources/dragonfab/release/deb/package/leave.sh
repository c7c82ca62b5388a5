# Stands before the scripts that go back, behind package-units and package-conffiles.
# usage: begin_leaving NAME
# What cannot be put back is named in the rollback's file "left", a line each.
begin_leaving() {
    name=$1 state="/var/lib/dragonfab/$1"
    back="$state/rollback" came="$state/came"
    export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
    umask 077
    mkdir -p -- "$back"
    : > "$back/left"
    : > "$back/reload"
}
leave() { echo "$*" | tee -a "$back/left"; }
# Whether dpkg was given anything since the first change of this run.
touched() {
    [ "$(cat "$came/run" 2>/dev/null)" = "$(cat "$back/armed" 2>/dev/null)" ] && [ -f "$came/run" ]
}
apt() { LC_ALL=C apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -o APT::Get::AutomaticRemove=false \
    -o Dir::Cache::pkgcache= "$@" </dev/null; }
# The checksum that dpkg has of a conffile; nothing where it is none, or one that an earlier upgrade left behind.
# usage: conffile_sum PACKAGE PATH
conffile_sum() {
    conffiles_of "$1" | while read -r sum path; do [ "$path" != "$2" ] || echo "$sum"; done
}
# Moves a conffile out of the way, unless somebody has edited it. usage: set_aside PACKAGE PATH
set_aside() {
    [ -f "$2" ] || return 0
    sum=$(conffile_sum "$1" "$2")
    [ -n "$sum" ] || return 0
    if [ "$(md5sum < "$2" | cut -d ' ' -f 1)" != "$sum" ]; then
        leave "$2 came with $1 and was edited since: it stays"
        return 0
    fi
    mkdir -p -- "$back/conffiles${2%/*}"
    mv -f -- "$2" "$back/conffiles$2"
    case "$2" in
    /etc/nginx/*) echo nginx >> "$back/reload" ;;
    /etc/apache2/*) echo apache2 >> "$back/reload" ;;
    esac
}
# Brings files back to their places, and touches nothing else there. usage: bring FOLDER
bring() {
    (cd "$1" && find . -type f) | while read -r path; do
        (umask 022 && mkdir -p -- "/${path%/*}")
        [ -e "/$path" ] || cp -a -- "$1/$path" "/$path"
    done
    rm -rf -- "$1"
}
# Those that were set aside come back.
put_back() {
    [ -d "$back/conffiles" ] || return 0
    bring "$back/conffiles"
}
# What was set aside is no longer needed, and servers that have read it forget it.
forget_conffiles() {
    rm -rf -- "$back/conffiles"
    [ -d /run/systemd/system ] || return 0
    sort -u "$back/reload" | while read -r server; do
        systemctl is-active --quiet "$server" || continue
        systemctl reload "$server" || leave "$server could not be reloaded: it still has what was taken away"
    done
}
# Stops units whose files go, and prints those that ran. usage: stop_units UNIT...
stop_units() {
    [ $# -gt 0 ] && [ -d /run/systemd/system ] || return 0
    for unit in $(instances "$@"); do
        systemctl list-units --plain --no-legend --full --state=active,activating,reloading "$unit" | cut -d ' ' -f 1
    done
    # shellcheck disable=SC2046
    systemctl stop -- $(instances "$@") 2>/dev/null || true
}
# What enabled a unit that is gone is nothing. usage: forget_units UNIT...
forget_units() {
    [ $# -gt 0 ] && [ -d /run/systemd/system ] || return 0
    for unit do
        if command -v deb-systemd-helper >/dev/null && [ ! -e "/lib/systemd/system/$unit" ]; then
            deb-systemd-helper purge "$unit" >/dev/null 2>&1 || true
            deb-systemd-helper unmask "$unit" >/dev/null 2>&1 || true
        fi
        find /etc/systemd/system -name "$unit" -type l ! -exec test -e {} \; -delete
    done
    systemctl daemon-reload
    forget_failures "$@"
}
# Makes dpkg forget a package that is removed, with its conffiles: a later release would else find them deleted by
# somebody, and not bring them. Its own script for that would delete what may have been there before.
# usage: forget_package PACKAGE
forget_package() {
    keep="$back/kept"
    rm -rf -- "$keep"
    mkdir -- "$keep"
    dpkg-query -W -f '${Conffiles}\n' "$1" | sed -nE 's/^ (.*) ([0-9a-f]{32}|newconffile)( .*)?$/\1/p' |
        while read -r path; do
            if came_with "$1" "$path"; then set_aside "$1" "$path"; fi
            for file in "$path" "$path~" "$path.bak" "$path%" "$path".dpkg-*; do
                [ ! -e "$file" ] || { mkdir -p -- "$keep${file%/*}" && cp -a -- "$file" "$keep$file"; }
            done
        done
    script=$(dpkg-query --control-path "$1" postrm 2>/dev/null || true)
    [ -z "$script" ] || rm -f -- "$script"
    dpkg --purge "$1" </dev/null || leave "dpkg cannot forget $1"
    bring "$keep"
    if command -v debconf-communicate >/dev/null; then echo PURGE | debconf-communicate "$1" >/dev/null 2>&1 || true; fi
}
# Those that came with the run, but for those that the list names. usage: remove_conffiles PACKAGE [LIST]
remove_conffiles() {
    sed -n "s/^$1 //p" "$came/conffiles" 2>/dev/null | sort -u > "$back/paths"
    while read -r path; do
        if [ -z "${2:-}" ] || ! grep -qxF -- "$path" "$2"; then set_aside "$1" "$path"; fi
    done < "$back/paths"
    rm -f -- "$back/paths"
}
# usage: came_with PACKAGE PATH
came_with() { grep -qxF -- "$1 $2" "$came/conffiles" 2>/dev/null; }
# Prints what apt would remove with these. usage: removed_with PACKAGE...
removed_with() { apt -s remove "$@" | sed -nE 's/^(Remv|Purg) ([^ :]+).*/\2/p'; }
# Removes packages that were not there before, as far as nothing else needs them. usage: take_away PACKAGE...
take_away() {
    wanted=
    for package do
        case "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" in
        "" | not-installed | config-files) ;;
        *) wanted="$wanted $package" ;;
        esac
    done
    while [ -n "$wanted" ]; do
        # shellcheck disable=SC2086
        others=$(removed_with $wanted | grep -vxF "$(printf '%s\n' $wanted)" || true)
        [ -n "$others" ] || break
        rest=
        for package in $wanted; do
            # shellcheck disable=SC2086
            users=$(removed_with "$package" | grep -vxF "$(printf '%s\n' $wanted)" | tr '\n' ' ')
            if [ -z "$users" ]; then rest="$rest $package"; else leave "$package stays: ${users% } needs it now"; fi
        done
        [ "$rest" != "$wanted" ] || { leave "these stay, for apt would remove others with them:$wanted"; rest=; }
        wanted=$rest
    done
    [ -n "$wanted" ] || return 0
    # shellcheck disable=SC2086
    gone=$(for package in $wanted; do units_of "$package"; done)
    # shellcheck disable=SC2086
    stop_units $gone > /dev/null
    # shellcheck disable=SC2086
    apt remove $wanted || true
    for package in $wanted; do
        case "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" in
        "" | not-installed) ;;
        config-files)
            if grep -qxF "$package new" "$came/packages"; then
                forget_package "$package"
            else
                remove_conffiles "$package"
            fi
            ;;
        *) leave "$package could not be removed" ;;
        esac
    done
    # shellcheck disable=SC2086
    forget_units $gone
}
# What apt had to upgrade for the release can not be had back.
name_upgraded() {
    [ -f "$came/upgraded" ] || return 0
    sort -u "$came/upgraded" | while read -r package old new; do
        case " $* " in *" $package "*) continue ;; esac
        [ "$(dpkg-query -W -f '${Version}' "$package" 2>/dev/null)" = "$old" ] ||
            leave "$package stays at $new, and was $old"
    done
}
