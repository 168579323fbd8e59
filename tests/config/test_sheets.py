"""Workbooks and tables of text: their cells as the office sees them, or a sentence; never more than a moment."""

import datetime as dt
import io
import resource
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from config.sheets import CHARACTERS, DITTO, UNCALCULATED, sheets_of
from tests.sheets import sent, uploaded, workbook

BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % ((98 + n, *[97 + n] * 8)) for n in range(9)
) + b"]>"  # fmt: skip


def rebuilt(upload, *, change=None, add=None, drop=()):
    """The same workbook with parts changed, added or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(upload.read())) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in source.namelist():
            if part not in drop:
                content = source.read(part)
                made.writestr(part, change[part](content) if change and part in change else content)
        for name, content in (add or {}).items():
            made.writestr(name, content)
    return sent(out.getvalue())


def refusal(upload):
    """The code and the sentence with which a file is refused, after no more work than it may take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(ValidationError) as caught:
        sheets_of(upload)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2.5  # seconds
    return caught.value.code, caught.value.messages[0]


# --- what stands in the cells -------------------------------------------------------------------


def test_cells_are_words_as_the_office_sees_them():
    book = Workbook()
    sheet = book.active
    sheet.append([1, 2.5, 0.5, True, dt.datetime(2026, 6, 30), dt.datetime(2026, 6, 1), "=1+1", " teks "])  # noqa: DTZ001
    sheet["C1"].number_format, sheet["E1"].number_format, sheet["F1"].number_format = "0%", "dd/mm/yyyy", "mmmm yyyy"

    [found] = sheets_of(uploaded(book))

    assert found.rows == (("1", "2,5", "50%", "ya", "2026-06-30", "Juni 2026", UNCALCULATED, " teks "),)


def test_a_merged_cell_reaches_down_as_a_ditto():
    book = Workbook()
    for row in (("A", "x"), ("B", None), ("C", None)):
        book.active.append(row)
    book.active.merge_cells("B1:B2")

    assert sheets_of(uploaded(book))[0].rows == (("A", "x"), ("B", DITTO), ("C", ""))


def test_hidden_rows_and_sheets_are_told():
    book = Workbook()
    book.active.append(["kelihatan", "x"])
    book.active.append(["tersembunyi", "x"])
    book.active.row_dimensions[2].hidden = True
    secret = book.create_sheet("Rahasia")
    secret.append(["a"])
    secret.sheet_state = "hidden"
    book.create_sheet("Kosong")

    first, second = sheets_of(uploaded(book))

    assert (first.hidden_rows, first.is_hidden) == (frozenset({1}), False)
    assert (second.name, second.is_hidden) == ("Rahasia", True)


def test_empty_rows_and_columns_before_the_table_keep_the_row_numbers():
    book = Workbook()
    book.active["C4"] = "Komitmen"

    assert sheets_of(uploaded(book))[0].rows == (("",), ("",), ("",), ("Komitmen",))


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        ("\ufeffNo;Komitmen\r\n1;Pelatihan\r\n".encode(), ("1", "Pelatihan")),
        ("No;Komitmen\r\n1;Caf\xe9\r\n".encode("cp1252"), ("1", "Café")),
        (b"No,Komitmen\n1,\"Pelatihan, magang\"\n", ("1", "Pelatihan, magang")),
        ("No\tKomitmen\n1\tPelatihan\n".encode("utf-16"), ("1", "Pelatihan")),
        (b"No;Komitmen\n1;\"dua\nbaris\"\n", ("1", "dua\nbaris")),
        (b"No;Komitmen\n1;'=A1\n", ("1", "=A1")),
    ],
)  # fmt: skip
def test_tables_of_text_are_read_in_every_usual_form(content, cells):
    assert sheets_of(sent(content, "tabel.csv"))[0].rows[1] == cells


# --- what is not read ---------------------------------------------------------------------------


def test_an_old_or_locked_workbook_is_named():
    code, words = refusal(sent(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600))

    assert (code, words[:20]) == ("old", "Berkas Excel lama (.")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b";;;\n;;\n", "empty"), (b"\x89PNG\r\n\x1a\n\0\0\0", "not_table"), (b"a;b\0c\n", "not_table"),
        (b"PK\x03\x04 bukan zip", "broken"), (b"PK\x03\x04" + b"\0" * 3000, "broken"),
        ("a;b\n" * 2001, "rows"), (";".join("abc" * 40), "columns"), ("a" * 2 * (CHARACTERS + 1), "long"),
        ('a;"' + "b" * 200_000, "broken"),
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_table_gets_a_sentence(content, code):
    found, words = refusal(sent(content, "tabel.csv"))

    assert found == code
    assert words.endswith((".", "kotak."))


def test_a_word_file_is_no_workbook():
    from docx import Document

    file = io.BytesIO()
    Document().save(file)

    assert refusal(sent(file.getvalue()))[0] == "not_workbook"


def test_a_workbook_with_macros_is_not_opened():
    types = {"[Content_Types].xml": lambda xml: xml.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")}

    assert refusal(rebuilt(workbook(("a", "b")), add={"xl/vbaProject.bin": b"x"}))[0] == "macros"
    assert refusal(rebuilt(workbook(("a", "b")), change=types))[0] in ("macros", "not_workbook")


def test_an_empty_workbook_is_said_to_be_empty():
    assert refusal(workbook())[0] == "empty"


def test_a_workbook_that_unpacks_without_end_is_not_unpacked():
    bomb = rebuilt(workbook(("a", "b")), add={"xl/media/x.bin": b"\0" * 50 * 2**20})

    assert refusal(bomb)[0] == "bomb"


def test_a_billion_laughs_are_not_laughed():
    def laugh(xml):
        return BOMB + xml.split(b"?>", 1)[-1].replace(b"<t>a</t>", b"<t>&j;</t>")

    parts = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "docProps/core.xml")
    for part in parts:
        assert refusal(rebuilt(workbook(("a", "b")), change={part: laugh}))[0] in ("broken", "HEAVY", "LATE")


def test_an_outside_entity_or_link_is_never_followed(tmp_path):
    secret = tmp_path / "rahasia.txt"
    secret.write_text("RAHASIA")

    def outside(xml):
        head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY r SYSTEM "file://{secret}">]>'.encode()
        return head + xml.split(b"?>", 1)[-1].replace(b"<t>a</t>", b"<t>&r;</t>")

    assert refusal(rebuilt(workbook(("a", "b")), change={"xl/worksheets/sheet1.xml": outside}))[0] == "broken"


def test_a_link_to_another_workbook_leaves_its_stored_value():
    book = Workbook()
    book.active.append(["Komitmen", "='[lain.xlsx]Sheet1'!A1"])

    assert sheets_of(uploaded(book))[0].rows == (("Komitmen", UNCALCULATED),)


def test_a_hundred_thousand_rows_are_refused_at_once():
    row = '<row r="%d"><c r="A%d" t="inlineStr"><is><t>Pelatihan</t></is></c></row>'
    rows = "".join(row % (number, number) for number in range(1, 100_001)).encode()
    sheet = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + rows)}

    code, words = refusal(rebuilt(workbook(("a", "b")), change=sheet))

    assert code == "rows"
    assert "2.000 baris" in words


def test_a_cell_of_a_megabyte_is_refused():
    strings = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<t>a</t>", b"<t>" + b"a" * 10**6 + b"</t>")}

    assert refusal(rebuilt(workbook(("a", "b")), change=strings))[0] == "long"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_workbook_without_one_of_its_parts_is_broken_not_a_failure(part):
    assert refusal(rebuilt(workbook(("a", "b")), drop=(part,)))[0] in ("broken", "empty", "not_workbook")


def test_torn_bytes_are_broken():
    content = workbook(("a", "b"), ("c", "d")).read()

    for end in range(100, len(content), 700):
        assert refusal(sent(content[:end]))[0] == "broken"


@pytest.mark.parametrize("content", [b";" * 59 + b"\n;" * 390_000 + b"a", b"a" + b"\n" * 790_000 + b"b"])
def test_a_table_of_text_that_is_mostly_nothing_stays_small(content):
    """Padded to its width it would be many million cells."""
    begun = time.process_time()
    assert len(sheets_of(sent(content, "tabel.csv"))[0].rows) < 100
    assert time.process_time() - begun < 2


def test_a_row_that_does_not_end_is_refused_at_once():
    begun = time.process_time()
    with pytest.raises(ValidationError) as refused:
        sheets_of(sent(b"a" + b";" * 790_000, "tabel.csv"))
    assert refused.value.code == "columns"
    assert time.process_time() - begun < 1
