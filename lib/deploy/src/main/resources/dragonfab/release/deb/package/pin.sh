# Prints options for apt by which dependencies come from the suite of the application too. Where an older one of them is
# installed, NotAutomatic would else keep apt from seeing the newer. usage: suite_pin NAME PREFERENCES
suite_pin() {
    label=$(cat "/var/lib/dragonfab/$1/source" 2>/dev/null) || return 0
    suite=$(sed -n 's/^Suites: //p' "/etc/apt/sources.list.d/$label.sources" 2>/dev/null) || return 0
    {
        cat /etc/apt/preferences 2>/dev/null || true
        printf '%s\n' "" "Package: *" "Pin: release o=dragonfab,n=$suite" "Pin-Priority: 500"
    } > "$2"
    echo "-o Dir::Etc::preferences=$2"
}
