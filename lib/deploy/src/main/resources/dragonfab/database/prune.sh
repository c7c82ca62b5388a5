# usage: FOLDER NAME
# Drops the database before the live one.
folder=$1 name=$2
lock "$folder"
{ drop_superseded; cat; } <<'SQL' | sql -v old="${name}__old" -v was="${name}__was"
select format('drop database %I', datname) from pg_database where datname = :'old' \gexec
SQL
