"""Everyday use: by keyboard, on a phone, with an assistive device, and without telling anybody else."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.people import complaints_of_axe, field, tab_to, told
from tests.journeys.running import PASSWORD

pytestmark = pytest.mark.journey

NARROW = {"width": 320, "height": 640}  # 1280 px at 400 %, see WCAG 2.2 success criterion 1.4.10
UNKNOWN = "/v/7KQ4-M2XD-9F/"  # the only 404 of the tour
OPEN = ("/masuk/", "/lupa-sandi/", "/v/", UNKNOWN)
PLACES = (
    "/",
    "/dasbor/",
    "/komitmen/",
    "/pertemuan/",
    "/pertemuan/catat/",
    "/pertemuan/tempel/",
    "/komitmen/catat/",
    "/kesepakatan/",
    "/instansi/",
    "/laporan/",
    "/pemberitahuan/",
    "/bantuan/",
)
THINGS = (  # where a link is found, how it begins, and the pages below it
    (
        "/komitmen/?q=Penyuluhan&status=RUNNING",
        "/komitmen/K-",
        ("", "lengkapi/", "sumber/", "perkembangan/", "selesai/", "kendala/"),
    ),
    ("/pertemuan/", "/pertemuan/A-", ("", "ubah/", "komitmen/", "berkas/")),
    ("/kesepakatan/", "/kesepakatan/NK-", ("",)),
    ("/instansi/", "/instansi/bp3mi-jakarta/", ("", "narahubung/")),
)
CLAIM = ("/verifikasi/", "/komitmen/K-", ("",))
TOUR = (
    ("petugas.bp3mi", PLACES, THINGS),
    ("pimpinan.bp3mi", ("/", "/verifikasi/"), (CLAIM,)),
    ("petugas.contoh", ("/", "/komitmen/"), ()),
    ("humas.bp3mi", ("/", "/laporan/"), ()),
    ("admin", ("/", "/kelola/pengguna/", "/kelola/pengguna/undang/", "/kelola/libur/"), ()),
)
WIDEST = """() => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .filter(one => !one.closest('.table-scroll, .visually-hidden'))
    .slice(0, 3).map(one => one.outerHTML.slice(0, 160))"""


@pytest.fixture
def tour(new_page, sign_in, example_copy):
    """Every main page, one after the other: (address, page) as each account of the tour sees it."""

    def _tour():
        guest = new_page(example_copy)
        for place in OPEN:
            yield visit(guest, place), guest
        for name, places, things in TOUR:
            page = sign_in(example_copy, name)
            below = [place for thing in things for place in pages_below(page, *thing)]
            for place in (*places, *below):
                yield visit(page, place), page

    return _tour


def visit(page, place):
    """Open a page that must exist, with everything folded unfolded; return its address."""
    answer = page.goto(place)
    assert answer.status == (404 if place == UNKNOWN else 200), place
    page.evaluate("document.querySelectorAll('main details').forEach(folded => { folded.open = true })")
    return place


def overflow(page):
    """What makes a page scroll sideways at its present size."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return page.evaluate(WIDEST) or ["too wide"] if wide else []


def pages_below(page, place, beginning, endings):
    """The addresses of the first thing that a list leads to, and of what stands below it."""
    page.goto(place)
    link = page.locator(f'main a[href^="{beginning}"]').first.get_attribute("href")
    return [link + ending for ending in endings]


def test_no_page_shuts_anybody_out(tour):
    found = {}

    for place, page in tour():
        found[f"{place} at a desk"] = complaints_of_axe(page)
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        found[f"{place} on a phone in the dark"] = complaints_of_axe(page)
        page.set_viewport_size(NARROW)
        found[f"{place} at 320 px"] = overflow(page)
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")

    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_nothing_is_kept_in_the_browser_but_two_cookies(sign_in, example_copy):
    page = sign_in(example_copy, "petugas.bp3mi")

    for place in PLACES:
        page.goto(place)

    assert page.evaluate("localStorage.length") == 0
    assert len(page.context.cookies()) == 2
    assert all(cookie["httpOnly"] for cookie in page.context.cookies() if "session" in cookie["name"])


def test_a_meeting_is_logged_by_keyboard_alone(new_page, example_copy):
    page = new_page(example_copy)
    page.goto("/masuk/")
    tab_to(page, page.get_by_label("Surel"))
    page.keyboard.type("petugas.bp3mi@simpul.example")
    tab_to(page, page.get_by_label("Kata sandi", exact=True))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="Catat pertemuan").first)
    page.keyboard.press("Enter")
    page.wait_for_url("/pertemuan/catat/")
    tab_to(page, field(page, "Komitmen, satu baris satu komitmen"))
    page.keyboard.type("Penyusunan jadwal monitoring (contoh) @contoh-a =2 kali")
    expect(page.get_by_role("heading", name="Terbaca 1 komitmen")).to_be_visible()

    page.keyboard.press("Control+Enter")

    told(page, "Disampaikan: 1 komitmen")


def test_a_wrong_date_is_answered_beside_its_field_and_nothing_typed_is_lost(sign_in, example_copy):
    page = sign_in(example_copy, "petugas.bp3mi")
    page.goto("/pertemuan/catat/")
    field(page, "Tanggal").fill("31 Februari 2026")
    field(page, "Tempat").fill("Ruang rapat contoh")
    page.get_by_role("button", name="Simpan dan sampaikan").click()

    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Galat:"))
    summary.get_by_role("link", name="31 Februari 2026").click()
    expect(field(page, "Tanggal")).to_be_focused()
    expect(field(page, "Tanggal")).to_have_value("31 Februari 2026")
    expect(field(page, "Tempat")).to_have_value("Ruang rapat contoh")


def test_on_a_phone_everything_is_within_reach_of_the_thumb(sign_in, example_copy):
    page = sign_in(example_copy, "petugas.contoh", viewport=PHONE)
    bar = page.get_by_role("navigation", name="Menu bawah")
    expect(bar.get_by_role("link").first).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("navigation", name="Menu utama")).to_be_hidden()

    bar.get_by_role("link", name="Komitmen").click()
    row = page.locator("tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).display") != "table-row"  # it became a card
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    bar.get_by_text("Lainnya").click()
    bar.get_by_role("link", name="Keluar").click()
    page.locator("main").get_by_role("button", name="Keluar").click()

    page.goto("/komitmen/")
    expect(page).to_have_url(re.compile(r"/masuk/\?next=/komitmen/$"))


def test_what_is_typed_is_shown_and_never_run(sign_in, example_copy):
    page = sign_in(example_copy, "petugas.bp3mi")
    harm = '<img src=x onerror="document.title=1"> <script>document.title=1</script> {{ 7|add:7 }} (contoh)'
    page.goto("/pertemuan/catat/")
    field(page, "Tempat").fill(harm)
    field(page, "Notula singkat").fill(harm)
    field(page, "Komitmen, satu baris satu komitmen").fill(f"{harm} @contoh-a")
    told(page, "Terbaca 1 komitmen")
    page.get_by_role("button", name="Simpan dan sampaikan").click()

    told(page, "Disampaikan: 1 komitmen")
    told(page, harm)
    page.get_by_role("link", name="onerror").first.click()
    page.wait_for_url("**/komitmen/K-*/")
    expect(page.get_by_role("heading", level=1)).to_have_text(harm)
    page.goto("/komitmen/?q=onerror")
    told(page.get_by_role("table"), harm)
