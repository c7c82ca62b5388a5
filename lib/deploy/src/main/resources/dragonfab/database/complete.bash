# Makes what a load held back: what comes behind the rows, which were changed since. A row that was made up can break
# what the source's own did not, and no message tells it.
export LC_ALL=C
pg_restore -l "$list" > "$contents"
[ "$above" != t ] ||
    export PGOPTIONS="${PGOPTIONS:-} -c lc_messages=C -c log_error_verbosity=terse -c log_min_error_statement=panic"

named() {
    awk '
        function first_name(text) {
            match(text, /^("([^"]|"")*"|[^".( ;]+)(\.("([^"]|"")*"|[^".( ;]+))?/)
            text = substr(text, 1, RLENGTH)
            sub(/^public\./, "", text)
            return text
        }
        / ERROR: +could not create (unique index|exclusion constraint) "/ { what = "equal" }
        / ERROR: .* violates foreign key constraint "/ { what = "lost" }
        what != "" && / ERROR: / { constraint = $0; sub(/"$/, "", constraint); sub(/.*"/, "", constraint); next }
        /^DETAIL: / { next }
        /^pg_restore: (while|from) / { where = where $0 "\n"; next }
        what == "" { printf "%s", where; where = ""; print; next }
        /^Command was: / {
            table = $0
            sub(/^Command was: (ALTER TABLE (ONLY )?|CREATE UNIQUE INDEX .* ON (ONLY )?)/, "", table)
            table = first_name(table)
        }
        what == "equal" && table != "" {
            print table ": two rows became equal, and " constraint " says that they differ"
            exit
        }
        what == "lost" && sub(/.* REFERENCES /, "") {
            print table " refers to rows of " first_name($0) " that are not there any more (foreign key " constraint \
                "): give both sides the same rule"
            exit
        }'
    cat > /dev/null
}
complete 2>&1 | named >&2
loaded=whole
