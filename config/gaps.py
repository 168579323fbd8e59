"""A question for what is *not* one of some keys, asked so that an index can answer it."""

from collections.abc import Collection
from itertools import pairwise
from typing import Any

from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler


class Outside(Func):
    """A field that is never empty is none of the keys: it is before the first, between two, or behind the last.

    A database looks up ranges in an index, but reads every row for ``NOT IN``, however few it will find.
    """

    output_field: Any = BooleanField()

    def __init__(self, field: str, keys: Collection[int], **extra: Any) -> None:
        super().__init__(F(field), **extra)
        self.keys = tuple(sorted(keys))

    def as_sql(
        self, compiler: SQLCompiler, connection: Any, *_args: Any, **_extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Write the ranges; whole numbers only, so they stand in the text."""
        column, params = compiler.compile(self.source_expressions[0])
        if params:
            raise ValueError("a column is wanted")
        if not self.keys:
            return f"{column} IS NOT NULL", ()
        first, last = self.keys[0], self.keys[-1]
        gaps = [(before, after) for before, after in pairwise(self.keys) if after - before > 1]
        between = [f"({column} > {before:d} AND {column} < {after:d})" for before, after in gaps]
        return f"({' OR '.join([f'{column} < {first:d}', *between, f'{column} > {last:d}'])})", ()
