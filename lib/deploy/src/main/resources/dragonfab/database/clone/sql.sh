# usage: NAME USER [PSQL-OPTION...]
# Runs the statements of a JSON array on standard input in the database NAME, all of them or none. They may hold
# secrets, and rows may be personal: neither comes into a log of the server, nor into a message.
set -eu
name=$1
shift 2
PGDATABASE=$name psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY=terse "$@" -f /dev/fd/3 3<<'SQL'
set client_min_messages = error;
create temp table dragonfab_input (line text);
\copy dragonfab_input from pstdin
do $run$
declare
    statements jsonb := (select line::jsonb from pg_temp.dragonfab_input);
    state text; message text; constraint_is text; table_is text; place bigint := 0; statement text;
begin
    if statements is null then
        raise syntax_error using message = 'the statements were cut off';
    end if;
    drop table pg_temp.dragonfab_input;
    for statement in select s from jsonb_array_elements_text(statements) s loop
        place := place + 1;
        execute statement;
    end loop;
    set constraints all immediate;
exception when others then
    get stacked diagnostics state = returned_sqlstate, message = message_text, constraint_is = constraint_name,
        table_is = table_name;
    raise exception 'statement %: %', place, case
        when left(state, 2) in ('0A', '25', '28', '42', '53', '54', '55', '57') then message
        when state like '23%' then format('breaks %s of %s', constraint_is, table_is)
        else format('error %s', state) end;
end
$run$;
SQL
