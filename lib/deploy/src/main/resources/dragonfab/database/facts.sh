# usage: NAME USER
# Prints "role" and the role's password verifier, "database" and its owner, each when it is there, and "lacking" with
# what the dba may not make. Managed servers show no verifiers: there "opens" says that the password on standard input
# lets the role into its database.
set -eu
name=$1 user=$2

IFS= read -r password || true
facts=$(sql -v name="$name" -v user="$user" <<'SQL'
select has_table_privilege('pg_authid', 'select') as seen \gset
\if :seen
select 'role ' || coalesce(rolpassword, '') from pg_authid where rolname = :'user';
\else
select 'role' from pg_roles where rolname = :'user';
select 'unseen';
\endif
select 'database ' || pg_get_userbyid(datdba) from pg_database where datname = :'name';
SQL
)
printf '%s\n' "$facts"
case $facts in
role*unseen*database*)
    keys=$(mktemp)
    exec 7<>"$keys"
    rm -f -- "$keys"
    printf '*:*:*:*:%s\n' "$password" >&7
    if PGPASSFILE=/proc/self/fd/7 command psql -X -q -w -d "$(connection "$name") user='$(quoted "$user")'" \
        -c 'select' >/dev/null 2>&1; then
        echo opens
    fi ;;
esac
{ lacking init; echo "select 'lacking ' || line from lacks;"; } | sql -v name="$name" -v user="$user"
