# usage: NAME USER
# Makes the role and the database that are missing. A verifier on standard input becomes the role's password:
# the password itself never reaches the server, whose log may hold every statement.
set -eu
name=$1 user=$2

verifier=$(cat)
script=$(mktemp)
trap 'rm -f -- "$script"' EXIT
{
    cat <<'SQL'
\set verifier `cat`
select format('create role %I login', :'user')
    where not exists (select 1 from pg_roles where rolname = :'user') \gexec
select format('alter role %I login password %L', :'user', :'verifier') where :'verifier' <> '' \gexec
SQL
    echo "select not exists (select from pg_database where datname = :'name') as missing \\gset"
    echo '\if :missing'
    become_member
    cat <<'SQL'
select format('create database %I owner %I', :'name', :'user') \gexec
\endif
SQL
} > "$script"
printf '%s' "$verifier" |
    psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v name="$name" -v user="$user" -f "$script"
