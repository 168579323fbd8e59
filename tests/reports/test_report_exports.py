"""A report as data and as a working copy: the frozen facts, typed, marked, and equal to the document."""

import io
import json
import re

import pytest
from docx import Document
from openpyxl import load_workbook

from agencies.audit import sha256
from agencies.models import Role
from reports.counting.periods import read_period
from reports.counting.tracing import traces
from reports.exports.html_tree import read_html, words
from reports.models import Audience, Report
from reports.options import ReportOptions
from reports.printing.document import report_html
from reports.snapshots.making import freeze
from tests.factories import AgreementFactory, at, person
from tests.reports.worlds import issuing_office, year_of_work

QUARTER = read_period("2026-TW1")
NOW = at("2026-04-02")


@pytest.fixture
def office(db):
    return issuing_office()


@pytest.fixture
def press(office):
    return person(office, Role.PRESS)


def stored(pact, office, **options):
    text = freeze(pact, QUARTER, issuer=office, at=NOW, options=ReportOptions(**options))
    snapshot = json.loads(text)
    made = Report.objects.create(
        code=snapshot["code"], agreement=pact, issuer=office, period=QUARTER.code, starts_on=QUARTER.starts_on,
        ends_on=QUARTER.ends_on, as_of=snapshot["as_of"], snapshot=text, snapshot_sha256=sha256(text), made_at=NOW,
        is_example=snapshot["is_example"], options=snapshot["options"], audience=snapshot["audience"],
    )  # fmt: skip
    return Report.objects.get(pk=made.pk)


@pytest.fixture
def report(office):
    return stored(year_of_work(office), office)


def issue(report, user):
    Report.objects.filter(pk=report.pk).update(status="PUBLISHED", published_by=user, published_at=NOW)


def book_of(browser, report):
    return load_workbook(io.BytesIO(browser.get(f"/laporan/{report.code}/data.xlsx").content))


def text_of(browser, report):
    response = browser.get(f"/laporan/{report.code}/data.csv")
    return b"".join(response.streaming_content).decode("utf-8-sig")


def word_of(browser, report):
    return Document(io.BytesIO(browser.get(f"/laporan/{report.code}/salinan-kerja.docx").content))


def all_words(document):
    cells = [cell.text for table in document.tables for cell in table._cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def head_row(sheet):
    """Number of the row of headings: the first below the notes, kept in sight."""
    return int(re.sub(r"\D", "", sheet.freeze_panes)) - 1


def test_the_workbook_holds_every_figure_of_the_report_with_its_whole(as_person, press, report):
    sheet = book_of(as_person(press), report)["Ringkasan"]

    rows = list(sheet.iter_rows(min_row=head_row(sheet) + 1, values_only=True))
    named = {row[3]: row for row in rows if row[3]}
    for name, figure in traces(json.loads(report.snapshot)):
        assert named[name][1] == figure.printed, name
    assert named["total"][1:3] == (8, None)
    assert named["class-" + next(n.removeprefix("class-") for n in named if n.startswith("class-"))][2] == 8
    assert {type(row[1]) for row in rows} == {int}


def test_the_sheets_hold_the_frozen_rows_with_dates_and_numbers_as_such(as_person, press, report):
    book = book_of(as_person(press), report)

    assert book.sheetnames == ["Ringkasan", "Komitmen", "Ruang lingkup", "Pertemuan", "Perubahan tenggat"]
    sheet = book["Komitmen"]
    head = [cell.value for cell in sheet[head_row(sheet)]]
    row = dict(zip(head, sheet[head_row(sheet) + 1], strict=True))
    assert row["Kode"].value == "K-2026-001"
    assert row["Tenggat"].is_date
    assert row["Target"].value == 12
    assert sheet.max_row - head_row(sheet) == 8
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}
    assert book["Pertemuan"].max_row - head_row(book["Pertemuan"]) == len(json.loads(report.snapshot)["meetings"])


def test_the_text_file_counts_and_lists_the_same(as_person, press, report):
    text = text_of(as_person(press), report)

    snapshot = json.loads(report.snapshot)
    assert snapshot["sentence"] in text
    assert [line[:10] for line in text.split("\r\n") if line.startswith("K-2026")] == [
        row["code"] for row in snapshot["rows"]
    ]


def test_the_json_is_the_text_whose_digest_is_printed(as_person, press, report):
    content = as_person(press).get(f"/laporan/{report.code}/data.json").content

    assert sha256(content.decode()) == report.snapshot_sha256


def test_what_changes_afterwards_is_not_in_the_files(as_person, press, report):
    browser = as_person(press)
    before = text_of(browser, report)
    commitment = report.agreement.commitments.get(code="K-2026-001")
    commitment.wording = "Diubah kemudian"
    commitment.save()

    assert text_of(browser, report) == before


def test_every_file_says_whether_it_may_be_relied_on(as_person, press, report):
    browser = as_person(press)
    assert "Draf, belum diterbitkan" in text_of(browser, report)
    assert "DRAF" in word_of(browser, report).sections[0].header.paragraphs[0].text

    issue(report, press)

    for said in (text_of(browser, report), word_of(browser, report).sections[0].header.paragraphs[0].text):
        assert "draf" not in said.lower()
    assert book_of(browser, report)["Komitmen"]["A1"].value.startswith(f"Kode dokumen {report.code}")


def test_the_working_copy_has_the_parts_and_numbers_of_the_document(as_person, press, report):
    document = word_of(as_person(press), report)

    snapshot = json.loads(report.snapshot)
    html = report_html(snapshot, digest=report.snapshot_sha256, issued=False)
    words = all_words(document)
    headings = [one.text for one in document.paragraphs if one.style.name in ("Heading 1", "Heading 2")]
    for level, wanted in re.findall(r"<(h[23])[^>]*>(.*?)</\1>", html, re.S):
        assert " ".join(re.sub("<[^>]+>", "", wanted).split()) in headings, level
    assert snapshot["sentence"] in words
    for row in snapshot["rows"]:
        assert row["code"] in words
        assert row["wording"] in words
    one = snapshot["totals"]["confirmed"]
    assert [section.orientation for section in document.sections] == [0, 1, 0]
    assert "8 komitmen" in words
    assert f"{one} dari {snapshot['totals']['total']}" in words


def test_pictures_that_stand_together_are_read_apart():
    cell = read_html('<html><td><img alt="1 selesai."/><img alt="Capaian 81%"/></td></html>')

    assert words(cell) == "1 selesai. Capaian 81%"


def test_the_working_copy_says_so_on_every_page_with_code_and_digest(as_person, press, report):
    document = word_of(as_person(press), report)

    for section in document.sections:
        assert "SALINAN KERJA" in section.header.paragraphs[0].text
        foot = section.footer.paragraphs[0].text
        assert report.code in foot
        assert report.snapshot_digest in foot


def test_a_public_report_gives_out_only_what_its_snapshot_has(as_person, press, office):
    report = stored(year_of_work(office), office, is_public=True)
    assert report.audience == Audience.PUBLIC
    browser = as_person(press)

    book = book_of(browser, report)
    everything = text_of(browser, report) + all_words(word_of(browser, report))
    everything += "".join(str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line)

    assert book.sheetnames == ["Ringkasan", "Ruang lingkup"]
    assert "K-2026-" not in everything
    assert "Jumlah komitmen;8" in text_of(browser, report)


def test_a_report_without_commitments_is_a_correct_file(as_person, press, office):
    report = stored(AgreementFactory(host_agency=office), office)
    browser = as_person(press)

    assert book_of(browser, report)["Komitmen"].max_row == head_row(book_of(browser, report)["Komitmen"])
    assert "Belum ada komitmen pada periode ini." in text_of(browser, report)
    assert "Belum ada komitmen pada periode ini." in all_words(word_of(browser, report))


@pytest.mark.parametrize("path", ["data.xlsx", "data.csv", "data.json", "salinan-kerja.docx"])
def test_files_of_a_report_are_for_those_who_may_read_it(as_person, petugas_asing, admin, press, report, path):
    address = f"/laporan/{report.code}/{path}"

    assert as_person(petugas_asing).get(address).status_code == 404
    assert as_person(admin).get(address).status_code == 403
    answer = as_person(press).get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_hostile_words_stay_words_everywhere(as_person, press, office):
    pact = year_of_work(office)
    evil = '=HYPERLINK("http://contoh.example") <script>x</script> مرحبا 🎉 ' + "x" * 200
    snapshot = json.loads(freeze(pact, QUARTER, issuer=office, at=NOW))
    snapshot["rows"][0]["wording"] = evil
    text = json.dumps(snapshot)
    report = stored(pact, office)
    Report.objects.filter(pk=report.pk).update(snapshot=text, snapshot_sha256=sha256(text))
    browser = as_person(press)

    sheet = book_of(browser, report)["Komitmen"]
    cell = sheet.cell(row=head_row(sheet) + 1, column=2)
    assert (cell.data_type, cell.value) == ("s", evil)
    assert f"K-2026-001;'={evil[1:11]}" in text_of(browser, report).replace('"', "")
    assert "<script>x</script>" in all_words(word_of(browser, report))
