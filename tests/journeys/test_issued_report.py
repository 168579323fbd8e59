"""Press, from Beranda to an issued report that answers for itself; then a fact changes and the paper says so."""

import hashlib
import io
import re
import shutil

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.people import CODE, complaints_of_axe, download, field, fill, pdf_text, told
from tests.journeys.running import start_copy
from tests.journeys.test_one_office import name_the_source
from tests.pictures import tiny_png
from tests.services import need

pytestmark = pytest.mark.journey

AGREEMENT = "NK-2025-001"
MOST_CLICKS = 5


@pytest.fixture
def copy(example_home):
    """A copy of the example of our own, since this journey changes it."""
    running = start_copy(example_home("terbit"))
    yield running
    running.stop()


@pytest.mark.parametrize("javascript", [True, False], ids=["dengan-javascript", "tanpa-javascript"])
def test_an_issued_report_answers_for_itself(copy, sign_in, new_page, tmp_path, javascript, monkeypatch):
    if not javascript:  # axe is a script itself
        monkeypatch.setattr(f"{__name__}.complaints_of_axe", lambda page: [])
    need(shutil.which("pdftotext"), "poppler-utils (uji isi PDF)")
    press = sign_in(copy, "humas.bp3mi", javascript=javascript)
    officer = sign_in(copy, "petugas.bp3mi", javascript=javascript)
    stranger = new_page(copy, javascript=javascript, viewport=PHONE)
    proof = claim_one_is_done(officer)
    verify_it(sign_in(copy, "pimpinan.bp3mi", javascript=javascript), officer.url)

    code, pdf = issue_from_home(press)
    expect_valid(stranger, code, pdf, tmp_path)
    from_figure_to_proof(press, pdf, proof)
    merge_the_last_line_away(officer)
    issue_an_erratum(press, code)
    expect_erratum(stranger, code)
    newer = issue_a_revision(press, code)
    expect_replaced(stranger, code, newer)
    path = tmp_path / "lama.pdf"
    path.write_bytes(pdf)
    assert "sesuai" in copy.manage("verify_report", str(path))
    assert "utuh" in copy.manage("verify_audit")


def issue_from_home(page):
    """From Beranda to the issued PDF within five clicks; returns its code and the file."""
    clicks = 0

    def click(found):
        nonlocal clicks
        clicks += 1
        found.first.click()

    page.goto("/")
    click(page.get_by_role("navigation").get_by_role("link", name="Laporan", exact=True))
    click(page.get_by_role("button", name=re.compile(f"Susun PDF .*{AGREEMENT}")))
    page.wait_for_url(CODE, timeout=60_000)
    code = CODE.search(page.url)[1]
    click(page.get_by_role("link", name="Terbitkan", exact=True))
    click(page.get_by_role("button", name="Terbitkan", exact=True))
    told(page, f"Laporan {code} diterbitkan.")
    clicks += 1
    pdf = download(page, page.get_by_role("link", name="Unduh PDF", exact=True))
    assert clicks <= MOST_CLICKS
    assert code in pdf_text(pdf)
    assert complaints_of_axe(page) == []
    return code, pdf


def expect_valid(page, code, pdf, folder):
    """A stranger types the code from the paper and compares the file, which is the issued one."""
    page.goto("/v/")
    field(page, "Kode dokumen").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Periksa", exact=True).click()
    expect(page.get_by_role("heading", name="Tercatat dan berlaku")).to_be_visible()
    for content, words in ((pdf, "Sama dengan berkas yang diterbitkan."), (pdf + b"\n", "Berbeda dengan semua berkas")):
        path = folder / "kiriman.pdf"
        path.write_bytes(content)
        page.get_by_label("Berkas").set_input_files(path)
        page.get_by_role("button", name="Bandingkan").click()
        expect(page.locator("#bandingkan .notice")).to_contain_text(words)
    assert complaints_of_axe(page) == []


def claim_one_is_done(page):
    """A promise of the real meeting is reported as done, with a picture for everybody; returns the stored bytes."""
    page.goto(f"/komitmen/?kesepakatan={AGREEMENT}&urut=kode")
    page.locator("main a[href^='/komitmen/K-']").first.click()
    page.get_by_role("link", name="Laporkan selesai").click()
    fill(page, Apa_yang_sudah_diselesaikan="Kegiatan pertama terlaksana.")
    if field(page, "Sumber").count():
        name_the_source(page)
    field(page, "Berkas bukti").set_input_files(
        {"name": "kegiatan.png", "mimeType": "image/png", "buffer": tiny_png()}
    )  # fmt: skip
    page.get_by_label("Bukti ini umum").check()
    page.get_by_role("button", name="Laporkan selesai").click()
    told(page, "Menunggu verifikasi")
    page.wait_for_url("**/komitmen/K-*/")
    return download(page, page.locator('main a[href^="/bukti/"]').first)


def verify_it(page, address):
    """Another person looks at the picture and decides."""
    page.goto(f"{address}verifikasi/")
    page.get_by_role("button", name="Nyatakan selesai").click()
    told(page, "dinyatakan selesai.")


def from_figure_to_proof(page, pdf, proof):
    """The printed number is a link to its rows; there the picture lies that was frozen with it: two steps."""
    address = linked_figures(pdf)["verified"]
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Selesai dan terverifikasi: 1")
    link = page.locator("main").get_by_role("link", name="kegiatan.png")
    expect(page.locator("main")).to_contain_text(hashlib.sha256(proof).hexdigest()[:12])
    assert download(page, link) == proof


def linked_figures(pdf):
    """The addresses behind the printed numbers, by the name of the figure."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        notes = [note for page in document.pages for note in page.get("/Annots", ())]
        links = [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]
    return {link.split("/")[-2]: link for link in links if "/angka/" in link}


def merge_the_last_line_away(page):
    """The fact that changes: one of the counted lines turns out to be another one's double."""
    page.goto(f"/kesepakatan/{AGREEMENT}/")
    codes = sorted(set(re.findall(r"/komitmen/(K-\d{4}-\d{3})/", page.content())))
    if len(codes) < 2:
        page.goto(f"/komitmen/?kesepakatan={AGREEMENT}")
        codes = sorted(set(re.findall(r"/komitmen/(K-\d{4}-\d{3})/", page.content())))
    page.goto(f"/komitmen/{codes[-1]}/gabung/")
    field(page, "Kode catatan lain").fill(codes[0])
    page.get_by_role("button", name="Gabungkan").click()
    told(page, codes[0])


def issue_an_erratum(page, code):
    """The difference is found on demand, read, and issued."""
    page.goto(f"/laporan/{code}/")
    page.get_by_role("button", name="Periksa ralat").click()
    expect(page.get_by_role("heading", name="Lembar Ralat 1")).to_be_visible()
    told(page, "Jumlah komitmen")
    told(page, "digabung ke")
    assert complaints_of_axe(page) == []
    page.get_by_role("button", name="Terbitkan Lembar Ralat").click()
    told(page, "Lembar Ralat 1 diterbitkan.")
    assert "Lembar Ralat 1" in pdf_text(download(page, page.get_by_role("link", name="Unduh PDF")))


def expect_erratum(page, code):
    page.goto(f"/v/{code}/")
    expect(page.get_by_role("heading", name="Tercatat dan berlaku")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Lembar Ralat 1")


def issue_a_revision(page, code):
    """The next revision of the same report; returns its code."""
    page.goto(f"/laporan/{code}/")
    page.get_by_role("button", name="Buat revisi").click()
    page.wait_for_url(lambda url: CODE.search(url) is not None and code not in url, timeout=60_000)
    newer = CODE.search(page.url)[1]
    page.get_by_role("link", name="Terbitkan", exact=True).click()
    expect(page.locator("main")).to_contain_text(f"revisi 1 ({code})")
    page.get_by_role("button", name="Terbitkan", exact=True).click()
    told(page, f"Laporan {newer} diterbitkan.")
    expect(page.locator("main")).to_contain_text("Revisi 2")
    return newer


def expect_replaced(page, code, newer):
    page.goto(f"/v/{code}/")
    expect(page.get_by_role("heading", name="Sudah digantikan")).to_be_visible()
    page.get_by_role("link", name=re.compile(f"revisi 2 .*{newer}")).click()
    expect(page.get_by_role("heading", name="Tercatat dan berlaku")).to_be_visible()
