# usage: FOLDER NAME RUN
# Drops what the load of the run has made, and nothing of another's.
folder=$1 name=$2 run=$3
lock "$folder"
rm -f -- "$folder/$run.archive"
sql -v new="${name}__new" -v run="$run" <<'SQL'
select format('drop database %I', datname) from pg_database
    where datname = :'new' and shobj_description(oid, 'pg_database') = :'run' \gexec
SQL
