"""Every list as a file: the rows of its page, no more than the person may see, and honest about what is too long."""

import datetime as dt
import io
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from commitments.models import Progress, ProgressKind
from commitments.status import Status
from config.downloads import Column
from reports.exports import word_list
from reports.models import ExportJob
from reports.views import export
from tests.factories import AgencyFactory, AgreementFactory, ClauseFactory, CommitmentFactory, MeetingFactory, at

LISTS = ["komitmen", "pertemuan", "kesepakatan", "ruang-lingkup", "instansi", "verifikasi"]


def rows_of(browser, kind, query=""):
    response = browser.get(f"/unduh/{kind}.csv?{query}")
    assert response.status_code == 200, response.content.decode()
    lines = b"".join(response.streaming_content).decode("utf-8-sig").strip().split("\r\n")
    return [line.split(";") for line in lines]


def sheet_of(browser, kind, query=""):
    return load_workbook(io.BytesIO(browser.get(f"/unduh/{kind}.xlsx?{query}").content)).active


def word_of(browser, kind, query=""):
    return Document(io.BytesIO(browser.get(f"/unduh/{kind}.docx?{query}").content))


@pytest.fixture
def claimed(commitment, petugas_unit):
    commitment.status, commitment.submitted_at = Status.SUBMITTED, at("2026-03-02")
    commitment.save()
    Progress.objects.create(
        commitment=commitment, kind=ProgressKind.CLAIM, text="Sudah", author=petugas_unit, agency=commitment.lead,
        at=at("2026-03-02"),
    )  # fmt: skip
    return commitment


def test_meetings_come_with_their_lines_under_the_filter_of_the_page(as_person, petugas, meeting, commitment):
    MeetingFactory(
        code="A-2026-100", host_agency=meeting.host_agency, shared_at=None, held_on=dt.date(2026, 2, 1), place="=Aula"
    )
    browser = as_person(petugas)

    assert rows_of(browser, "pertemuan")[1:] == [
        ["A-2026-100", "2026-02-01", "Audiensi", "BP3MI", "", "'=Aula", "", "0", "draf"],
        ["A-2026-001", "2026-01-28", "Audiensi", "BP3MI", "Pemkot", "", "NK-2025-001", "1", "disampaikan"],
    ]
    assert [row[0] for row in rows_of(browser, "pertemuan", "status=draf")[1:]] == ["A-2026-100"]
    assert sheet_of(browser, "pertemuan")["H3"].value == 1


def test_agreements_name_their_parties_and_days(as_person, petugas, agreement, clause):
    sheet = sheet_of(as_person(petugas), "kesepakatan")

    row = [cell.value for cell in sheet[2]]
    assert (row[0], row[3].date(), row[6], row[8]) == (
        "NK-2025-001", dt.date(2025, 10, 29), "Kementerian; Pemprov", 1
    )  # fmt: skip


def test_the_directory_is_given_out_as_it_is_searched(as_person, petugas, stranger):
    browser = as_person(petugas)

    assert [row[0] for row in rows_of(browser, "instansi", "q=asing")[1:]] == ["asing"]
    assert rows_of(browser, "instansi", "q=%00asing%00")[1][-1] == "Dicatatkan"


def test_one_agreement_lists_its_commitments_under_each_scope_item(as_person, petugas, agreement, clause, commitment):
    commitment.clauses.set([clause])
    ClauseFactory(agreement=agreement, number="2", text="Pelatihan")
    CommitmentFactory(code="K-2026-002", meeting=commitment.meeting, wording="Tanpa ruang lingkup")

    rows = rows_of(as_person(petugas), "ruang-lingkup", "kode=NK-2025-001")[1:]

    assert [(row[0], row[1]) for row in rows] == [
        ("1. Sosialisasi peluang kerja", "K-2026-001"),
        ("2. Pelatihan", ""),
        ("Belum dikaitkan dengan ruang lingkup", "K-2026-002"),
    ]
    assert rows[1][2] == "belum ada komitmen"


def test_an_agreement_of_others_does_not_exist(as_person, petugas_asing, agreement, commitment):
    assert as_person(petugas_asing).get("/unduh/ruang-lingkup.csv?kode=NK-2025-001").status_code == 404
    assert as_person(petugas_asing).get("/unduh/ruang-lingkup.csv").status_code == 404


def test_claims_come_to_who_decides_on_them(as_person, pimpinan, petugas, claimed):
    rows = rows_of(as_person(pimpinan), "verifikasi")

    assert rows[1][0] == claimed.code
    assert rows[1][3] == "2026-03-02"
    assert as_person(petugas).get("/unduh/verifikasi.csv").status_code == 403


@pytest.mark.parametrize("kind", LISTS)
def test_strangers_get_no_word_of_others(as_person, petugas_asing, claimed, meeting, agreement, kind):
    response = as_person(petugas_asing).get(f"/unduh/{kind}.csv?kode=NK-2025-001")

    content = b"".join(response.streaming_content) if response.streaming else b""  # else refused
    assert not [code for code in (claimed.code, meeting.code, agreement.code) if code.encode() in content]


@pytest.mark.parametrize("kind", [kind for kind in LISTS if kind != "ruang-lingkup"])
def test_an_empty_list_is_a_head_in_every_format(as_person, pimpinan_unit, kind):
    browser = as_person(pimpinan_unit)
    query = "q=tidak-ada-yang-begini"

    assert len(rows_of(browser, kind, query)) == 1
    assert sheet_of(browser, kind, query).max_row == 1
    assert "Tidak ada baris." in [paragraph.text for paragraph in word_of(browser, kind, query).paragraphs]


def test_a_word_list_lies_on_its_side_and_repeats_its_head(as_person, petugas, commitment):
    commitment.wording = "Pelatihan <b>&amp; \x0b مرحبا 🎉 " + "x" * 200
    commitment.save()
    document = word_of(as_person(petugas), "komitmen")

    section, table = document.sections[0], document.tables[0]
    assert section.page_width > section.page_height
    assert "tblHeader" in table.rows[0]._tr.xml
    assert table.rows[1].cells[4].text == "30 Jun 2026"
    assert table.rows[1].cells[1].text.startswith("Pelatihan <b>&amp; ")
    assert "Daftar komitmen" in document.sections[0].footer.paragraphs[0].text


def test_no_column_of_a_word_list_breaks_a_code_or_a_common_word(as_person, petugas, commitment):
    commitment.wording = "x" * 200
    commitment.save()

    widths = [column.width.mm for column in word_of(as_person(petugas), "komitmen").tables[0].columns]

    assert widths[0] >= 22  # K-2026-001
    assert min(widths) >= 16
    assert sum(widths) <= word_list.WIDTH


@pytest.mark.parametrize("ext", ["csv", "xlsx", "docx"])
def test_example_data_says_so_in_every_format(as_person, petugas, meeting, ext):
    CommitmentFactory(meeting=meeting, is_example=True)
    browser = as_person(petugas)

    said = {
        "csv": lambda: rows_of(browser, "komitmen")[0][0],
        "xlsx": lambda: sheet_of(browser, "komitmen")["A1"].value,
        "docx": lambda: word_of(browser, "komitmen").sections[0].header.paragraphs[0].text,
    }[ext]()

    assert "DATA CONTOH" in said


def test_the_menu_of_a_list_keeps_its_filters(as_person, pimpinan, meeting, commitment):
    browser = as_person(pimpinan)

    for address, link in (
        ("/komitmen/?urut=kode&halaman=1", "/unduh/komitmen.docx?urut=kode"),
        ("/pertemuan/?status=disampaikan", "/unduh/pertemuan.xlsx?status=disampaikan"),
        ("/kesepakatan/", "/unduh/kesepakatan.csv"),
        ("/instansi/?q=bp3mi", "/unduh/instansi.csv?q=bp3mi"),
        ("/kesepakatan/NK-2025-001/", "/unduh/ruang-lingkup.xlsx?kode=NK-2025-001"),
    ):
        page = browser.get(address).content.decode()
        assert f'href="{link}"' in page, address


def told_in(browser, kind, query):
    """What the second sheet of the workbook says of the filters."""
    book = load_workbook(io.BytesIO(browser.get(f"/unduh/{kind}.xlsx?{query}").content))
    return [row[0].value for row in book["Filter yang dipakai"]][1:] if len(book.sheetnames) > 1 else []


@pytest.mark.parametrize(
    ("kind", "query", "words"),
    [
        ("komitmen", "status=RUNNING&tenggat=14", ["Status: Berjalan", "Tenggat dalam 14 hari"]),
        ("komitmen", "kondisi=apa", ['Filter Keadaan "apa" tidak dikenal dan diabaikan.']),
        ("komitmen", "urut=kode", []),
        ("pertemuan", "status=draf&dari=2026-01-01", ["Keadaan: Draf", "Dari: 1 Januari 2026"]),
        ("pertemuan", "mitra=x", ["Isian filter yang tidak dikenal diabaikan: Instansi mitra."]),
        ("ruang-lingkup", "kode=NK-2025-001", ["Kesepakatan: NK-2025-001"]),
        ("instansi", "q=+bp3mi", ["Cari: bp3mi"]),
        ("kesepakatan", "", []),
        (
            "perubahan",
            "kesepakatan=NK-2025-001&dari=1+Januari+2026&sampai=1+Maret+2026",
            ["Kesepakatan: NK-2025-001", "Dari 1 Januari 2026 sampai 1 Maret 2026"],
        ),
    ],
)
def test_a_workbook_names_the_filters_of_its_page(as_person, petugas, commitment, agreement, kind, query, words):
    assert told_in(as_person(petugas), kind, query) == words


def test_a_word_file_names_its_filters_and_a_table_of_text_in_its_name(as_person, petugas, commitment):
    browser, query = as_person(petugas), "kondisi=LATE&q=pelatihan+kerja"

    assert "Filter yang dipakai: Cari: pelatihan kerja; Keadaan: Melewati tenggat" in [
        paragraph.text for paragraph in word_of(browser, "komitmen", query).paragraphs
    ]
    narrowed = browser.get(f"/unduh/komitmen.csv?{query}").headers["Content-Disposition"]
    assert narrowed.endswith('-cari-pelatihan-kerja-keadaan-melewati-tenggat.csv"')
    whole = browser.get("/unduh/komitmen.csv").headers["Content-Disposition"]
    assert whole == f'attachment; filename="komitmen-{timezone.localdate():%Y-%m-%d}.csv"'
    assert len(rows_of(browser, "komitmen", query)) == 1  # plain rows under a head


@pytest.mark.parametrize("ext", ["xlsx", "docx"])
def test_a_list_too_long_for_its_format_says_so_and_offers_what_goes(as_person, petugas, commitment, monkeypatch, ext):
    monkeypatch.setitem(export.MOST_AT_ONCE, ext, 0)

    page = as_person(petugas).get(f"/unduh/komitmen.{ext}?urut=kode&celah=ruang-lingkup").content.decode()

    assert "lebih dari 0 baris" in page
    assert "Filter yang dipakai: Belum dikaitkan dengan ruang lingkup" in page
    assert 'href="/unduh/komitmen.csv?urut=kode&amp;celah=ruang-lingkup"' in page
    assert not ExportJob.objects.exists()


def test_many_rows_cost_as_many_queries_as_one(as_person, petugas, bp3mi, agreement, city):
    browser = as_person(petugas)
    for kind in ("pertemuan", "kesepakatan", "instansi"):
        counts = []
        rows_of(browser, kind)  # the first visit warms up
        for _round in range(2):
            for _n in range(8):
                AgreementFactory(host_agency=bp3mi, parties=[city])
                MeetingFactory(host_agency=bp3mi, counterpart=city, agreement=agreement, present=[city])
                AgencyFactory(parent=city)
            with CaptureQueriesContext(connection) as queries:
                rows_of(browser, kind)
            counts.append(len(queries))
        assert counts[0] == counts[1], kind


def test_a_thousand_rows_of_words_are_written_in_seconds(bp3mi, now):
    listing = export.Listing(
        "komitmen", "Komitmen", (Column("Kode"), Column("Komitmen")), [],
        lambda: ((f"K-{n}", "Sosialisasi peluang kerja " * 4) for n in range(1_000)), is_example=False,
    )  # fmt: skip
    began = time.perf_counter()

    content = word_list.write_list(listing, agency=bp3mi, at=now)

    assert len(Document(io.BytesIO(content)).tables[0]._tbl.tr_lst) == 1_001
    assert time.perf_counter() - began < 5
