"""Two agencies on the example: one reports with a photo, the other verifies. With and without JavaScript."""

import datetime as dt
import io
import json
import re
import shutil

import pytest
from PIL import Image
from playwright.sync_api import expect

from reports.example.fictional import LINES
from tests.journeys.people import (
    body_of,
    download,
    field,
    fill,
    mail_to,
    make_report,
    pdf_text,
    today,
    told,
    working_days,
)
from tests.journeys.running import start_copy
from tests.services import need

pytestmark = pytest.mark.journey

GPS = 0x8825  # the EXIF directory of where a photo was taken
ORIENTATION = 0x0112


@pytest.fixture
def copy(example_home):
    """A copy of the example of our own, since this journey changes it."""
    running = start_copy(example_home("dua"))
    yield running
    running.stop()


def photo_with_place():
    """A photo as a phone takes it: on its side, with the place in it."""
    exif, stream = Image.Exif(), io.BytesIO()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "S", 2: (6.0, 10.0, 30.0), 3: "E", 4: (106.0, 49.0, 35.0)})
    Image.new("RGB", (64, 48), "#0b4f8a").save(stream, "JPEG", exif=exif)
    return stream.getvalue()


@pytest.mark.parametrize("javascript", [True, False], ids=["dengan-javascript", "tanpa-javascript"])
def test_one_agency_reports_and_the_other_verifies(copy, sign_in, new_page, javascript):
    need(shutil.which("pdftotext"), "poppler-utils (uji isi PDF)")
    unit = sign_in(copy, "petugas.contoh", javascript=javascript)
    supervisor = sign_in(copy, "pimpinan.bp3mi", javascript=javascript)
    stranger = new_page(copy, javascript=javascript)

    code = report_with_a_photo(unit, "Pelatihan bahasa")
    claim_it_is_done(unit, code)
    verify(supervisor, code)
    read_the_answer(unit, code)
    expect_a_mail_of_another_commitment(unit, copy, "Pendataan keluarga")
    code_of_report = make_a_report_of_the_example(supervisor, code)
    expect_a_draft(stranger, code_of_report)
    assert "utuh" in copy.manage("verify_audit")


def find(page, words):
    """Search the list for a commitment; returns its code and leaves its page open."""
    page.goto("/komitmen/")
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("link", name="Hapus filter", exact=True)).to_be_visible()
    page.get_by_role("table").get_by_role("link", name=words).click()
    page.wait_for_url("**/komitmen/K-*/")
    return re.search(r"K-\d{4}-\d{3,}", page.url)[0]


def report_with_a_photo(page, words):
    """One sentence, the new total, a photo from a phone."""
    code = find(page, words)
    expect(page.get_by_role("link", name="Verifikasi")).to_have_count(0)
    page.get_by_role("link", name="Tambah perkembangan").click()
    fill(page, Perkembangan="Kelas keempat selesai (contoh).", Realisasi_sampai_sekarang="4")
    photo = {"name": "kelas <empat>.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()}
    field(page, "Berkas bukti").set_input_files(photo)

    page.get_by_role("button", name="Simpan perkembangan").click()

    told(page, "Perkembangan tersimpan.")
    told(page, "4 dari 4 kelas")
    stored = Image.open(io.BytesIO(download(page, page.locator('a[href^="/bukti/"]').first)))
    assert stored.size == (48, 64)
    assert not stored.getexif()
    return code


def claim_it_is_done(page, code):
    """The photo of before is enough evidence; whoever claims does not verify."""
    page.get_by_role("link", name="Laporkan selesai").click()
    fill(page, Apa_yang_sudah_diselesaikan="Empat kelas selesai (contoh).")
    page.get_by_role("button", name="Laporkan selesai").click()
    told(page, "Menunggu verifikasi")
    assert page.goto(f"/komitmen/{code}/verifikasi/").status == 403


def verify(page, code):
    """From the front page to the decision, with the photo in view."""
    page.goto("/")
    page.get_by_role("link", name="Buka antrean").click()
    page.get_by_role("link", name="Pelatihan bahasa").click()
    told(page, "Empat kelas selesai (contoh).")
    expect(page.locator("main img").first).to_be_visible()
    page.get_by_role("button", name="Nyatakan selesai").click()
    told(page, f"{code} dinyatakan selesai.")


def read_the_answer(page, code):
    """The agency that reported is told."""
    page.goto("/pemberitahuan/")
    page.get_by_role("link", name=code).first.click()
    told(page, "Selesai (terverifikasi)")


def expect_a_mail_of_another_commitment(page, copy, words):
    """The reminder a week before, on the working day it falls on."""
    code = find(page, words)
    due = today() + dt.timedelta(days=next(line.due for line in LINES if line.wording.startswith(words)))
    day = working_days().last_on_or_before(due - dt.timedelta(days=7))

    count = json.loads(copy.manage("remind", "--on", f"{day}T07:30", "--json"))

    assert count["sent"] >= 1
    mail = mail_to(copy, "petugas.contoh@simpul.example", code)
    assert f"{(due - day).days} hari" in body_of(mail)
    assert f"/komitmen/{code}/" in body_of(mail)


def make_a_report_of_the_example(page, code):
    """A draft that says of itself that it is an example, and that nobody can publish."""
    code_of_report = make_report(page, f"NK-{today().year}-001")
    expect(page.get_by_role("link", name="Terbitkan")).to_have_count(0)

    text = pdf_text(download(page, page.get_by_role("link", name="Unduh PDF")))

    for words in (code, code_of_report, "DATA CONTOH", "Pendidikan dan pelatihan calon pekerja migran (contoh)"):
        assert words in text, words
    page.goto(f"/laporan/{code_of_report}/terbitkan/")
    told(page, "tidak dapat diterbitkan")
    expect(page.get_by_role("button", name="Terbitkan")).to_have_count(0)
    return code_of_report


def expect_a_draft(page, code):
    """The check page of a draft promises nothing."""
    page.goto(f"/v/{code}/")
    expect(page.get_by_role("heading", name="Draf, belum diterbitkan")).to_be_visible()
