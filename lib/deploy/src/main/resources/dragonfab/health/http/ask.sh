# usage: URL HOST CONNECT-TO
# Prints the status of one GET, and behind it where a redirect leads; then up to 64 KB of the answer. 000 and a reason
# when there was none.
set -u
url=$1 host=$2 to=$3
if command -v curl >/dev/null; then
    set -- -sS -m 10 -o - -w '\n%{http_code} %{redirect_url}' "$url"
    [ -z "$host" ] || set -- -H "Host: $host" "$@"
    [ -z "$to" ] || set -- --connect-to "$to" "$@"
    if answer=$(curl "$@" 2>&1 | head -c 65536 | tr -d '\000'); then
        code=$(printf '%s' "$answer" | tail -n 1)
        printf '%s\n%s\n' "${code% }" "$answer"
    fi
    exit 0
fi
exec python3 - "$url" "$host" <<'PY'
import sys, urllib.error, urllib.request
url, host = sys.argv[1:]
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
