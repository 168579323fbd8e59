"""Nobody is shut out of the pages before, in and after a meeting: desk, phone, dark, and 320 px wide."""

import re

import pytest

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.people import complaints_of_axe, field, told
from tests.journeys.test_everyday import NARROW, overflow

pytestmark = pytest.mark.journey

RELEASE = """Kota Administrasi Contoh dan BP3MI Jakarta Bertemu

Jakarta (12/2/2026) - BP3MI Jakarta menggelar audiensi dengan Kota Administrasi Contoh.
Pertemuan menghasilkan kesepakatan, antara lain penyusunan modul pembekalan dan pendataan keluarga pekerja migran.
“Kami siap membuka layanan informasi,” ujar Kepala Suku Dinas Contoh A.
"""
TABLE = """Komitmen\tPIC\tTenggat\tStatus
Pelatihan bahasa\tSudin Contoh A\t30 Juni 2027\tproses
Uji coba\tDinas Entah\tsegera\t-
"""
FORMS = ("/pertemuan/tempel/", "/pertemuan/impor/", "/pertemuan/rencana/")
OF_A_MEETING = (
    "", "hadir/", "hadir-mandiri/", "foto-daftar-hadir/", "rapat/", "notula/", "gabung/",
    "pernyataan/", "ubah/", "komitmen/",
)  # fmt: skip
OF_SENT_MINUTES = ("notula/", "notula/perbaiki/", "notula/tanggapan/", "notula/pengesahan/")
OF_A_PLAN = ("", "rencana/", "tunda/", "batalkan/")
OF_A_COMMITMENT = ("gabung/", "sumber/", "lengkapi/")


@pytest.fixture
def officer(sign_in, example_copy):
    return sign_in(example_copy, "petugas.bp3mi")


def wrong_with(page):
    """What shuts people out of the page that is open, by the way of looking at it."""
    page.evaluate("document.querySelectorAll('main details').forEach(folded => { folded.open = true })")
    found = {"at a desk": complaints_of_axe(page)}
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    found["on a phone in the dark"] = complaints_of_axe(page) + overflow(page)
    page.set_viewport_size(NARROW)
    found["at 320 px"] = overflow(page)
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    return {how: wrong for how, wrong in found.items() if wrong}


def look_at(page, places):
    """What is wrong with pages that must exist, by address."""
    found = {}
    for place in places:
        answer = page.goto(place)
        assert answer.status == 200, place
        found[place] = wrong_with(page)
    return {place: wrong for place, wrong in found.items() if wrong}


@pytest.fixture
def meeting(officer):
    """The address of a meeting held today, with one commitment, made known."""
    officer.goto("/pertemuan/catat/?konsep=baru")
    field(officer, "Instansi mitra").fill("kota-contoh")
    field(officer, "Notula singkat").fill("Dibahas penyuluhan di kelurahan (contoh).")
    field(officer, "Komitmen, satu baris satu komitmen").fill("Penyuluhan di kelurahan (contoh) @contoh-a =2 kali")
    told(officer, "Terbaca 1 komitmen")
    officer.get_by_role("button", name="Simpan dan sampaikan").click()
    doubts = officer.get_by_label("Simpan meskipun ada peringatan")  # the example met the same office yesterday
    doubts.first.wait_for()
    for doubt in doubts.all():
        doubt.check()
    officer.get_by_role("button", name="Simpan dan sampaikan").click()
    officer.wait_for_url(re.compile("/pertemuan/A-"))
    return re.search(r"/pertemuan/A-\d+-\d+/", officer.url)[0]


def test_the_forms_that_begin_with_a_text_a_table_or_a_plan(officer):
    assert look_at(officer, FORMS) == {}


def test_every_page_of_a_meeting(officer, meeting):
    assert look_at(officer, [meeting + place for place in OF_A_MEETING]) == {}


def test_every_page_that_the_list_of_those_present_leads_to(officer):
    officer.goto("/pertemuan/")
    meeting = officer.get_by_role("link", name=re.compile("Rapat koordinasi")).first.get_attribute("href")
    officer.goto(f"{meeting}pernyataan/")
    field(officer, "Penutur").fill("Kepala Suku Dinas Contoh A")
    field(officer, "Kutipan").fill("Kami siap membuka layanan informasi.")
    officer.get_by_role("button", name="Simpan").first.click()
    officer.wait_for_url(re.compile("/pertemuan/A-[0-9-]+/(?!pernyataan)"))
    found = set()
    for place in (meeting, f"{meeting}hadir/"):
        officer.goto(place)
        links = officer.locator(f'main a[href^="{meeting}"]').evaluate_all("all => all.map(a => a.pathname)")
        found |= {link for link in links if re.search(r"/\d+/$", link)}

    assert len(found) >= 4  # three people and the statement
    assert look_at(officer, sorted(found)) == {}


def test_what_was_read_in_a_pasted_text(officer):
    officer.goto("/pertemuan/tempel/?konsep=baru")
    field(officer, "Siaran pers atau notula").fill(RELEASE)
    officer.get_by_role("button", name="Uraikan").click()
    officer.get_by_role("heading", name="Periksa hasil bacaan").wait_for()

    assert wrong_with(officer) == {}


def test_what_was_read_in_a_table(officer):
    officer.goto("/pertemuan/impor/?konsep=baru")
    officer.locator("textarea").first.fill(TABLE)
    officer.get_by_role("button", name="Baca tabel").click()
    officer.get_by_role("button", name="Simpan draf").wait_for()

    assert wrong_with(officer) == {}


def test_a_planned_meeting_and_how_it_is_changed(officer):
    officer.goto("/pertemuan/rencana/")
    field(officer, "Instansi mitra").fill("kota-contoh")
    field(officer, "Tanggal").fill("2 Maret 2027")
    officer.get_by_role("button", name="Simpan rencana").click()
    officer.wait_for_url(re.compile("/pertemuan/A-"))
    plan = re.search(r"/pertemuan/A-\d+-\d+/", officer.url)[0]

    assert look_at(officer, [plan + place for place in OF_A_PLAN]) == {}


def test_pages_of_a_commitment(officer):
    officer.goto("/komitmen/?q=Penyuluhan&status=RUNNING")  # of the example, shared and open: every page exists
    commitment = officer.locator('main a[href^="/komitmen/K-"]').first.get_attribute("href")

    assert look_at(officer, [commitment + place for place in OF_A_COMMITMENT]) == {}


def test_minutes_that_were_sent_and_what_comes_back(officer, meeting):
    officer.goto(f"{meeting}notula/")
    officer.get_by_role("button", name="Simpan dan sampaikan notula").click()
    officer.get_by_role("link", name="Perbaiki").first.wait_for()

    assert look_at(officer, [meeting + place for place in OF_SENT_MINUTES]) == {}


def test_the_door_of_a_room_and_the_names_that_came_in(officer, meeting, new_page, example_copy):
    room = f"{meeting}hadir-mandiri/"
    officer.goto(room)
    officer.get_by_role("button", name="Buka daftar hadir mandiri").click()
    officer.get_by_role("heading", name="Pindai untuk mencatat kehadiran").wait_for()
    door = re.search(r"/h/[\w-]+/", officer.content())[0]
    guest = new_page(example_copy, viewport=PHONE)

    assert look_at(guest, [door]) == {}

    for label, words in (("Nama", "Pegawai Contoh"), ("Jabatan", "Staf"), ("Instansi", "Dinas Entah")):
        field(guest, label).fill(words)
    guest.locator("main form [type=submit]").first.click()
    guest.wait_for_load_state()
    assert wrong_with(guest) == {}

    officer.goto(room)
    officer.get_by_text("Pegawai Contoh").first.wait_for()
    assert wrong_with(officer) == {}


def test_a_draft_that_was_left_on_the_desk(officer):
    officer.goto("/pertemuan/catat/?konsep=baru")
    field(officer, "Tempat").fill("Ruang rapat contoh yang ditinggalkan")
    officer.wait_for_timeout(7000)  # kept within five seconds of the last key

    assert look_at(officer, ["/", "/pertemuan/catat/"]) == {}
