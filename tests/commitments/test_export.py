"""The list as a file: the same rows, no more than the person may read, and readable again by the import."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from agencies.policy import allowed
from commitments.export import commitment_rows
from commitments.models import Contribution
from commitments.models.commitment import Commitment
from tests.factories import CommitmentFactory
from tests.sheets import sent

LIST = reverse("commitments:list")
IMPORT = reverse("commitments:import")
COLUMNS = ["Kode", "Komitmen", "Penanggung jawab", "Pendukung", "Tenggat", "Sifat tenggat", "Status", "Keterangan"]


@pytest.fixture
def rows(meeting, unit, other_unit):
    first = CommitmentFactory(
        code="K-2026-011", meeting=meeting, lead=unit, wording="=HYPERLINK(1) edukasi", due_on=dt.date(2026, 6, 30),
        agreed=True, note="Catatan pengelola",
    )  # fmt: skip
    Contribution.objects.create(commitment=first, agency=other_unit)
    CommitmentFactory(code="K-2026-012", meeting=meeting, wording="Pelatihan calon pekerja")


def file_of(browser, kind, query=""):
    return browser.get(f"/unduh/komitmen.{kind}?{query}")


def csv_of(browser, query=""):
    response = file_of(browser, "csv", query)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [line.split(";") for line in text.strip().split("\r\n")]


def test_the_rows_of_the_list_come_in_the_columns_of_the_import(as_person, petugas, rows):
    assert csv_of(as_person(petugas)) == [
        COLUMNS,
        ["K-2026-011", "'=HYPERLINK(1) edukasi", "Sudin Naker", "Sudin Sosial", "2026-06-30", "disepakati",
         "Belum dimulai", "Catatan pengelola"],
        ["K-2026-012", "Pelatihan calon pekerja", "", "", "", "", "Belum dimulai", ""],
    ]  # fmt: skip


def test_the_filters_and_the_order_are_those_of_the_list(as_person, petugas, rows):
    browser = as_person(petugas)

    assert [row[0] for row in csv_of(browser, "urut=-kode")] == ["Kode", "K-2026-012", "K-2026-011"]
    assert [row[0] for row in csv_of(browser, "celah=pemilik")] == ["Kode", "K-2026-012"]
    page = browser.get(f"{LIST}?celah=pemilik&halaman=1").content.decode()
    assert 'href="/unduh/komitmen.xlsx?celah=pemilik"' in page


def test_a_workbook_has_dates_that_are_dates_and_no_formulas(as_person, petugas, rows):
    response = file_of(as_person(petugas), "xlsx")

    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[1]] == COLUMNS
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=HYPERLINK(1) edukasi", "s")
    assert (sheet["E2"].value.date(), sheet["E2"].is_date) == (dt.date(2026, 6, 30), True)


def test_notes_of_the_host_and_rows_of_others_stay_where_they_are(
    as_person, petugas_unit, petugas_lain, petugas_asing, rows
):
    assert [row[-1] for row in csv_of(as_person(petugas_unit))][1:] == ["", ""]
    assert [row[0] for row in csv_of(as_person(petugas_lain))][1:] == ["K-2026-011", "K-2026-012"]
    assert csv_of(as_person(petugas_asing)) == [COLUMNS]


def test_a_party_without_a_part_sees_no_supporters(as_person, petugas_unit, meeting, other_unit, agreement, rows):
    agreement.is_open_between_parties = True
    agreement.save()
    hidden = CommitmentFactory(code="K-2026-013", meeting=meeting, lead=other_unit, wording="Pihak lain")
    Contribution.objects.create(commitment=hidden, agency=other_unit.parent)

    found = {row[0]: row for row in csv_of(as_person(petugas_unit))}

    assert found["K-2026-013"][1:4] == ["Pihak lain", "Sudin Sosial", ""]


def test_what_a_row_shows_is_what_the_policy_says_of_the_commitment(
    petugas, petugas_unit, petugas_lain, pimpinan, auditor, meeting, unit, other_unit, agreement, rows
):
    agreement.is_open_between_parties = True
    agreement.save()
    CommitmentFactory(meeting=meeting, lead=other_unit, note="Catatan")
    CommitmentFactory(meeting=meeting, lead=other_unit.parent, note="Catatan", status="DRAFT")
    Contribution.objects.create(commitment=CommitmentFactory(meeting=meeting, note="Catatan"), agency=unit)
    Commitment.objects.update(note="Catatan")

    for person in (petugas, petugas_unit, petugas_lain, pimpinan, auditor):
        visible = Commitment.objects.visible_to(person).order_by("code")
        for commitment, row in zip(visible, commitment_rows(visible, person), strict=True):
            supporters = [one.agency.short_name for one in commitment.contributions.all()]
            is_full = allowed(person, "commitment.read_journal", commitment)
            assert row[0] == commitment.code
            assert row[3] == ("; ".join(supporters) if is_full else "")
            assert bool(row[7]) == bool(allowed(person, "commitment.read_note", commitment))


def test_example_rows_mark_the_whole_file(as_person, petugas, meeting):
    CommitmentFactory(code="K-2026-014", meeting=meeting, is_example=True)

    browser = as_person(petugas)
    assert csv_of(browser)[:2] == [["DATA CONTOH: bukan data resmi"], COLUMNS]
    book = load_workbook(io.BytesIO(file_of(browser, "xlsx").content))
    assert book.active["A1"].value == "DATA CONTOH: bukan data resmi"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_given_out_is_read_again(as_person, petugas, rows, kind):
    browser = as_person(petugas)
    response = file_of(browser, kind)
    content = b"".join(response.streaming_content) if response.streaming else response.content

    page = browser.post(IMPORT, {"file": sent(content, f"komitmen.{kind}"), "aksi": "baca"}).context["page"]

    first, second = page.taken
    line = first.row.line
    assert (line.wording, line.lead, line.supporting) == ("=HYPERLINK(1) edukasi", "naker", ("sosial",))
    assert line.due_on == dt.date(2026, 6, 30)
    assert line.note.startswith("Catatan pengelola")
    assert (first.known_as, first.is_picked, second.known_as) == ("K-2026-011", False, "K-2026-012")


def test_twenty_rows_cost_as_many_queries_as_one(as_person, petugas, meeting, unit, other_unit):
    browser = as_person(petugas)
    counts = []
    csv_of(browser)  # the first visit warms up
    for size in (1, 20):
        for _ in range(size):
            made = CommitmentFactory(meeting=meeting, lead=unit)
            Contribution.objects.create(commitment=made, agency=other_unit)
        with CaptureQueriesContext(connection) as queries:
            assert len(csv_of(browser)) == Commitment.objects.count() + 1
        counts.append(len(queries))

    assert counts[0] == counts[1]
