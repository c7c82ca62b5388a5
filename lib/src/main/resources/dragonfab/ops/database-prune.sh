# usage: FOLDER NAME
# Drops the database before the live one.
folder=$1 name=$2
lock "$folder"
sql -v old="${name}__old" <<'SQL'
select format('drop database %I', datname) from pg_database where datname = :'old' \gexec
SQL
