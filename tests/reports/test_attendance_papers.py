"""The list of those present and the empty sheet on paper."""

import io

import pytest
import time_machine
from pypdf import PdfReader

from meetings import checkin
from meetings.checkin import Entry
from meetings.models import Attendance
from reports.papers import attendance
from reports.printing.pdf import Rendered, RenderFailed
from tests.factories import at

LIST = "/pertemuan/A-2026-001/daftar-hadir.pdf"
SHEET = "/pertemuan/A-2026-001/daftar-hadir-kosong.pdf"
MORNING = at("2026-01-28", "09.00")


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture
def held(meeting, bp3mi, unit, petugas):
    bp3mi.letterhead, bp3mi.address_line = "Kementerian Uji\nBalai Uji", "Jalan Uji 1"
    bp3mi.save()
    row = Attendance.objects.get(meeting=meeting, agency=unit)
    row.name, row.post_text = "Peserta Satu", "Kepala Seksi"
    row.save()
    opened = checkin.open_door(meeting, at("2026-01-28", "12.00").time(), by=petugas, at=MORNING)
    checkin.check_in(opened, Entry("Peserta Dua", "", "Yayasan Uji"), at=MORNING)
    checkin.take_over(opened, by=petugas, at=MORNING)
    return opened


def test_the_list_names_everybody_taken_over_under_the_letterhead_and_says_that_nobody_signed(held):
    made = attendance.print_list(held, at=MORNING)

    words = text_of(made.pdf)
    for shown in (
        "BALAI UJI", "Jalan Uji 1", "Rabu, 28 Januari 2026", "Peserta Satu", "Kepala Seksi", "Suku Dinas Tenaga Kerja",
        "No. Nama", "Peserta Dua", "Yayasan Uji", "tanpa nama", "Belum ditandatangani", "dokumen internal",
    ):  # fmt: skip
        assert shown.casefold() in words.casefold()
    assert made.pages == 1


def test_what_is_struck_or_waits_is_not_printed(held, petugas):
    checkin.check_in(held, Entry("Belum Diterima", "", "Yayasan Lain"), at=MORNING)

    assert "Belum Diterima" not in text_of(attendance.print_list(held, at=MORNING).pdf)


def test_the_sheet_is_one_page_with_twenty_places(held):
    made = attendance.print_sheet(held, at=MORNING)

    words = text_of(made.pdf)
    assert made.pages == 1
    assert "BALAI UJI" in words.upper()
    assert " 20" in words
    assert "Pindai untuk mengisi di ponsel" in words
    assert "Peserta Satu" not in words


def test_a_closed_door_is_not_printed(held):
    words = text_of(attendance.print_sheet(held, at=at("2026-01-28", "15.00")).pdf)

    assert "Pindai" not in words


def test_example_rows_are_marked_on_the_page(held):
    held.is_example = True

    assert "DATA CONTOH" in text_of(attendance.print_list(held, at=MORNING).pdf)


def test_long_words_stay_on_the_one_page_of_the_sheet(held):
    held.place = "Ruang rapat dengan nama yang panjang sekali " * 4
    held.host_agency.letterhead = "\n".join(["Nama instansi yang panjang sekali di atas kertas"] * 4)

    assert attendance.print_sheet(held, at=MORNING).pages == 1


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("petugas", (200, 200)),
        ("pimpinan", (200, 200)),
        ("auditor", (200, 403)),
        ("petugas_unit", (403, 403)),
        ("humas", (403, 403)),
        ("petugas_asing", (404, 404)),
    ],
)
def test_papers_with_names_are_for_the_keeper_and_the_auditor(as_person, request, held, monkeypatch, who, statuses):
    made = Rendered(b"%PDF-", 1)
    for name in ("print_list", "print_sheet"):
        monkeypatch.setattr(f"reports.views.attendance.{name}", lambda *_args, **_more: made)
    browser = as_person(request.getfixturevalue(who))

    assert (browser.get(LIST).status_code, browser.get(SHEET).status_code) == statuses


def test_it_is_handed_out_as_an_attachment_that_nobody_keeps(as_person, petugas, held):
    with time_machine.travel(MORNING):
        response = as_person(petugas).get(LIST)

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="daftar-hadir-A-2026-001.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"%PDF-")


def test_a_paper_that_fails_says_so_on_the_meeting(as_person, petugas, held, monkeypatch):
    def broken(*_args, **_more):
        raise RenderFailed("x")

    monkeypatch.setattr("reports.views.attendance.print_list", broken)

    response = as_person(petugas).get(LIST, follow=True)

    assert "Berkas PDF belum jadi" in response.content.decode()
