"""Tables of follow-up that were pasted as lines with tabs or upright bars between their cells."""

import re
from dataclasses import dataclass

from commitments.reading.release.passages import ROW, Page, trimmed
from commitments.reading.spans import Span

_BAR = re.compile(r"[ ]*[\t|][ ]*|[ ]{3,}")
_SEMICOLON = re.compile(r";")
_DOES = re.compile(
    r"(?:uraian|tindak lanjut|rencana|kegiatan|komitmen|kesepakatan|aksi|langkah|hal|pekerjaan|keputusan|butir"
    r"|poin|program)",
    re.IGNORECASE,
)
_HEADS = re.compile(
    r"(?:no\.?|nomor|pic|penanggung ?jawab|target|waktu|tenggat|batas waktu|keterangan|ket\.?|pelaksana|instansi"
    r"|unit|status|output|sumber)\b",
    re.IGNORECASE,
)
_FEWEST = 2  # bars of a row


@dataclass(frozen=True, slots=True)
class Columns:
    """Which cell of a row says what is done, as the head of the table tells."""

    does: int


def cells(page: Page, span: Span, *, is_counted: bool) -> list[Span]:
    """Return the cells of a line, empty when it is no row of a table.

    ``is_counted``: semicolons divide too, in lines that begin with a number.
    """
    bar = _SEMICOLON if is_counted and ROW.match(page.text, span.start, span.end) else _BAR
    bars = [found.span() for found in bar.finditer(page.text, span.start, span.end)]
    if len(bars) < _FEWEST and bar is _SEMICOLON:
        bars = [found.span() for found in _BAR.finditer(page.text, span.start, span.end)]
    if len(bars) < _FEWEST:
        return []
    edges = zip([span.start, *(end for _, end in bars)], [*(start for start, _ in bars), span.end], strict=True)
    row = [trimmed(page.flat, Span(start, end), "|") for start, end in edges if start < end]
    return [cell for cell in row if cell]


def read_columns(page: Page, row: list[Span]) -> Columns | None:
    """Return what the head of a table tells, None when the row is no head."""
    words = [page.of(cell) for cell in row]
    if sum(bool(_HEADS.match(word)) for word in words) < 1 or any(len(word.split()) > 4 for word in words):
        return None
    does = next((number for number, word in enumerate(words) if _DOES.match(word) and not _HEADS.match(word)), None)
    return None if does is None else Columns(does)


def doing(page: Page, row: list[Span], columns: Columns | None) -> Span | None:
    """Return the cell of a row that says what is done: the named one, else the longest."""
    cell = row[columns.does] if columns and columns.does < len(row) else max(row, key=len)
    return cell if len(page.of(cell).split()) >= 2 else None
