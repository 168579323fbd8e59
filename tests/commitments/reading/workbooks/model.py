"""What a messy workbook is, and what its rows should be read as.

How to compare: white space is squeezed on both sides. A cell is *right* when it says the same, and *flagged* when
the preview tells the reader to look at it and keeps the typed words. Rows that are no commitments (titles,
sections, column numbers, totals, notes, signatures) must not come out as rows; a hidden row may be left out when
that is said.
"""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from commitments.reading.names import AgencyName

MEETING_ON = dt.date(2026, 1, 28)  # what "TW II" and "30 Juni" without a year are counted from
AGENCIES = (
    AgencyName("bp3mi", "Balai Contoh Pelayanan Pelindungan Pekerja Migran", "BP3MI Contoh", ("BP3MI",)),
    AgencyName("naker", "Dinas Tenaga Kerja Kota Contoh", "Disnaker", ("Dinas Tenaga Kerja", "Dinas Naker")),
    AgencyName(
        "sos",
        "Dinas Sosial, Pemberdayaan Perempuan, dan Pelindungan Anak Kota Contoh",
        "DinsosP3A",
        ("Dinas Sosial, Pemberdayaan Perempuan, dan Pelindungan Anak", "Dinas Sosial", "Dinsos"),
    ),
    AgencyName("dik1", "Suku Dinas Pendidikan Wilayah I Kota Contoh", "Sudin Pendidikan I", ("Sudin Dik I",)),
    AgencyName("dik2", "Suku Dinas Pendidikan Wilayah II Kota Contoh", "Sudin Pendidikan II", ("Sudin Dik II",)),
    AgencyName("kes", "Dinas Kesehatan Kota Contoh", "Dinkes", ("Dinas Kesehatan",)),
    AgencyName("duk", "Dinas Kependudukan dan Pencatatan Sipil Kota Contoh", "Dukcapil", ("Disdukcapil",)),
    AgencyName("imi", "Kantor Imigrasi Kelas II Contoh", "Imigrasi Contoh", ("Kantor Imigrasi", "Imigrasi")),
    AgencyName("polres", "Kepolisian Resor Contoh", "Polres Contoh", ("Polres",)),
    AgencyName("kominfo", "Dinas Komunikasi dan Informatika Kota Contoh", "Diskominfo", ("Kominfo",)),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a careful reader understands it.

    ``owners``: codes in the order of the cell, the first one leads. ``unknown``: names the directory does not have.
    ``due_text``: the typed words where they fix no day; then ``due_on`` is None. ``supporters``: from their own column.
    """

    commitment: str
    owners: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    due_on: dt.date | None = None
    due_text: str = ""
    status: str = ""
    note: str = ""
    supporters: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Messy:
    """One file (``stored``, ``name``) or pasted text (``pasted``), and what stands in it."""

    slug: str
    rows: tuple[Row, ...]
    name: str = ""
    stored: bytes = b""
    pasted: str = ""
    sheet: str = ""  # the right one, where the file has several
    other_columns: tuple[str, ...] = ()  # headers of columns that are none of ours


def day(text: str) -> dt.date:
    """Return the day written as ``2026-06-30``."""
    return dt.date.fromisoformat(text)


def filled(sheet: Worksheet, rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> Worksheet:
    """Write ``rows`` below what the sheet has and merge the given ranges; None leaves a cell empty."""
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    return sheet


def stored(book: Book) -> bytes:
    """Return the workbook as the bytes of its file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def one_sheet(rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), title: str = "Sheet1") -> bytes:
    """Return the bytes of a workbook that has only this sheet."""
    book = Book()
    assert book.active is not None
    book.active.title = title
    filled(book.active, rows, merged)
    return stored(book)
