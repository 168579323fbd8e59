"""A meeting on the wall, by keyboard alone, and names that arrive from phones while it is held."""

import re

import pytest

from tests.journeys.conftest import PHONE
from tests.journeys.people import field, told

pytestmark = pytest.mark.journey


@pytest.fixture
def officer(sign_in, example_copy):
    return sign_in(example_copy, "petugas.bp3mi")


@pytest.fixture
def wall(officer):
    """Mode rapat, begun from the log page with a partner and three of its offices."""
    officer.goto("/pertemuan/catat/?konsep=baru")
    field(officer, "Instansi mitra").fill("kota-contoh")
    field(officer, "Instansi mitra").press("Tab")
    for office in ("contoh-a", "contoh-b", "contoh-c"):
        officer.locator(f"label[for=hadir-{office}]").click()
    officer.get_by_role("button", name="Mode rapat").click()
    officer.wait_for_load_state()
    for warning in officer.locator("input[name=abaikan_peringatan]").all():  # meetings of these days are on record
        warning.check()
    if officer.url.endswith("/catat/"):
        officer.get_by_role("button", name="Mode rapat").click()
    officer.wait_for_url(re.compile("/rapat/"))
    return officer


def test_lines_are_typed_read_back_and_agreed_without_a_mouse(wall):
    wall.keyboard.press("n")
    wall.keyboard.type("Mengunjungi sekolah bersama (contoh) @contoh-a /+2b")
    told(wall, "Terbaca 1 komitmen")
    wall.keyboard.press("Escape")
    wall.keyboard.press("Control+Enter")
    told(wall, "1 komitmen tersimpan sebagai draf")

    wall.get_by_role("link", name="Bacakan dan sepakati").first.press("Enter")
    wall.get_by_text("akan mengunjungi sekolah bersama (contoh) paling lambat").wait_for()
    wall.keyboard.press("j")
    wall.keyboard.press(" ")
    wall.keyboard.press("Control+Enter")

    told(wall, "Kesepakatan dalam rapat dicatat pada 1 komitmen.")
    told(wall, "1 dari 1 disepakati")


def test_letters_are_large_enough_for_the_back_row(wall):
    small = wall.evaluate(
        """() => [...document.querySelectorAll("main *")]
             .filter((e) => e.childNodes.length && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
             .filter((e) => e.getClientRects().length && !e.closest(".visually-hidden, kbd"))
             .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 24)
             .map((e) => e.outerHTML.slice(0, 90))"""
    )

    assert small == []


def test_shortcuts_can_be_turned_off(wall):
    wall.get_by_role("button", name="Matikan pintasan").click()
    wall.keyboard.press("n")

    assert wall.evaluate("document.activeElement.id") != "id_lines"


def test_a_name_from_a_phone_appears_on_the_wall_by_itself(wall, new_page, example_copy):
    wall.goto(re.sub("rapat/.*", "hadir-mandiri/", wall.url))
    wall.get_by_role("button", name="Buka daftar hadir mandiri").click()
    wall.get_by_role("heading", name="Pindai untuk mencatat kehadiran").wait_for()
    guest = new_page(example_copy, javascript=False, viewport=PHONE)
    guest.goto(re.search(r"/h/[\w-]+/", wall.content())[0])

    field(guest, "Nama").fill("Peserta Contoh")
    field(guest, "Instansi").fill("Suku Dinas Contoh A")
    guest.get_by_role("button", name="Catat kehadiran saya").click()

    assert "tercatat" in guest.inner_text("main")
    wall.get_by_text("Peserta Contoh", exact=True).first.wait_for(timeout=9000)
