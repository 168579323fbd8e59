"""Rows copied from a spreadsheet: lines of cells with tabs between them, as text whose places are known.

A cell with a line break or a tab stands in straight quotes, and a quote inside them is doubled. A cell that only
begins with a quote is read as it stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commitments.reading.spans import Span, normalise

DITTO = "\u3003"  # what stands below the first row of a merged cell
MOST_CELLS = 40_000  # of one table; larger ones are not read at all
MOST_COLUMNS = 100
UNCALCULATED = "#RUMUS!"  # a formula whose result the workbook did not keep


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words without blanks around them, and where it stands (with its quotes)."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its place among the rows and the physical line of its first words, both from 1."""

    number: int
    line: int
    cells: tuple[Cell, ...]

    @property
    def span(self) -> Span:
        """From the first cell with words to the last one."""
        filled = [cell.span for cell in self.cells if cell.text] or [self.cells[0].span]
        return Span(filled[0].start, filled[-1].end)

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that say something, without dittos."""
        return tuple(cell.text for cell in self.cells if cell.text and cell.text != DITTO)

    def text(self, column: int | None) -> str:
        """The words of a column; empty where the row is shorter."""
        return self.cells[column].text if column is not None and column < len(self.cells) else ""


def is_too_large(text: str) -> bool:
    """Whether a normalised text has more cells than are read."""
    return text.count("\t") + text.count("\n") > MOST_CELLS


def grid(text: str) -> list[GridRow]:
    """Return the rows of a normalised text, in time linear to its length."""
    rows: list[GridRow] = []
    cells: list[Cell] = []
    start, line, first_line = 0, 1, 0
    while True:
        end = _cell_end(text, start)
        cell = _cell(text[start:end], start)
        cells.append(cell)
        if cell.text and not first_line:
            first_line = line + text.count("\n", start, cell.span.start)
        line += text.count("\n", start, end)
        start = end + 1
        if text[end : end + 1] == "\t":
            continue
        rows.append(GridRow(len(rows) + 1, first_line or line, tuple(cells)))
        if end >= len(text):
            return rows
        cells, line, first_line = [], line + 1, 0


def to_text(rows: Iterable[Sequence[str]]) -> str:
    """Write rows the way a spreadsheet copies them; :func:`grid` reads them back."""
    return "\n".join("\t".join(_quoted(normalise(cell)) for cell in row) for row in rows)


def _quoted(cell: str) -> str:
    cell = cell.strip()
    if "\n" in cell or "\t" in cell or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _cell_end(text: str, start: int) -> int:
    """Where the cell that begins at ``start`` ends: at its tab, its line end, or after its closing quote."""
    if text.startswith('"', start) and (end := _closing(text, start + 1)) is not None:
        return end
    ends = [place for mark in "\t\n" if (place := text.find(mark, start)) >= 0]
    return min(ends, default=len(text))


def _closing(text: str, position: int) -> int | None:
    """The place after the quote that closes a cell, or None when the quote does not enclose the whole cell."""
    while (place := text.find('"', position)) >= 0:
        after = text[place + 1 : place + 2]
        if after != '"':
            return place + 1 if after in ("", "\t", "\n") else None
        position = place + 2
    return None


def _cell(raw: str, start: int) -> Cell:
    words = raw
    if len(raw) > 1 and raw[0] == raw[-1] == '"' and _closing(raw, 1) == len(raw):
        words = raw[1:-1].replace('""', '"')
    lead = len(raw) - len(raw.lstrip())
    return Cell(words.strip(), Span(start + min(lead, len(raw)), start + max(len(raw.rstrip()), min(lead, len(raw)))))
