"""Database triggers that refuse UPDATE and DELETE on append-only tables, on both databases.

SQLite drops the triggers of a table that a later migration remakes, so they are installed again after
every migrate (start, tests) by one idempotent function, and their presence is checked at start.
"""

from django.apps import apps
from django.db import connection

from agencies.models.event import AppendOnlyModel

MESSAGE = "append-only"


def append_only_tables() -> list[str]:
    """Tables whose rows may only be added."""
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnlyModel))


def install_triggers() -> None:
    """Install (or install again) the triggers. Idempotent."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION simpul_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}: %', TG_TABLE_NAME; END $$"
            )
        for table in append_only_tables():
            for operation in ("UPDATE", "DELETE"):
                name = f"{table}_no_{operation.lower()}"
                if connection.vendor == "postgresql":
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
                    cursor.execute(
                        f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" '
                        "FOR EACH ROW EXECUTE FUNCTION simpul_append_only()"
                    )
                else:
                    cursor.execute(
                        f'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE {operation} ON "{table}" '
                        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table}'); END"
                    )


def drop_triggers() -> None:
    """Remove the triggers; only for test runs that must empty the tables."""
    with connection.cursor() as cursor:
        for table in append_only_tables():
            for operation in ("update", "delete"):
                suffix = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_{operation}"{suffix}')


def missing_triggers() -> list[str]:
    """Names of triggers that should exist and do not."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    expected = [f"{table}_no_{operation}" for table in append_only_tables() for operation in ("update", "delete")]
    return [name for name in expected if name not in present]
