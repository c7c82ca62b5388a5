# usage: FOLDER NAME
# Swaps the live database and the one before it, in one transaction of the server.
folder=$1 name=$2
lock "$folder"
sql -v name="$name" <<'SQL'
begin;
set local lock_timeout = '1s';
do $$ begin
    lock table pg_database in access exclusive mode;
exception when lock_not_available or insufficient_privilege then null;
end $$;
set local lock_timeout = '10s';
select pg_terminate_backend(pid) from pg_stat_activity where datname = :'name' \g /dev/null
select format('alter database %I rename to %I', :'name', :'name' || '__was') \gexec
select format('alter database %I rename to %I', :'name' || '__old', :'name') \gexec
select format('alter database %I rename to %I', :'name' || '__was', :'name' || '__old') \gexec
select format('alter database %I with allow_connections true', :'name') \gexec
select format('alter database %I with allow_connections false', :'name' || '__old') \gexec
commit;
SQL
