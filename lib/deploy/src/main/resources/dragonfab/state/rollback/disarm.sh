# usage: FOLDER
# What a step was given to read may be secret, and one that was killed left it.
rm -f -- "$1/step/input" "$1/rollback/armed" "$1/rollback/failed"
sync "$1/rollback"
[ -d /run/systemd/system ] || exit 0
unit=dragonfab-rollback-$(systemd-escape "${1##*/}")
# In one go, so that nothing of it is left when power fails in between; the timer knows what to do until then.
cd /etc/systemd/system && rm -f "timers.target.wants/$unit.timer" "$unit.timer" "$unit.service"
systemctl stop "$unit.timer" 2>/dev/null
[ -n "$(systemctl list-units --all --plain --no-legend "$unit.*")" ] || exit 0
# One failed, or somebody else's reload has shown them to systemd, which remembers them until the next.
systemctl reset-failed "$unit.service" 2>/dev/null
systemctl daemon-reload
exit 0
