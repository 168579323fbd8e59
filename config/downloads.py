"""Tables given out as files. Words stay words: no cell becomes a formula, whoever typed it."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse

from config.files import attached, hand_out

Value = str | int | Decimal | dt.date | None

STARTS_FORMULA = tuple("=+-@\t\r")
# Where Windows speaks English the comma parts the cells, so a formula must not stand behind one either.
SEPARATORS = frozenset(",\t\r\n")
INNER_FORMULA = re.compile(r"(?<=[,\t\r\n])( *)(?=[=+@-])")
QUOTED_FORMULA = re.compile(r"(?<=[,\t\r\n])( *)'(?=[=+@-])")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LENGTH = 32_767  # characters that a cell of a workbook can hold
SHEET_ROWS = 1_000_000  # a sheet can hold a few more; its head and notes need some
SHEET_NAME = 31  # characters that the name of a sheet can have
USUAL_WIDTH = 18


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column and its width in characters."""

    label: str
    width: int = USUAL_WIDTH


@dataclass(frozen=True, slots=True)
class Table:
    """What is given out: a name, its columns, rows that are read once, and lines above the head (``notes``)."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]
    notes: tuple[str, ...] = ()

    @property
    def head(self) -> tuple[str, ...]:
        """The labels of the columns."""
        return tuple(column.label for column in self.columns)


class _Line:
    """What csv writes to: gives every line back."""

    def write(self, line: str) -> str:
        return line


def csv_download(name: str, table: Table) -> StreamingHttpResponse:
    """Answer with a table of text, row by row: semicolons and a byte-order mark, as Excel reads it here."""
    return attached(StreamingHttpResponse(csv_lines(table), content_type=CSV_TYPE), f"{name}.csv")


def csv_lines(table: Table) -> Iterator[str]:
    """The lines of a table of text, the byte-order mark first."""
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff"
    for note in table.notes:
        yield writer.writerow([_plain(note)])
    yield writer.writerow([_plain(label) for label in table.head])
    for row in table.rows:
        yield writer.writerow([_plain(value) for value in row])


def _plain(value: Value) -> str:
    """The words of a cell; what a spreadsheet would take for a formula begins with an apostrophe.

    Numbers stay numbers, with the decimal comma of the offices that open them.
    """
    if isinstance(value, int | Decimal):
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
    text = value.isoformat() if isinstance(value, dt.date) else value or ""
    if not SEPARATORS.isdisjoint(text):
        text = INNER_FORMULA.sub(r"\1'", text)
    return f"'{text}" if text.startswith(STARTS_FORMULA) else text


def xlsx_download(name: str, tables: Iterable[Table]) -> HttpResponse:
    """Answer with a workbook of one sheet per table. What is too long to wait for is written by a worker instead."""
    file = io.BytesIO()
    write_workbook(file, tables)
    return hand_out(file.getvalue(), name=f"{name}.xlsx", content_type=XLSX_TYPE)


def write_workbook(file: IO[bytes], tables: Iterable[Table]) -> None:
    """Write a workbook, one row in memory at a time. The head of each sheet stays in sight and can be filtered."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        looks = _looks(book)
        for table in tables:
            _write_sheet(book.add_worksheet(table.name[:SHEET_NAME]), table, looks)


def _looks(book: Any) -> dict[str, Any]:
    """The looks of cells by name."""
    top = {"valign": "top"}
    return {
        "head": book.add_format({**top, "bold": True, "bottom": 1, "text_wrap": True}),
        "words": book.add_format({**top, "text_wrap": True}),
        "note": book.add_format({**top, "bold": True}),
        "day": book.add_format({**top, "num_format": "d mmm yyyy", "align": "left"}),
        "number": book.add_format({**top, "num_format": "#,##0"}),
        "decimal": book.add_format({**top, "num_format": "#,##0.##"}),
    }


def _write_sheet(sheet: Any, table: Table, looks: dict[str, Any]) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
    for number, note in enumerate(table.notes):
        sheet.write_string(number, 0, note[:CELL_LENGTH], looks["note"])
    head = last = len(table.notes)
    for place, label in enumerate(table.head):
        sheet.write_string(head, place, label, looks["head"])
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    for row in table.rows:
        last += 1
        for place, value in enumerate(row):
            _write(sheet, last, place, value, looks)
    sheet.autofilter(head, 0, last, len(table.columns) - 1)


def _write(sheet: Any, row: int, place: int, value: Value, looks: dict[str, Any]) -> None:
    """One cell with its type: dates are dates, numbers are numbers, all else is words."""
    if isinstance(value, dt.date):
        sheet.write_datetime(row, place, dt.datetime.combine(value, dt.time()), looks["day"])
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, place, value, looks["decimal" if isinstance(value, Decimal) else "number"])
    elif value:
        sheet.write_string(row, place, value[:CELL_LENGTH], looks["words"])
