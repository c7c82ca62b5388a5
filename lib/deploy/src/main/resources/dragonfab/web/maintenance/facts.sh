# usage: NAME nginx|apache HOST
# Prints what a switch has to know of this machine, as "key value" lines, and a tab separated line for each site.
set -eu
PATH="$PATH:/usr/sbin:/sbin"
name=$1 server=$2 host=$3
state="/var/lib/dragonfab/$name"
tab=$(printf '\t')

case "$server" in
nginx)
    tool=nginx base=/etc/nginx access="/etc/nginx/conf.d/dragonfab-$name.conf" ;;
apache)
    tool=apache2ctl base=/etc/apache2 access= ;;
esac
rules="$base/dragonfab/$name/maintenance.conf"

# Both parsers print B FILE, then L ADDRESS SCHEME, N NAME and I PATTERN, then E for each site,
# and F FILE PATTERN for an include that is in no block.
blocks_nginx() {
    nginx -T 2>/dev/null | awk '
    function say(kind, a, b) { print kind "\t" a "\t" b }
    function end_word() { if (word != "" || quoted) words[++count] = word; word = ""; quoted = 0 }
    function statement(  i) {
        if (site && depth == site) {
            if (words[1] == "listen") say("L", words[2], has("quic") || has("proxy_protocol") ? "no" : has("ssl") ? "https" : "http")
            if (words[1] == "server_name") for (i = 2; i <= count; i++) say("N", words[i])
            if (words[1] == "include") say("I", words[2])
        } else if (depth == 0 && words[1] == "include") say("F", file, words[2])
        count = 0
    }
    function has(wanted,  i) { for (i = 3; i <= count; i++) if (words[i] == wanted) return 1; return 0 }
    function opened() {
        kinds[++depth] = words[1]
        if (words[1] == "server" && kinds[depth - 1] != "stream" && kinds[depth - 1] != "mail") {
            site = depth
            say("B", file)
        }
        count = 0
    }
    function closed() {
        if (site && depth == site) { say("E"); site = 0 }
        if (depth > 0) depth--
        count = 0
    }
    /^# configuration file .*:$/ {
        file = substr($0, 22, length($0) - 22); depth = 0; site = 0; count = 0; word = ""; quote = ""
        next
    }
    {
        line = $0 "\n"
        for (i = 1; i <= length(line); i++) {
            c = substr(line, i, 1)
            if (quote != "") {
                if (c == "\\") word = word substr(line, ++i, 1)
                else if (c == quote) quote = ""
                else word = word c
            }
            else if (c == "#" && word == "") break
            else if ((c == "\"" || c == "\047") && word == "") { quote = c; quoted = 1 }
            else if (c == " " || c == "\t" || c == "\n" || c == "\r") end_word()
            else if (c == ";") { end_word(); statement() }
            else if (c == "{" && word !~ /\$$/) { end_word(); opened() }
            else if (c == "}" && word !~ /\$[{][^}]*$/) { end_word(); closed() }
            else if (c == "\\") word = word c substr(line, ++i, 1)
            else word = word c
        }
    }'
}

blocks_apache() {
    apache2ctl -t -D DUMP_INCLUDES 2>/dev/null | sed -n 's/^ *([0-9*]*) //p' | while IFS= read -r file; do
        printf '# configuration file %s:\n' "$file"
        cat -- "$file"
    done | awk '
    function say(kind, a, b) { print kind "\t" a "\t" b }
    function bare(text) { gsub(/^["\047]|["\047]$/, "", text); return text }
    /^# configuration file .*:$/ { file = substr($0, 22, length($0) - 22); site = 0; next }
    /^[ \t]*#/ { next }
    { directive = tolower($1) }
    directive == "<virtualhost" {
        site = 1; scheme = "http"; listens = 0
        say("B", file)
        sub(/>.*$/, "")
        for (i = 2; i <= NF; i++) listen[++listens] = bare($i)
        next
    }
    directive == "</virtualhost>" {
        for (i = 1; i <= listens; i++) say("L", listen[i], scheme)
        say("E"); site = 0
        next
    }
    site && directive == "sslengine" && tolower($2) == "on" { scheme = "https" }
    site && directive == "servername" {
        called = bare($2); sub(/^[a-z]*:\/\//, "", called); sub(/:[0-9]*$/, "", called)
        say("N", called)
    }
    site && directive == "serveralias" { for (i = 2; i <= NF; i++) say("N", bare($i)) }
    directive == "include" || directive == "includeoptional" {
        if (site) say("I", bare($2)); else say("F", file, bare($2))
    }'
}

# Prints "site yes|no default|own FILE NAMES" for each, and "ask SCHEME ADDRESS PORT NAME" where rules are included.
sites() {
    "blocks_$server" | awk -F '\t' -v rules="$rules" -v base="$base" -v host="$host" '
    function matches(pattern, path) {
        if (pattern !~ /^\//) pattern = base "/" pattern
        gsub(/[][.+(){}^$|\\]/, "[&]", pattern)
        gsub(/\[\^\]/, "\\^", pattern); gsub(/\[\\\]/, "\\\\", pattern)
        gsub(/[*]/, "[^/]*", pattern); gsub(/[?]/, "[^/]", pattern)
        return path ~ ("^" pattern "(/.*)?$")
    }
    $1 == "F" && matches($3, rules) { within[$2] = 1 }
    $1 == "B" { n++; file[n] = $2 }
    $1 == "L" && $3 != "no" { listens[n] = listens[n] $2 " " $3 "\n" }
    $1 == "N" { names[n] = names[n] (names[n] == "" ? "" : " ") $2 }
    $1 == "I" { includes[n] = includes[n] $2 "\n" }
    function included(s,  i, k, parts, path) {
        k = split(includes[s], parts, "\n")
        for (i = 1; i < k; i++) {
            if (matches(parts[i], rules)) return 1
            for (path in within) if (matches(parts[i], path)) return 1
        }
        return 0
    }
    # A name that a request can be sent to: a plain one, the first of a wildcard, or the one that visitors use.
    function called(s,  k, i, parts) {
        if (host != "") return host
        k = split(names[s], parts, " ")
        for (i = 1; i <= k; i++) {
            sub(/^[*]?[.]/, "www.", parts[i])
            if (parts[i] ~ /^[A-Za-z0-9-][A-Za-z0-9.-]*$/) return parts[i]
        }
        return "localhost"
    }
    function ask(s, address, scheme,  port) {
        if (address ~ /^unix:/) return
        port = scheme == "https" && base ~ /apache/ ? 443 : 80
        if (address ~ /^[0-9]+$/) { port = address; address = "*" }
        else if (match(address, /:[0-9]+$/) && (address !~ /\]/ || address ~ /\]:[0-9]+$/)) {
            port = substr(address, RSTART + 1); address = substr(address, 1, RSTART - 1)
        }
        if (address == "*" || address == "_default_" || address == "0.0.0.0") address = "127.0.0.1"
        if (address == "[::]") address = "[::1]"
        print "ask\t" scheme "\t" address "\t" port "\t" called(s)
    }
    END {
        for (s = 1; s <= n; s++) {
            own = file[s] ~ /\/(default|default[.]conf|000-default[.]conf|default-ssl[.]conf)$/ ? "default" : "own"
            print "site\t" (included(s) ? "yes" : "no") "\t" own "\t" file[s] "\t" names[s]
            if (!included(s)) continue
            if (listens[s] == "") listens[s] = "80 http\n"
            k = split(listens[s], parts, "\n")
            for (i = 1; i < k; i++) { split(parts[i], part, " "); ask(s, part[1], part[2]) }
        }
    }'
}

# What visitors see: "maintenance", "live", "mixed" or "unknown", and why. A header makes a request from this machine
# a visitor's, whoever is on the access list.
shown() {
    seen='' why='no site of the web server tells'
    if ! command -v curl >/dev/null; then
        echo "unknown curl is not installed"
        return
    fi
    while IFS="$tab" read -r word scheme address port vhost; do
        [ "$word" = ask ] || continue
        case "$address" in *:*) from=::1 ;; *) from=127.0.0.1 ;; esac
        answer=$(curl -q -s -k -g -m 5 --noproxy '*' --interface "$from" -o - -w '\n%{http_code}' \
            -H 'Accept: application/json' -H 'X-Forwarded-For: unknown' --connect-to "::$address:$port" \
            "$scheme://$vhost:$port/" 2>/dev/null | tr -d '\000' | tail -c 16384) || true
        code=${answer##*
}
        case "$code:$answer" in
        503:'{"error":"maintenance"'*) now=maintenance ;;
        2??:* | 404:* | 405:* | 5??:*) now=live ;;
        *) now= ;;
        esac
        [ -z "$now" ] && [ -n "$seen" ] || why="$scheme://$address:$port for $vhost answers ${code:-nothing}"
        [ -z "$now" ] || [ "$now" = "${seen:-$now}" ] || now=mixed
        seen=${now:-$seen}
    done <<EOT
$1
EOT
    echo "${seen:-unknown} $why"
}

sums() { cat -- "$@" 2>/dev/null | sha256sum | cut -d' ' -f1; }

case "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null)" in ?'i ') echo "package yes" ;; esac
[ ! -s "$state/journal" ] || echo "journal yes"
[ ! -f "$state/maintenance.on" ] || printf 'notice %s\n' "$(head -n 1 "$state/maintenance.on")"
echo "page $(sums "$state/web/maintenance.html" "$state/web/maintenance.json")"
command -v "$tool" >/dev/null || exit 0
echo "server yes"
# shellcheck disable=SC2086
echo "rules $(sums "$rules" $access)"
echo "loaded $(cat "$state/maintenance.loaded" 2>/dev/null || true)"
if ! said=$("$tool" -t 2>&1); then
    printf '%s\n' "$said" | sed 's/^/broken /'
    echo "shown unknown $server tells nothing while it refuses its configuration"
    exit 0
fi
where=$(sites)
printf '%s\n' "$where" | grep "^site$tab" || true
echo "shown $(shown "$where")"
