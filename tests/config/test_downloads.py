"""Files given out: dates are dates, numbers are numbers, words are words, nothing becomes a formula."""

import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from config.downloads import Column, Table, csv_download, xlsx_download
from config.sheets import sheets_of
from tests.sheets import sent

EVIL = ["=1+1", "+62 812", "-2", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://contoh.example")', "=cmd|' /C calc'!A0"]


def table_of(*rows, head=("Komitmen", "b"), notes=()):
    return Table("Komitmen", tuple(Column(label) for label in head), rows, notes)


def text_of(table):
    return b"".join(csv_download("x", table).streaming_content).decode("utf-8-sig")


def book_of(*tables):
    return load_workbook(io.BytesIO(xlsx_download("x", tables).content))


@pytest.mark.parametrize("words", EVIL)
def test_no_cell_of_a_table_of_text_begins_as_a_formula(words):
    text = text_of(table_of([words, "c"]))

    assert text.split("\r\n", 1)[1].lstrip('"').startswith("'")


@pytest.mark.parametrize("mark", [",", ", ", "\n", "\t"])
@pytest.mark.parametrize("evil", ["=1+1", "+1", "-2+3", "@SUM(A1)"])
def test_no_formula_stands_behind_a_comma_or_on_a_line_of_its_own(mark, evil):
    """Where Windows speaks English the comma parts the cells of a table of text, and a line break begins a row."""
    text = text_of(table_of([f"Pelatihan{mark}{evil},b", "c"]))

    cells = [cell.strip(' "') for line in text.splitlines() for cell in re.split("[,;\t]", line)]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@"))]


@pytest.mark.parametrize("words", EVIL)
def test_words_in_a_workbook_stay_words_in_rows_and_in_notes(words):
    sheet = book_of(table_of([words], head=("Komitmen",), notes=(words,))).active

    assert [sheet[place].data_type for place in ("A1", "A3")] == ["s", "s"]
    assert sheet["A3"].hyperlink is None


def test_a_date_is_a_date_a_number_a_number_and_an_empty_cell_is_empty():
    table = table_of(["Pelatihan", dt.date(2026, 6, 30), 12, Decimal("-2.50")], ["Pameran", None, 0, None],
                     head=("Komitmen", "Tenggat", "n", "m"))  # fmt: skip

    sheet = book_of(table).active

    assert sheet["B2"].is_date
    assert sheet["B2"].value.date() == dt.date(2026, 6, 30)
    assert [sheet[place].value for place in ("C2", "D2", "B3", "C3", "D3")] == [12, -2.5, None, 0, None]
    assert text_of(table) == "Komitmen;Tenggat;n;m\r\nPelatihan;2026-06-30;12;-2,50\r\nPameran;;0;\r\n"


def test_every_table_has_its_sheet_and_its_head_stays_in_sight():
    book = book_of(table_of(["x", "y"]), Table("Pertemuan", (Column("Kode", 30),), [["A-2026-001"]], ("Catatan",)))

    assert book.sheetnames == ["Komitmen", "Pertemuan"]
    assert book["Pertemuan"].freeze_panes == "A3"
    assert book["Pertemuan"].auto_filter.ref == "A2:A3"
    assert book["Pertemuan"].column_dimensions["A"].width > 29


def test_a_sheet_of_a_long_name_is_cut_to_what_a_workbook_can_hold():
    book = book_of(Table("Komitmen " + "x" * 24, (Column("Kode"),), []))

    assert book.sheetnames == ["Komitmen " + "x" * 22]


def test_a_table_without_rows_is_a_head():
    assert text_of(table_of()) == "Komitmen;b\r\n"
    assert [cell.value for cell in book_of(table_of()).active[1]] == ["Komitmen", "b"]


@pytest.mark.parametrize(
    "words", ["=1+1", "- butir pertama", 'kata "kutip"; titik koma', "dua\nbaris", "a, =b,-c\n- d"]
)
def test_what_is_given_out_is_read_back(words):
    table = table_of([words, "x"], head=("Komitmen", "Keterangan"))

    from_text = sheets_of(sent(b"".join(csv_download("x", table).streaming_content), "x.csv"))
    from_book = sheets_of(sent(xlsx_download("x", [table]).content, "x.xlsx"))

    assert from_text[0].rows[1][0] == from_book[0].rows[1][0] == words


def test_files_are_attachments_that_nobody_keeps():
    for response in (csv_download("komitmen", table_of()), xlsx_download("komitmen", [table_of()])):
        assert response.headers["Content-Disposition"].startswith('attachment; filename="komitmen.')
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
