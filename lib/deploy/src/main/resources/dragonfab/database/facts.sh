# usage: NAME USER
# Prints "role" and the role's password verifier, and "database" and its owner, each when it is there.
set -eu
name=$1 user=$2

psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v name="$name" -v user="$user" <<'SQL'
select 'role ' || coalesce(rolpassword, '') from pg_authid where rolname = :'user';
select 'database ' || pg_get_userbyid(datdba) from pg_database where datname = :'name';
SQL
