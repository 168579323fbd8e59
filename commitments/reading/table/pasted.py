"""Rows copied from a spreadsheet into the commitments box, among lines that are typed."""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from commitments.reading.line import Line
from commitments.reading.names import AgencyName
from commitments.reading.remarks import Remark, warning
from commitments.reading.spans import TextLine
from commitments.reading.table.agencies import AgencyReader
from commitments.reading.table.cells import MOST_COLUMNS, GridRow, grid, is_too_large
from commitments.reading.table.days import DateReader
from commitments.reading.table.headers import guess_layout
from commitments.reading.table.reading import Skip, read_rows

_SIGNS = re.compile(r"(?:^|\s)[(\[]?\\*(?:[@#=/]\w|!(?:\s|\Z))|\\")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Pasted:
    """The lines of pasted rows by the place where their row begins, and what there is to say about other rows.

    ``rest`` is the text with the rows blanked, but for one letter where a line begins: notes below it are its own.
    """

    rest: str
    lines: Mapping[int, Line] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


def read_pasted(text: str, *, meeting_on: dt.date, agencies: Sequence[AgencyName]) -> Pasted:
    """Find and read the rows of a table in a normalised text.

    Tabs alone make no table: there must be headings, or two rows and more, or a cell that names an agency or a day.
    A row with the signs of the box (``@naker``) is a typed line.
    """
    if "\t" not in text or is_too_large(text):
        return Pasted(text)
    rows = _table_rows(grid(text))
    reader, days = AgencyReader(agencies), DateReader(base=meeting_on)
    if not rows or not (_is_telling(rows, reader, days) or guess_layout(rows, reader, days).has_headings):
        return Pasted(text)
    table = read_rows(text, rows, meeting_on=meeting_on, agencies=agencies)
    if table.is_too_large:
        return Pasted(text)
    starts = {row.number: row.cells[0].span.start for row in rows}
    lines = {starts[row.number]: row.line for row in table.rows if row.skip is None}
    remarks = tuple(_skipped(row.line) for row in table.rows if row.skip not in (None, Skip.HEADINGS))
    return Pasted(_blanked(text, rows, lines), lines, remarks)


def with_notes(line: Line, notes: Sequence[TextLine]) -> Line:
    """The line of a row with the notes typed below it."""
    return replace(line, note="\n".join(filter(None, [line.note, *(below.text for below in notes)])))


def _table_rows(rows: Sequence[GridRow]) -> list[GridRow]:
    """The rows with two cells and more, and below them those that go on with fewer."""
    found: list[GridRow] = []
    for row in rows:
        is_signed = any(_SIGNS.search(text) for text in row.filled)
        goes_on = bool(found) and found[-1].number == row.number - 1 and len(row.cells) > 1
        if 0 < len(row.filled) <= MOST_COLUMNS and not is_signed and (len(row.filled) > 1 or goes_on):
            found.append(row)
    return found


def _is_telling(rows: Sequence[GridRow], agencies: AgencyReader, days: DateReader) -> bool:
    if sum(len(row.filled) > 1 for row in rows) > 1:
        return True
    return any(agencies.is_agency(text) or days.read(text).on for row in rows for text in row.filled)


def _blanked(text: str, rows: Sequence[GridRow], lines: Collection[int]) -> str:
    """The text with spaces in place of the rows, so that every other word stays where it is."""
    parts, place = [], 0
    for row in rows:
        start, end = row.cells[0].span.start, row.cells[-1].span.end
        blank = re.sub(r"[^\n]", " ", text[start:end])
        parts += [text[place:start], f"x{blank[1:]}" if start in lines else blank]
        place = end
    return "".join([*parts, text[place:]])


def _skipped(line: Line) -> Remark:
    return warning("table_skipped", typed=line.wording[:_SHOWN]).at(line=line.number, span=line.span)
