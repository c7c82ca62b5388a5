# usage: URL HOST CONNECT-TO
# Prints the status of one GET, and behind it where a redirect leads; then up to 64 KB of the answer. 000 and a reason
# when there was none. With - for URL the three are the first lines of standard input, for every user of a machine can
# read arguments.
set -u
url=$1 host=$2 to=$3
if [ "$url" = - ]; then
    IFS= read -r url && IFS= read -r host && IFS= read -r to || exit 1
fi
option() {
    [ -z "$2" ] || printf '%s = "%s"\n' "$1" "$(printf '%s' "$2" | sed 's/[\\"]/\\&/g')"
}
if command -v curl >/dev/null; then
    if answer=$({ option url "$url"; option header "${host:+Host: $host}"; option connect-to "$to"; } |
        curl -sS -m 10 -o - -w '\n%{http_code} %{redirect_url}' -K - 2>&1 |
        # The status stands behind the answer, however long that is.
        { head -c 65536; tail -c 4096; } | tr -d '\000'); then
        code=$(printf '%s' "$answer" | tail -n 1)
        printf '%s\n%s\n' "${code% }" "$answer"
    fi
    exit 0
fi
url=$url host=$host exec python3 - <<'PY'
import os, sys, urllib.error, urllib.request
url, host = os.environ["url"], os.environ["host"]
request = urllib.request.Request(url, headers={"Host": host} if host else {})
class Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *ignored):
        return None
try:
    answer = urllib.request.build_opener(Still).open(request, timeout=10)
except urllib.error.HTTPError as error:
    answer = error
except OSError as error:
    print("000\n%s" % error)
    sys.exit()
print(answer.status, (answer.headers.get("Location") or "") if answer.status // 100 == 3 else "")
print(answer.read(65536).decode("utf-8", "replace"))
PY
