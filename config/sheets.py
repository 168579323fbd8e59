"""The cells of an uploaded workbook (.xlsx) or table of text (.csv).

Workbooks are opened in a child process (:mod:`config.sandbox`). What a file is is told by its content, never by
its name. Cells are text throughout; see :mod:`config.sheet_child` for dates and merged cells.
"""

import codecs
import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from config.downloads import QUOTED_FORMULA, STARTS_FORMULA
from config.files import too_large_words
from config.sandbox import Limits, Stop, Stopped, run_apart
from config.sheet_child import CHARACTERS, COLUMNS, DITTO, GAP, ROWS, UNCALCULATED

__all__ = ["CHARACTERS", "DITTO", "ROWS", "UNCALCULATED", "Sheet", "sheets_of"]

LIMITS = Limits(seconds=8, megabytes=512, processor=2)
ACCEPTED = ".xlsx,.csv"
CHILD = Path(__file__).with_name("sheet_child.py")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")  # also the wrapping of an .xlsx with a password
SEPARATORS = ";\t,|"
SAMPLE = 10_000  # characters in which the separator is looked for
ADVICE = _("Salin barisnya dari Excel lalu tempel di kotak, atau simpan ulang sebagai .xlsx.")
WORDS: dict[str, Any] = {
    "empty": _("Berkas ini tidak memuat tabel. Pilih berkas lain."),
    "not_table": _("Berkas ini bukan tabel. Pilih berkas .xlsx atau .csv."),
    "old": _("Berkas Excel lama (.xls) atau terkunci kata sandi tidak dapat dibaca. %(advice)s"),
    "not_workbook": _("Berkas ini bukan buku kerja Excel. Pilih berkas .xlsx atau .csv."),
    "macros": _("Berkas ini memuat makro, jadi tidak dibuka. %(advice)s"),
    "locked": _("Berkas ini terkunci kata sandi. Simpan tanpa kata sandi, lalu kirim lagi."),
    "rows": _("Satu lembar memuat lebih dari %(rows)s baris. Salin bagian yang diperlukan, lalu tempel di kotak."),
    "columns": _("Satu lembar memuat lebih dari %(columns)d kolom. Salin kolom yang diperlukan, lalu tempel di kotak."),
    "long": _("Isi berkas ini lebih dari %(characters)s huruf. Salin bagian yang diperlukan, lalu tempel di kotak."),
    "bomb": _("Isi berkas ini terlalu besar setelah dibuka, jadi tidak dibaca. %(advice)s"),
    "broken": _("Berkas rusak atau tidak terbaca. %(advice)s"),
    Stop.LATE.name: _("Berkas ini terlalu lama dibaca, jadi dihentikan. %(advice)s"),
    Stop.HEAVY.name: _("Berkas ini memerlukan terlalu banyak memori, jadi tidak dibaca. %(advice)s"),
    Stop.BROKEN.name: _("Berkas rusak atau tidak terbaca. %(advice)s"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows of equally many cells as text, and which of them (from 0) the office has hidden."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()


def sheets_of(upload: "UploadedFile[bytes]") -> list[Sheet]:
    """Return the sheets of a file that hold something (a .csv is one sheet), after at most two seconds of work.

    Raises ValidationError with an Indonesian sentence and the code of its reason.
    """
    if (upload.size or 0) > settings.EVIDENCE_MAX_BYTES:
        raise ValidationError(too_large_words(upload.size), code="too_large")
    content = upload.read()
    if content.startswith(b"PK\x03\x04"):
        return _read_apart(content)
    if content.startswith(OLD_EXCEL):
        raise _refused("old")
    return [Sheet(name="", rows=_csv_rows(_decoded(content)))]


def _read_apart(content: bytes) -> list[Sheet]:
    try:
        answer = json.loads(run_apart(CHILD, content, LIMITS))
    except Stopped as stopped:
        raise _refused(stopped.why.name) from stopped
    if "refused" in answer:
        raise _refused(answer["refused"])
    return [
        Sheet(
            name=sheet["name"],
            rows=tuple(tuple(row) for row in sheet["rows"]),
            is_hidden=sheet["is_hidden"],
            hidden_rows=frozenset(sheet["hidden_rows"]),
        )
        for sheet in answer["sheets"]
    ]


def _decoded(content: bytes) -> str:
    """A table of text: UTF-8, UTF-16 with its mark, or the Windows encoding that older programs write."""
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if any(ord(character) < 32 and character not in "\t\n\r\x0b\x0c" for character in set(text)):
        raise _refused("not_table")
    if len(text) > 2 * CHARACTERS:
        raise _refused("long")
    return text


def _csv_rows(text: str) -> tuple[tuple[str, ...], ...]:
    rows: list[list[str]] = []
    filled = gap = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)):
            if len(row) > COLUMNS:
                raise _refused("columns")
            is_empty = not any(cell.strip() for cell in row)
            filled, gap = filled + (not is_empty), gap + 1 if is_empty else 0
            if filled > ROWS:
                raise _refused("rows")
            if gap <= GAP:  # of long rows of empty ones only these, as of a workbook
                rows.append([_bare(cell) for cell in row])
    except csv.Error:  # one cell of more than 131,072 characters, most likely a quote that never ends
        raise _refused("broken") from None
    width = max((len(row) for row in rows), default=0)
    if not filled:
        raise _refused("empty")
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def _bare(cell: str) -> str:
    """A cell without the apostrophes that keep it from being a formula, as :mod:`config.downloads` writes them."""
    bare = cell[1:] if cell.startswith("'") and cell[1:].startswith(STARTS_FORMULA) else cell
    return QUOTED_FORMULA.sub(r"\1", bare)


def _separator(text: str) -> str:
    """The separator most lines agree on; the semicolon comes first, since Excel writes it here."""
    lines = [line for line in text[:SAMPLE].splitlines() if line.strip()][:20]
    return max(SEPARATORS, key=lambda mark: sum(mark in line for line in lines))


def _refused(code: str) -> ValidationError:
    params: dict[str, object] = {"advice": ADVICE, "columns": COLUMNS}
    params |= {"rows": _grouped(ROWS), "characters": _grouped(CHARACTERS)}
    return ValidationError(WORDS[code], code=code, params=params)


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", ".")
