"""No word is lost: the browser dies, the session ends, the network goes while somebody types."""

import os
import signal
import sqlite3
import subprocess

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARGUMENTS, PHONE
from tests.journeys.people import complaints_of_axe, field, told
from tests.journeys.running import PASSWORD, wait_for
from tests.services import chromium, free_port, need

pytestmark = pytest.mark.journey

OFFICER = "petugas.bp3mi"
LINES = "Penyuluhan keluarga (contoh) @contoh-a /30jun\nPelatihan bahasa (contoh) =2 kali"
TYPED = {
    "Instansi mitra": "Kota Administrasi Contoh",
    "Tanggal": "2 Januari 2026",  # no meeting of the example is near
    "Tempat": "Ruang rapat contoh",
    "Komitmen, satu baris satu komitmen": LINES,
    "Notula singkat": "Perkenalan.\nPembagian tugas.",
}


def open_log(page):
    """The log page with the chips of the partner, which need the server."""
    page.goto("/pertemuan/catat/")
    field(page, "Instansi mitra").fill(TYPED["Instansi mitra"])
    field(page, "Tempat").fill("Ruang lama")
    expect(page.locator("label[for=hadir-contoh-b]")).to_be_visible()
    kept(page)


def type_all(page):
    for label, words in TYPED.items():
        field(page, label).fill(words)
    page.locator("label[for=hadir-contoh-b]").click()


def all_is_back(page):
    for label, words in TYPED.items():
        expect(field(page, label)).to_have_value(words)
    expect(page.locator("#hadir-contoh-b")).to_be_checked()


def end_sessions(copy):
    """What happens when everybody has been idle too long, or a clean-up ran."""
    with sqlite3.connect(copy.home / "simpul.sqlite3", timeout=20) as database:
        database.execute("DELETE FROM django_session")


def sign_in_again(page):
    page.wait_for_url("**/masuk/**")
    told(page, "Isian terakhir tersimpan")
    page.fill("input[name=login]", f"{OFFICER}@simpul.example")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form [type=submit]")
    page.wait_for_url(lambda url: "/masuk/" not in url)


def kept(page):
    """The line above the form says that the words have reached the server."""
    expect(page.locator("[data-draft-state]")).to_contain_text("Konsep tersimpan pukul")


def test_words_are_sent_within_five_seconds_while_one_goes_on_typing(sign_in, example_copy):
    page = sign_in(example_copy, OFFICER)
    page.goto("/pertemuan/catat/")
    page.evaluate("addEventListener('input', () => { window.began = window.began || Date.now() })")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/konsep/") else None)

    box = field(page, "Notula singkat")
    for _word in range(60):
        box.press_sequentially("kata demi kata ", delay=20)
        if sent:
            break

    kept(page)
    assert sent[0].timing["startTime"] - page.evaluate("window.began") <= 5_500  # a busy machine's timers are late


def test_a_killed_browser_loses_nothing(example_copy, sign_in, tmp_path):
    need(chromium(), "chromium (uji di peramban)")
    port = free_port()
    process = subprocess.Popen(
        [chromium(), *ARGUMENTS, "--headless=new", f"--remote-debugging-port={port}", f"--user-data-dir={tmp_path}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        first = sign_in(example_copy, OFFICER)
        playwright = first.context.browser.browser_type
        other = wait_for(lambda: connected(playwright, port))
        page = other.new_context(base_url=example_copy.address).new_page()
        page.goto("/masuk/")
        page.fill("input[name=login]", f"{OFFICER}@simpul.example")
        page.fill("input[name=password]", PASSWORD)
        page.click("main form [type=submit]")
        page.wait_for_url(lambda url: "/masuk/" not in url)
        open_log(page)
        with page.expect_response("**/konsep/"):
            type_all(page)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    first.goto("/pertemuan/catat/")  # another device, the next morning

    told(first, "dilanjutkan")
    all_is_back(first)


def connected(browser_type, port):
    try:
        return browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
    except Exception:  # not listening yet
        return None


def test_an_ended_session_is_told_and_sign_in_brings_every_field_back(sign_in, example_copy):
    page = sign_in(example_copy, OFFICER)
    open_log(page)
    end_sessions(example_copy)

    type_all(page)
    told(page, "Sesi berakhir. Isian Anda tersimpan dan kembali sesudah Anda masuk lagi.")
    page.get_by_role("link", name="Masuk lagi").click()
    sign_in_again(page)

    all_is_back(page)
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="Simpan dan sampaikan").click()
    told(page, "Disampaikan: 2 komitmen")
    page.goto("/")
    expect(page.get_by_role("heading", name="Konsep yang belum disimpan")).to_have_count(0)


def test_an_ended_session_loses_nothing_without_scripts(sign_in, example_copy):
    page = sign_in(example_copy, OFFICER, javascript=False)
    page.goto("/pertemuan/")
    page.locator("main a[href^='/pertemuan/A-']").first.click()
    page.goto(page.url + "ubah/")
    field(page, "Tempat").fill("Ruang tanpa skrip (contoh)")
    field(page, "Notula singkat").fill("Notula tanpa skrip")
    end_sessions(example_copy)

    page.get_by_role("button", name="Simpan", exact=True).click()
    sign_in_again(page)

    expect(field(page, "Tempat")).to_have_value("Ruang tanpa skrip (contoh)")
    expect(field(page, "Notula singkat")).to_have_value("Notula tanpa skrip")


def test_without_scripts_a_button_keeps_what_is_typed(sign_in, example_copy):
    page = sign_in(example_copy, OFFICER, javascript=False)
    page.goto("/pertemuan/catat/")
    field(page, "Tempat").fill("Ruang tanpa skrip")
    page.get_by_role("button", name="Simpan konsep").click()

    told(page, "Konsep tersimpan pukul")
    expect(field(page, "Tempat")).to_have_value("Ruang tanpa skrip")


def test_a_lost_network_is_told_and_so_is_its_return(sign_in, example_copy):
    page = sign_in(example_copy, OFFICER)
    open_log(page)
    page.context.set_offline(True)
    type_all(page)

    expect(page.get_by_role("alert").filter(has_text="Tidak ada jaringan.")).to_be_visible()
    page.get_by_role("button", name="Simpan dan sampaikan").click()  # nothing happens, and nothing is lost
    assert "/pertemuan/catat/" in page.url
    page.context.set_offline(False)

    expect(page.locator("#live")).to_contain_text("Tersambung lagi.")
    kept(page)
    assert page.evaluate("localStorage.length") == 0


def test_words_typed_without_network_come_back_after_the_window_was_closed(sign_in, example_copy):
    page = sign_in(example_copy, OFFICER)
    open_log(page)
    page.context.set_offline(True)
    type_all(page)
    told(page, "Tidak ada jaringan.")
    page.close()
    page.context.set_offline(False)

    again = page.context.new_page()
    again.goto("/pertemuan/catat/")

    told(again, "dilanjutkan")
    all_is_back(again)
    assert again.evaluate("localStorage.length") == 0


def test_sign_out_leaves_nothing_in_the_browser(sign_in, example_copy):
    page = sign_in(example_copy, OFFICER)
    page.goto("/pertemuan/catat/")
    page.context.set_offline(True)
    field(page, "Notula singkat").fill("Hanya untuk saya")
    told(page, "Tidak ada jaringan.")
    page.context.set_offline(False)

    page.goto("/keluar/")
    page.locator("main").get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/masuk/**")

    assert page.evaluate("localStorage.length") == 0


def test_two_people_in_one_draft_are_told_and_one_takes_over(sign_in, example_copy):
    officer, head = sign_in(example_copy, OFFICER), sign_in(example_copy, "pimpinan.bp3mi")
    officer.goto("/pertemuan/")
    officer.locator("main a[href^='/pertemuan/A-']").first.click()
    address = officer.url + "komitmen/"
    officer.goto(address)
    box = "Komitmen, satu baris satu komitmen"
    field(officer, box).fill("Baris petugas (contoh)")
    kept(officer)

    head.goto(address)
    told(head, "Sedang ditulis oleh Petugas BP3MI Jakarta")
    assert "Baris petugas" not in head.content()
    head.get_by_role("link", name="Ambil alih").click()
    head.get_by_role("button", name="Ambil alih").click()
    expect(field(head, box)).to_have_value("Baris petugas (contoh)")

    field(officer, box).fill("Baris petugas (contoh), lebih jauh")
    told(officer, "diambil alih oleh Pimpinan BP3MI Jakarta")
    expect(field(officer, box)).to_have_value("Baris petugas (contoh), lebih jauh")
    officer.evaluate("localStorage.clear()")  # the copy in the officer's browser, offered on the next visit


@pytest.mark.parametrize("viewport", [None, PHONE])
def test_the_pages_of_drafts_shut_nobody_out(sign_in, example_copy, viewport):
    page = sign_in(example_copy, OFFICER, **({"viewport": viewport} if viewport else {}))
    open_log(page)
    wrong = {}

    for place in ("/pertemuan/catat/", "/"):
        page.goto(place)
        wrong[place] = complaints_of_axe(page)
    page.locator("a[href^='/konsep/']").first.click()
    wrong["throw away"] = complaints_of_axe(page)

    assert {place: found for place, found in wrong.items() if found} == {}
