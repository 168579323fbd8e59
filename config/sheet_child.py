"""The cells of one workbook: its bytes on standard input, JSON on standard output, then gone.

Run by its path through :mod:`config.sandbox`, so it stands alone. The answer is ``{"sheets": [...]}`` or
``{"refused": code}`` with a code that :mod:`config.sheets` words. Cells are text: dates as ``2026-06-30``,
shares as ``50%``; what merged cells hide is DITTO below their first row. Formulas, macros, links to other
workbooks, pictures and comments are never opened.
"""

import datetime as dt
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

OUT_OF_MEMORY = 3
PARTS = 2000  # of the file
UNPACKED = 40 * 2**20  # bytes of all parts together
SHEETS, ROWS, COLUMNS = 30, 2000, 60  # rows and columns that hold something
CHARACTERS = 400_000  # of all cells together
GAP = 50  # empty rows in a row that are kept, so that rows keep the numbers the office knows
DITTO = "\u3003"
UNCALCULATED = "#RUMUS!"
MACROS = b"macroEnabled"
WORKBOOK = b"spreadsheetml"
SHARE = re.compile(r'^[^"\\]*%')
QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # words inside a number format
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni",
          "Juli", "Agustus", "September", "Oktober", "November", "Desember")  # fmt: skip

Sheet = dict[str, Any]


class Refused(Exception):
    """A file that is not read; the argument is the code of the reason."""


def sheets_of(content: bytes) -> list[Sheet]:
    """Return every sheet that holds something. Raises Refused."""
    _check_parts(content)
    os.environ["OPENPYXL_LXML"] = "False"  # its other parser is guarded against entities by defusedxml
    import warnings

    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    found, left = [], CHARACTERS
    for sheet in [sheet for sheet in book.worksheets if hasattr(sheet, "_get_source")][:SHEETS]:
        cells = _Cells(book, sheet)
        left -= cells.length
        if left < 0:
            raise Refused("long")
        if cells.rows:
            found.append(cells.answer())
    if not found:
        raise Refused("empty")
    return found


def _check_parts(content: bytes) -> None:
    """Look at the sizes before anything is unpacked; a part that lies about its size fails when it is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise Refused("bomb")
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("locked")
        try:
            kinds = archive.read("[Content_Types].xml")
        except KeyError:
            raise Refused("not_workbook") from None
        if MACROS in kinds or any(part.filename.endswith("vbaProject.bin") for part in parts):
            raise Refused("macros")
        if WORKBOOK not in kinds:
            raise Refused("not_workbook")


class _Cells:
    """The cells of one sheet, read in one pass."""

    def __init__(self, book: Any, sheet: Any) -> None:
        from openpyxl.worksheet._reader import WorkSheetParser

        class Parser(WorkSheetParser):
            """Tells a formula without a stored result from an empty cell."""

            def parse_cell(self, element: Any) -> dict[str, Any]:
                cell: dict[str, Any] = super().parse_cell(element)
                if cell["value"] is None and any(child.tag.endswith("}f") for child in element):
                    cell["value"] = UNCALCULATED
                return cell

        self.name, self.is_hidden = str(sheet.title), sheet.sheet_state != "visible"
        self._formats = _formats(book)
        self.length = 0
        self.rows: dict[int, dict[int, str]] = {}
        with sheet._get_source() as source:
            parser: Any = Parser(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, cells in parser.parse():
                self._take(number, cells)
        self._mark_merged(parser.merged_cells)
        self.hidden_rows = {int(n) for n, row in parser.row_dimensions.items() if row.get("hidden") in ("1", "true")}

    def _take(self, number: int, cells: list[dict[str, Any]]) -> None:
        texts = {cell["column"]: text for cell in cells if (text := self._text(cell)).strip()}
        if not texts:
            return
        if len(self.rows) == ROWS:
            raise Refused("rows")
        if len(texts) > COLUMNS or max(texts) > 20 * COLUMNS:
            raise Refused("columns")
        self.length += sum(map(len, texts.values()))
        if self.length > CHARACTERS:
            raise Refused("long")
        self.rows[number] = texts

    def _text(self, cell: dict[str, Any]) -> str:
        value = cell["value"]
        if value is None:
            return ""
        if isinstance(value, bool):
            return "ya" if value else "tidak"
        if isinstance(value, (int, float)):
            return _number(value * 100) + "%" if SHARE.match(self._format(cell)) else _number(value)
        if isinstance(value, dt.datetime):
            return _day(value, self._format(cell))
        return str(value)

    def _format(self, cell: dict[str, Any]) -> str:
        number = int(cell["style_id"])
        return self._formats[number] if number < len(self._formats) else ""

    def _mark_merged(self, merged: Any) -> None:
        """Put DITTO into the rows that a merged cell with words reaches down into."""
        from openpyxl.utils import range_boundaries

        last = max(self.rows, default=0)
        for area in merged.mergeCell if merged else ():
            column, top, _right, bottom = range_boundaries(area.ref)
            if column is None or top is None or bottom is None or not self.rows.get(top, {}).get(column):
                continue
            for number in range(top + 1, min(bottom, last) + 1):
                if number in self.rows:
                    self.rows[number][column] = DITTO

    def answer(self) -> Sheet:
        """The sheet as plain lists; columns without a word are left out."""
        used = sorted({column for row in self.rows.values() for column in row})
        if len(used) > COLUMNS:
            raise Refused("columns")
        numbers = list(_with_gaps(sorted(self.rows)))
        return {
            "name": self.name,
            "is_hidden": self.is_hidden,
            "rows": [[self.rows.get(number, {}).get(column, "") for column in used] for number in numbers],
            "hidden_rows": [place for place, number in enumerate(numbers) if number in self.hidden_rows],
        }


def _with_gaps(numbers: list[int]) -> Iterator[int]:
    """Yield the numbers from 1 to the last, but of long rows of empty ones only GAP."""
    before = 0
    for number in numbers:
        yield from range(max(before + 1, number - GAP), number)
        yield number
        before = number


def _formats(book: Any) -> list[str]:
    """The number format of each cell style."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    return [BUILTIN_FORMATS.get(style.numFmtId) or _custom(book, style.numFmtId) for style in book._cell_styles]


def _custom(book: Any, number: int) -> str:
    formats = book._number_formats
    return str(formats[number - 164]) if 0 <= number - 164 < len(formats) else ""


def _day(value: dt.datetime, shown: str) -> str:
    """A date as its cell shows it: where only the month is shown, the day that Excel keeps means nothing."""
    letters = QUOTED.sub("", shown).casefold()
    if letters and "d" not in letters and "y" in letters:
        return f"{MONTHS[value.month - 1]} {value.year}" if "m" in letters else str(value.year)
    return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H.%M}"


def _number(value: float) -> str:
    """A number as it is written here: ``1200``, ``2,5``."""
    rounded = round(float(value), 6)
    if rounded.is_integer():
        return str(int(rounded))
    return str(rounded).replace(".", ",")


def main() -> int:
    """Answer the order; the exit code says how it went."""
    try:
        answer: dict[str, Any] = {"sheets": sheets_of(sys.stdin.buffer.read())}
    except Refused as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:  # whatever a parser raises over hostile bytes
        answer = {"refused": "broken"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
