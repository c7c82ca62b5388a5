"""Prints "empty" where the database has no table yet. A database that cannot be asked is an error."""
import os
import subprocess

if os.environ.get("DJANGO_SETTINGS_MODULE"):
    import django
    from django.db import connection

    django.setup()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
else:
    tables = subprocess.run(
        ["psql", "-XAtq", "-d", os.environ["DATABASE_URL"], "-c", "select tablename from pg_tables"
         " where schemaname not in ('pg_catalog', 'information_schema')"],
        check=True, stdout=subprocess.PIPE, text=True).stdout.split()
if not tables:
    print("empty")
