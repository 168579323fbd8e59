"""Figures and reports by the Tab key alone: every stop is marked, in view and not under anything else."""

import pytest

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.people import told

pytestmark = pytest.mark.journey

PLACES = ("/", "/dasbor/", "/kalender/", "/laporan/", "/laporan/susun/", "/laporan/perubahan/", "/v/")
MOST_STOPS = 200
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect(), look = getComputedStyle(at);
  const middle = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
  const above = document.elementFromPoint(...middle);
  const wrong = [];
  if (look.outlineStyle === "none" || !parseFloat(look.outlineWidth)) wrong.push("not marked");
  if (box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) wrong.push("out of view");
  if (above && above !== at && !at.contains(above) && !above.contains(at)) wrong.push("under " + above.className);
  return {name: at.textContent.trim().slice(0, 40) || at.name || at.tagName, frame: at.tagName === "IFRAME", wrong};
}"""


def stops(page):
    """What the Tab key comes to on the page that is open, in order, once around."""
    found = []
    while len(found) < MOST_STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        if not stop["frame"]:  # a frame is marked by its own content
            found.append(stop)
    return found


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["meja", "ponsel"])
def test_every_stop_of_the_tab_key_is_seen(example_copy, sign_in, viewport):
    page = sign_in(example_copy, "pimpinan.bp3mi", viewport=viewport)
    wrong = {}
    for place in PLACES:
        page.goto(place)
        page.wait_for_load_state("networkidle")
        found = stops(page)
        assert found[0]["name"] == "Langsung ke isi", place
        assert len(found) < MOST_STOPS, place
        if bad := [stop for stop in found if stop["wrong"]]:
            wrong[place] = bad

    assert wrong == {}


def test_the_menu_opens_and_closes_and_gives_the_focus_back(example_copy, sign_in):
    page = sign_in(example_copy, "pimpinan.bp3mi")
    page.goto("/dasbor/")
    menu = page.locator(".topbar .menu > summary")
    menu.focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.menu-list') !== null")
    page.keyboard.press("Escape")

    assert menu.evaluate("summary => !summary.parentElement.open && summary === document.activeElement")


def test_a_filter_of_the_dashboard_keeps_the_focus(example_copy, sign_in):
    page = sign_in(example_copy, "pimpinan.bp3mi")
    page.goto("/dasbor/")
    choice = page.get_by_label("Kesepakatan")
    choice.focus()

    page.keyboard.press("ArrowDown")
    page.wait_for_url("**/dasbor/?kesepakatan=NK-*")

    told(page, "Kemajuan per ruang lingkup")
    assert choice.evaluate("select => select === document.activeElement")
