"""No page of figures and reports is cut at the edge, however wide the window and whichever the language."""

import pytest

from tests.journeys.test_everyday import overflow

pytestmark = pytest.mark.journey

WIDTHS = (320, 721, 768, 821, 901, 1024, 1101, 1180, 1241)
PLACES = (
    "/", "/dasbor/", "/dasbor/cetak/", "/kalender/", "/laporan/", "/laporan/susun/", "/laporan/perubahan/",
    "/laporan/periksa-naskah/", "/siaran-pers/", "/v/",
)  # fmt: skip
BEYOND = """() => [...document.querySelectorAll(".panel table:not(.visually-hidden)")]
  .filter(table => table.getClientRects().length)
  .filter(table => table.getBoundingClientRect().right > table.closest(".panel").getBoundingClientRect().right)
  .map(table => table.className)"""


@pytest.mark.parametrize("language", ["Indonesia", "English"])
def test_no_page_is_cut_at_any_width(example_copy, sign_in, language):
    page = sign_in(example_copy, "pimpinan.bp3mi")
    page.get_by_role("button", name=language).click()
    page.wait_for_load_state()
    found = {}
    for place in PLACES:
        page.goto(place)
        page.wait_for_load_state("networkidle")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if wrong := overflow(page) + page.evaluate(BEYOND):
                found[place, width] = wrong

    assert found == {}
