# usage: FOLDER NAME
# Swaps the live database and the one before it, in one transaction of the server.
folder=$1 name=$2
lock "$folder"
{ drop_superseded; begin_alone; cat; } <<'SQL' | sql -v name="$name" -v new="${name}__old" -v was="${name}__was"
select format('alter database %I rename to %I', :'name', :'was') \gexec
select format('alter database %I rename to %I', :'new', :'name') \gexec
select format('alter database %I rename to %I', :'was', :'new') \gexec
select format('alter database %I with allow_connections true', :'name') \gexec
select format('alter database %I with allow_connections false', :'new') \gexec
commit;
SQL
