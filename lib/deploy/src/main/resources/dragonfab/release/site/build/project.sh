# usage: WORK FILE
# Prints the lock of another tool as pip reads one. On standard input: the lock, and for uv behind a line "---" the
# project file.
set -eu
work=$1 file=$2
: > "$work/variables"
mkdir -p "$work/project"
cd "$work/project"
case "$file" in
uv.lock)
    awk -v first=uv.lock -v second=pyproject.toml '$0 == "---" { first = second; next } { print > first }'
    clean /opt/uv/bin/uv export --quiet --frozen --no-dev --no-emit-project --no-header --no-annotate \
        --format requirements-txt --python /usr/bin/python3 </dev/null ;;
*)
    cat > "$file"
    clean /usr/bin/python3 -c "$(print_lock)" "$file" ;;
esac
