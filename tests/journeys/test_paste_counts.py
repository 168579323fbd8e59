"""A pasted release becomes a checked draft at the cost that is said: keys, clicks and loads counted in the browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.people import complaints_of_axe, field, told
from tests.journeys.running import ROOT, start_copy
from tests.journeys.test_logging_counts import OFFICES, counts, signed_out_with_saved_credentials

pytestmark = pytest.mark.journey

SEED = ROOT.parent / "shared" / "samples" / "seed.txt"
MOST_KEYS, MOST_CLICKS = 60, 8
BOX = "Siaran pers atau notula"
RELEASE = """BP3MI Jakarta dan Kota Administrasi Uji Sepakati Lima Langkah

Jakarta, (12/2) - BP3MI Jakarta menggelar audiensi dengan Kota Administrasi Uji pada Kamis (12/2/2026).
Audiensi dipimpin Kepala BP3MI Jakarta dan dihadiri Suku Dinas Uji Niaga, Suku Dinas Uji Kerja, Suku Dinas Uji \
Pengajaran I, Suku Dinas Uji Pengajaran II, Suku Dinas Uji Urusan Sosial, serta Suku Dinas Uji Warga.
Pertemuan ini menindaklanjuti Nota Kesepakatan yang ditandatangani pada 29 Oktober 2025.
“Kami siap membuka layanan informasi di setiap kelurahan,” ujar Kepala BP3MI Jakarta.
Audiensi tersebut menghasilkan lima kesepakatan, antara lain penyusunan modul pembekalan bagi calon pekerja, \
pembukaan pojok informasi di kantor kelurahan, pendataan keluarga pekerja migran, pelatihan pendamping warga, serta \
penjajakan pembentukan pos pengaduan terpadu.
Kedua pihak berharap kerja sama ini terus berlanjut.
"""
OWNERS = ("ajar1,2", "kerja", "sosi,warga", "kerja", "kotauji")


@pytest.fixture(scope="module")
def copy(example_home):
    """A copy of its own, so that what is counted does not depend on what others logged."""
    copy = start_copy(example_home("tempel"))
    copy.manage("shell", "-c", OFFICES)
    yield copy
    copy.stop()


@pytest.fixture
def checked(sign_in, copy):
    """The second step for a text: ``checked(RELEASE, viewport=PHONE)``."""

    def _checked(text=RELEASE, **options):
        page = sign_in(copy, "petugas.bp3mi", **options)
        page.goto("/pertemuan/tempel/?konsep=baru")
        field(page, BOX).fill(text)
        page.get_by_role("button", name="Uraikan").click()
        told(page, "Periksa hasil bacaan")
        return page

    return _checked


def copied(new_page, copy, text):
    """The sign-in page with saved credentials, and a text on the clipboard as if copied from elsewhere."""
    page = signed_out_with_saved_credentials(
        lambda where: new_page(where, permissions=["clipboard-read", "clipboard-write"]), copy
    )
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.evaluate("window.name = ''")
    return page


def paste_and_read(page):
    """From the sign-in page to the second step."""
    page.locator("main form [type=submit]").click()
    page.get_by_role("link", name="Catat pertemuan").first.click()
    page.get_by_role("link", name="Tempel siaran pers").click()
    expect(field(page, BOX)).to_be_focused()
    page.keyboard.press("Control+V")
    page.keyboard.press("Control+Enter")
    told(page, "Periksa hasil bacaan")


def row(page, words):
    """The row of a commitment."""
    return page.locator("[data-row]").filter(has_text=words)


def fill_rows(page, owners, due):
    """Owners one below the other with Enter, then one date for all."""
    page.locator("input[data-owner]").first.click()
    for place, owner in enumerate(owners):
        if place:
            page.keyboard.press("Enter")
        page.keyboard.type(owner)
    field(page, "Tenggat semua").click()
    page.keyboard.type(due)


def test_a_pasted_release_costs_60_keys_and_8_clicks_at_most(new_page, copy):
    page = copied(new_page, copy, RELEASE)
    paste_and_read(page)
    expect(page.get_by_role("group", name="Instansi hadir (6)")).to_be_visible()
    expect(field(page, "Tanggal")).to_have_value("Kamis, 12 Feb 2026")
    fill_rows(page, OWNERS, "30jun")

    page.keyboard.press("Control+Enter")
    told(page, "Disampaikan: 5 komitmen")

    spent = counts(page)
    print(f"\npasted: {spent}")
    assert spent["keys"] <= MOST_KEYS, spent
    assert spent["clicks"] <= MOST_CLICKS, spent
    told(page, "Pendataan keluarga pekerja migran")
    told(page, "Sudin Uji Urusan Sosial + 1 pendukung")
    told(page, "tenggat 30 Jun 2026 (usulan)")
    page.get_by_role("link", name="Pelatihan pendamping warga").click()
    page.get_by_role("link", name="Lihat dalam sumber").click()
    expect(page.locator("mark")).to_have_text("pelatihan pendamping warga")


@pytest.mark.skipif(not SEED.exists(), reason="the public release is not here")
def test_the_public_release_costs_no_more(new_page, copy):
    page = copied(new_page, copy, SEED.read_text(encoding="utf-8").split("\n", 1)[1])
    paste_and_read(page)
    expect(page.get_by_role("group", name="Instansi hadir (6)")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(5)
    fill_rows(page, ("dik1,2", "naker", "sos,ppapp", "naker", "jakbar"), "30jun")

    page.keyboard.press("Control+Enter")
    told(page, "Mungkin sudah dicatat oleh BP3MI Jakarta")  # the example holds this very meeting
    page.locator("[name=abaikan_peringatan]").click()
    page.keyboard.press("Control+Enter")
    told(page, "Disampaikan: 5 komitmen")

    spent = counts(page)
    print(f"\npasted: {spent}")
    assert spent["keys"] <= MOST_KEYS, spent
    assert spent["clicks"] <= MOST_CLICKS, spent


def test_the_same_without_javascript(checked):
    page = checked(RELEASE.replace("Kamis (12/2/2026)", "Jumat (13/3/2026)"), javascript=False)
    first = row(page, "Penyusunan modul pembekalan")
    expect(first.get_by_role("checkbox")).to_be_checked()
    page.locator("input[data-owner]").first.fill("ajar1,2")
    field(page, "Tenggat semua").fill("30jun")

    page.get_by_role("button", name="Periksa", exact=True).last.click()
    told(first, "Sudin Uji Pengajaran I + 1 pendukung · tenggat Selasa, 30 Juni 2026 · usulan")
    page.get_by_text("Pilih kalimat menjadi komitmen").click()
    page.get_by_label("Kedua pihak berharap kerja sama ini terus berlanjut.").check()
    page.locator(".paste-sentences").get_by_role("button", name="Jadikan komitmen").click()
    expect(row(page, "Kedua pihak berharap")).to_be_visible()
    expect(page.locator("input[data-owner]").first).to_have_value("ajar1,2")
    first.get_by_role("link", name="lihat sumber").click()
    expect(page.locator(page.url.partition("konsep=baru")[2] or "#" + page.url.partition("#")[2])).to_be_visible()
    page.get_by_role("button", name="Simpan draf").click()

    told(page, "Draf tersimpan: 6 komitmen")


def test_field_and_source_follow_each_other(checked):
    page = checked()
    owner = row(page, "Pelatihan pendamping warga").locator("input[data-owner]")

    owner.focus()
    marked = page.locator("mark.is-current")
    expect(marked).to_contain_text("pelatihan pendamping warga")
    expect(marked).to_be_in_viewport()

    page.get_by_role("region", name="Teks sumber").get_by_text("penjajakan pembentukan pos pengaduan").click()
    expect(row(page, "Penjajakan pembentukan pos").get_by_role("checkbox")).to_be_focused()


def test_y_and_x_tick_a_row_and_tab_goes_to_its_owner(checked):
    page = checked()
    line = row(page, "Pembukaan pojok informasi")
    line.get_by_role("checkbox").focus()

    page.keyboard.press("x")
    expect(line.get_by_role("checkbox")).not_to_be_checked()
    told(line, "tidak disimpan")
    page.keyboard.press("y")
    expect(line.get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("Tab")
    expect(line.get_by_role("link", name="lihat sumber")).to_be_focused()
    page.keyboard.press("Tab")

    expect(line.locator("input[data-owner]")).to_be_focused()
    page.keyboard.type("xy")
    expect(line.locator("input[data-owner]")).to_have_value("xy")
    expect(line.get_by_role("checkbox")).to_be_checked()


def test_selected_words_become_a_commitment(checked):
    page = checked()
    page.evaluate(
        """() => {
          const words = [...document.querySelectorAll('#teks-sumber [data-start]')].at(-1);
          const from = words.textContent.indexOf('kerja sama');
          document.getSelection().setBaseAndExtent(words.firstChild, from, words.firstChild, from + 27);
        }"""
    )

    page.get_by_role("button", name="Jadikan komitmen: teks terpilih").click()

    line = row(page, "Kerja sama ini terus berlanjut")
    expect(line).to_be_visible()
    expect(line.locator("input[data-owner]")).to_be_focused()


def test_a_wrong_code_is_said_beside_its_row_while_typing(checked):
    page = checked()
    line = row(page, "Pelatihan pendamping warga")

    line.locator("input[data-owner]").fill("kerjaa")

    told(line, '"@kerjaa" tidak dikenal. Maksud Anda @kerja')


def test_nobody_is_shut_out(checked):
    page = checked()
    page.evaluate("document.querySelectorAll('main details').forEach(folded => { folded.open = true })")
    assert complaints_of_axe(page) == []

    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    assert complaints_of_axe(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_source_is_folded_and_a_link_opens_it(checked):
    page = checked(viewport=PHONE)
    source = page.get_by_role("region", name="Teks sumber")
    expect(source).to_be_hidden()

    row(page, "Pelatihan pendamping warga").get_by_role("link", name="lihat sumber").click()

    expect(source).to_be_visible()
    expect(page.locator("mark.is-current")).to_be_in_viewport()


def test_a_word_file_is_read_as_the_text_is(checked, tmp_path):
    from docx import Document

    page = checked("Belum apa-apa.")
    told(page, "Tidak ada komitmen yang terbaca")
    page.get_by_role("button", name="Ganti teks").click()
    field(page, BOX).fill("")
    document = Document()
    for line in RELEASE.split("\n"):
        document.add_paragraph(line)
    path = Path(tmp_path / "Siaran pers uji.docx")
    document.save(path)
    field(page, "Atau pilih berkas").set_input_files(path)
    page.get_by_role("button", name="Uraikan").click()

    told(page, "5 komitmen terbaca")
