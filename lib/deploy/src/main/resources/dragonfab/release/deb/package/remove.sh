# usage: NAME
# After the first release of all has failed: it goes, with what apt brought along for it. What was there before this run
# stays.
set -eu
begin_leaving "$1"
(lock_sources; leave_source "$1")
touched || { echo "nothing of $name was installed"; exit 0; }
[ ! -f "$state/touched" ] || while read -r package _ _ _ file; do
    case "$(dpkg-query -W -f '${db:Status-Eflag}' "$package" 2>/dev/null || true)$file" in
    reinstreq/*) dpkg --force-confdef --force-confold --unpack "$file" </dev/null || true ;;
    esac
done < "$state/touched"
dpkg --set-selections < /dev/null || true
# shellcheck disable=SC2046
forget_failures $(units_of "$name")
# shellcheck disable=SC2046
take_away $(sed 's/ .*//' "$came/packages" 2>/dev/null | sort -u)
name_upgraded "$name"
forget_conffiles
[ -s "$back/left" ] || rm -f -- "$state/touched" "$state/answers"
