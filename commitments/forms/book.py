"""The cells of a table between two pages: a workbook or pasted rows as text, carried in a hidden field.

Nothing is kept on the server before *Simpan*, and a file need not be chosen twice.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from commitments.reading.spans import normalise
from commitments.reading.table.cells import to_text
from config.sheets import CHARACTERS, Sheet

SHEETS = 30
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class BookSheet:
    """One sheet: its rows as text with tabs between the cells, and the numbers (from 1) of its hidden rows."""

    name: str
    text: str
    is_hidden: bool = False
    hidden_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of one file, or the one table that was pasted. ``name`` is that of the file."""

    name: str = ""
    sheets: tuple[BookSheet, ...] = field(default_factory=tuple)

    @classmethod
    def of_sheets(cls, name: str, sheets: Sequence[Sheet]) -> Self:
        """The book of a file that was read."""
        return cls(
            name,
            tuple(
                BookSheet(s.name, normalise(to_text(s.rows)), s.is_hidden, tuple(n + 1 for n in sorted(s.hidden_rows)))
                for s in sheets
            ),
        )

    @classmethod
    def of_text(cls, text: str) -> Self:
        """The book of pasted rows."""
        return cls("", (BookSheet("", normalise(text)),))

    @classmethod
    def loads(cls, carried: str) -> "Book | None":
        """The book as it came back from the page; None when it is not one of ours or was grown beyond the limits."""
        try:
            raw = json.loads(carried)
            sheets = tuple(_sheet(one) for one in raw["sheets"][:SHEETS])
            name = normalise(str(raw["name"]))[:NAME_LENGTH]
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return None
        if not sheets or sum(len(sheet.text) for sheet in sheets) > 2 * CHARACTERS:
            return None
        return cls(name, sheets)

    def dumps(self) -> str:
        """The book as the page carries it."""
        sheets = [
            {"name": s.name, "text": s.text, "hidden": s.is_hidden, "hidden_rows": list(s.hidden_rows)}
            for s in self.sheets
        ]
        return json.dumps({"name": self.name, "sheets": sheets}, ensure_ascii=False, separators=(",", ":"))


def _sheet(raw: dict[str, object]) -> BookSheet:
    rows = raw["hidden_rows"]
    if not isinstance(rows, list):
        raise TypeError("rows are a list of numbers")
    return BookSheet(
        normalise(str(raw["name"]))[:NAME_LENGTH],
        normalise(str(raw["text"])),
        bool(raw["hidden"]),
        tuple(int(number) for number in rows),
    )
