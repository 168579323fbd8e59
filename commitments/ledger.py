"""Rows added to a ledger with SQL that is written once per process: every save of a commitment adds to several."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection

from commitments.models.tally import AnyTally


def append(kind: type[AnyTally], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add loose rows, whose values stand in the order of ``names``."""
    fields, into = _written(kind, names)
    most = (connection.features.max_query_params or 10_000) // len(fields)
    for start in range(0, len(rows), most):
        chunk = rows[start : start + most]
        values = [
            field.get_db_prep_save(value, connection)
            for row in chunk
            for field, value in zip(fields, (*row, False), strict=True)
        ]
        places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(chunk))
        with connection.cursor() as cursor:
            cursor.execute(f"{into} VALUES {places}", values)


@cache
def _written(kind: type[AnyTally], names: tuple[str, ...]) -> tuple[tuple[Any, ...], str]:
    """The fields by these names and ``is_settled``, and the beginning of the statement."""
    by_name = {field.attname: field for field in kind._meta.concrete_fields}
    fields = tuple(by_name[name] for name in (*names, "is_settled"))
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    return fields, f"INSERT INTO {quoted(kind._meta.db_table)} ({columns})"
