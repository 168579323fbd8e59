"""Without JavaScript nothing is missing: reading a line, the second click, a file too large, somebody faster."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import field, fill, told

pytestmark = pytest.mark.journey

LARGE = 25 * 1024 * 1024


@pytest.fixture
def officer(sign_in, example_copy):
    """The officer of the office that keeps the record, in a browser without JavaScript."""
    return sign_in(example_copy, "petugas.bp3mi", javascript=False)


def box(page):
    return field(page, "Komitmen, satu baris satu komitmen")


def test_the_lines_are_read_on_request_and_a_wrong_one_is_said_beside_the_box(officer):
    officer.goto("/pertemuan/catat/")
    box(officer).fill("Pelatihan pendamping (contoh) @conto-a /30-6-2031 =4 kali")

    officer.get_by_role("button", name="Periksa").click()

    told(officer, "Terbaca 1 komitmen")
    told(officer, "target 4 kali")
    told(officer, "contoh-a")
    expect(box(officer)).to_have_value(re.compile("@conto-a /30-6-2031"))


def test_a_second_click_saves_once(officer):
    officer.goto("/pertemuan/catat/")
    fill(officer, Tempat="Ruang klik dua kali")
    box(officer).fill("Penyusunan jadwal bersama (contoh) @contoh-a")

    officer.get_by_role("button", name="Simpan dan sampaikan").dblclick()
    told(officer, "1 komitmen")

    officer.goto("/pertemuan/?q=klik+dua+kali")
    expect(officer.get_by_role("table").get_by_role("row")).to_have_count(2)  # the head and one meeting


def test_a_file_too_large_is_named_and_nothing_typed_is_lost(officer, tmp_path):
    officer.goto("/pertemuan/catat/")
    fill(officer, Tempat="Ruang berkas besar")
    box(officer).fill("Pengiriman dokumentasi (contoh) @contoh-a")
    officer.get_by_text("Rincian lain").click()
    film = tmp_path / "film.pdf"
    film.write_bytes(b"%PDF-1.7\n" + bytes(LARGE))
    field(officer, "Berkas").first.set_input_files(film)

    with officer.expect_navigation() as answer:
        officer.get_by_role("button", name="Simpan dan sampaikan").click()

    assert answer.value.status == 413
    told(officer, "film.pdf")
    told(officer, "10 MB")
    expect(field(officer, "Tempat")).to_have_value("Ruang berkas besar")
    expect(box(officer)).to_have_value("Pengiriman dokumentasi (contoh) @contoh-a")


def test_a_page_dressed_as_a_paper_is_refused(officer):
    officer.goto("/pertemuan/catat/")
    fill(officer, Tempat="Ruang berkas palsu")
    box(officer).fill("Pengiriman surat (contoh) @contoh-a")
    officer.get_by_text("Rincian lain").click()
    page = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"<html><script>alert(1)</script></html>"}
    field(officer, "Berkas").first.set_input_files(page)

    with officer.expect_navigation() as answer:
        officer.get_by_role("button", name="Simpan dan sampaikan").click()

    assert answer.value.status == 422
    told(officer, "Berkas harus JPG, PNG, HEIC, atau PDF.")
    expect(box(officer)).to_have_value("Pengiriman surat (contoh) @contoh-a")


def test_whoever_was_slower_sees_both_versions_and_keeps_the_own(officer, sign_in, example_copy):
    faster = sign_in(example_copy, "pimpinan.bp3mi", javascript=False)
    officer.goto("/komitmen/?q=Koordinasi+data")
    officer.get_by_role("table").get_by_role("link", name="Koordinasi data").click()
    officer.get_by_role("link", name="Lengkapi atau ubah").click()
    faster.goto(officer.url)
    fill(faster, Target="7", Satuan="rapat")
    faster.get_by_role("button", name="Simpan", exact=True).click()
    told(faster, "7 rapat")

    fill(officer, Target="9", Satuan="berkas")
    with officer.expect_navigation() as answer:
        officer.get_by_role("button", name="Simpan", exact=True).click()

    assert answer.value.status == 409
    told(officer, "Pimpinan BP3MI Jakarta mengubah isian ini")
    told(officer, "rapat")
    expect(field(officer, "Target")).to_have_value("9")
    expect(field(officer, "Satuan")).to_have_value("berkas")

    for choice in officer.locator("input[value=saya]").all():
        choice.check()
    field(officer, "Alasan perubahan").fill("Dihitung ulang")
    officer.get_by_role("button", name="Simpan", exact=True).click()
    told(officer, "9 berkas")
