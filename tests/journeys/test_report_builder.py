"""A report from the front page: two clicks for the usual one, any other by choices; with and without scripts."""

import re

import pytest

from tests.journeys.conftest import PHONE
from tests.journeys.people import CODE, field
from tests.journeys.test_new_pages_axe import wrong_with

pytestmark = pytest.mark.journey


@pytest.fixture
def press(sign_in, example_copy):
    return sign_in(example_copy, "humas.bp3mi")


def downloaded(page, name="Unduh PDF"):
    with page.expect_download() as found:
        page.get_by_role("link", name=name).first.click()
    return found.value.path().read_bytes()


def test_the_usual_report_is_two_clicks_away_and_then_one(press):
    press.get_by_role("button", name=re.compile("^Susun PDF")).first.click()
    press.wait_for_url(CODE, timeout=60_000)
    assert downloaded(press).startswith(b"%PDF-")

    press.goto("/laporan/")
    assert downloaded(press, re.compile("^Unduh PDF Triwulan")).startswith(b"%PDF-")


def test_what_is_chosen_is_seen_at_once_and_made(press):
    press.goto("/laporan/susun/")
    frame = press.frame_locator(".build-page")
    frame.get_by_role("heading", name="Laporan Kemajuan Pelaksanaan Nota Kesepakatan").wait_for()

    press.get_by_label("1 halaman untuk pimpinan").check()
    frame.get_by_role("heading", name="Ringkasan Kemajuan Nota Kesepakatan").wait_for()
    assert "perkiraan 1 halaman" in press.locator("#pratinjau").inner_text()
    press.get_by_label("1 halaman untuk pimpinan").focus()
    press.keyboard.press("Control+Enter")
    press.wait_for_url(CODE, timeout=60_000)

    press.goto("/laporan/")
    assert "1 halaman" in press.locator("tbody tr").first.inner_text()


def test_another_agreement_brings_its_own_choices(press):
    press.goto("/laporan/susun/")
    before = press.locator("#cakupan input[name=scope]").input_value()

    with press.expect_response(lambda answer: answer.request.method == "POST"):
        field(press, "Kesepakatan").select_option(index=1)
    press.wait_for_function("old => document.querySelector('#cakupan input[name=scope]').value !== old", arg=before)

    assert press.locator("iframe.build-page").count() == 1


@pytest.mark.parametrize("viewport", [None, PHONE])
def test_everything_works_without_scripts(sign_in, example_copy, viewport):
    options = {"javascript": False} | ({"viewport": viewport} if viewport else {})
    page = sign_in(example_copy, "humas.bp3mi", **options)
    page.goto("/laporan/susun/")
    page.get_by_label("1 halaman untuk pimpinan").check()

    page.get_by_role("button", name="Lihat pratinjau").click()
    assert page.url.endswith("#pratinjau")
    if viewport:
        page.get_by_role("link", name="Buka halaman pratinjau").click()
        page.get_by_role("heading", name="Ringkasan Kemajuan Nota Kesepakatan").wait_for()
        page.go_back()
    else:
        page.frame_locator(".build-page").get_by_role("heading", name="Ringkasan Kemajuan Nota Kesepakatan").wait_for()
    page.get_by_role("button", name="Susun PDF").click()
    page.wait_for_url(CODE, timeout=60_000)  # the page that waits goes on by itself


def test_nobody_is_shut_out_of_the_pages_of_making(press, sign_in, example_copy):
    found = {}
    for place in ("/laporan/", "/laporan/susun/"):
        press.goto(place)
        found[place] = wrong_with(press)
    officer = sign_in(example_copy, "petugas.bp3mi")
    officer.goto("/komitmen/?status=SUBMITTED")
    officer.locator("tbody th a, a.row-title").first.click()
    officer.get_by_role("link", name=re.compile("^Izin foto")).first.click()
    officer.wait_for_url(re.compile("/izin/"))
    found["izin"] = wrong_with(officer)

    assert {place: wrong for place, wrong in found.items() if wrong} == {}
