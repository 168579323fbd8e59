"""Database triggers that refuse UPDATE and DELETE on append-only tables, on both databases.

SQLite drops the triggers of a table that a later migration remakes, so they are installed again after
every migrate (start, tests) by one idempotent function, and their presence is checked at start.
"""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from agencies.models.event import AppendOnlyModel

MESSAGE = "append-only"


def append_only_tables() -> list[str]:
    """Tables whose rows may only be added."""
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnlyModel))


def install_triggers() -> None:
    """Install the triggers that are missing. Idempotent; touches no table that has its own."""
    missing = missing_triggers()
    if not missing:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION simpul_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}: %', TG_TABLE_NAME; END $$"
            )
        for table, operation in _wanted():
            if _name(table, operation) in missing:
                cursor.execute(_statement(table, operation))


def _wanted() -> list[tuple[str, str]]:
    return [(table, operation) for table in append_only_tables() for operation in ("update", "delete")]


def _name(table: str, operation: str) -> str:
    return f"{table}_no_{operation}"


def _statement(table: str, operation: str) -> str:
    head = f'CREATE TRIGGER "{_name(table, operation)}" BEFORE {operation.upper()} ON "{table}" '
    if connection.vendor == "postgresql":
        return head + "FOR EACH ROW EXECUTE FUNCTION simpul_append_only()"
    return head + f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table}'); END"


def drop_triggers() -> None:
    """Remove the triggers; only for test runs that must empty the tables."""
    with connection.cursor() as cursor:
        for table, operation in _wanted():
            suffix = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{_name(table, operation)}"{suffix}')


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
    return [name for table, operation in _wanted() if (name := _name(table, operation)) not in present]


@register(Tags.database)
def triggers_are_in_place(**kwargs: Any) -> list[CheckMessage]:
    """Refuse to start when the append-only tables stand without their triggers."""
    if not kwargs.get("databases") or "agencies_event" not in connection.introspection.table_names():
        return []
    missing = missing_triggers()
    hint = "Run manage.py install_triggers."
    return (
        [Error(f"append-only triggers are missing: {', '.join(missing)}", hint=hint, id="agencies.E002")]
        if missing
        else []
    )
