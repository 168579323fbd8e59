"""Logging costs what it is said to cost: keys, clicks and page loads are counted in the browser itself."""

import pytest
from playwright.sync_api import expect

from reports.example.real import LINES
from tests.journeys.conftest import PHONE
from tests.journeys.people import complaints_of_axe, field, told
from tests.journeys.running import PASSWORD, start_copy

pytestmark = pytest.mark.journey

BOX = "Komitmen, satu baris satu komitmen"
# A fictional city with six offices, whose codes are as long as those in use.
OFFICES = """
from django.utils import timezone
from agencies.actions import add_agency
from agencies.models import Agency
top = Agency.objects.get(code="pemprov-contoh")
city = add_agency(by=None, at=timezone.now(), code="kotauji", kind="CITY", name="Kota Administrasi Uji",
                  short_name="Kota Adm. Uji", parent=top, is_example=True)
for code, name in (("niaga", "Niaga"), ("kerja", "Kerja"), ("ajar1", "Pengajaran I"), ("ajar2", "Pengajaran II"),
                   ("sosi", "Urusan Sosial"), ("warga", "Warga")):
    add_agency(by=None, at=timezone.now(), code=code, kind="CITY_OFFICE", name=f"Suku Dinas Uji {name}",
               short_name=f"Sudin Uji {name}", parent=city, is_example=True)
"""
TOKENS = ("@ajar1,2 @kerja /30jun", "@kerja /tw2", "@sosi,warga /31des", "@kerja /tw2", "@kotauji /30sep")
# Counts survive from page to page in the name of the window; a press of the pointer is one click.
COUNTER = """
const count = (what) => {
  const counts = JSON.parse(window.name || '{"keys": 0, "clicks": 0, "loads": 0}');
  counts[what] += 1;
  window.name = JSON.stringify(counts);
};
if (window.top === window) {
  count("loads");
  addEventListener("keydown", () => count("keys"), true);
  addEventListener("pointerdown", () => count("clicks"), true);
}
"""


@pytest.fixture(scope="module")
def copy(example_home):
    """A copy of its own, so that what is counted does not depend on what others logged."""
    copy = start_copy(example_home("hitung"))
    copy.manage("shell", "-c", OFFICES)
    yield copy
    copy.stop()


def suggested(page):
    """The rows of the list that opens while a name is typed."""
    return page.get_by_role("listbox", name="Usulan").get_by_role("option")


def counts(page):
    return page.evaluate("JSON.parse(window.name)")


def signed_out_with_saved_credentials(new_page, copy):
    """The sign-in page as a password manager leaves it; from here on everything is counted."""
    page = new_page(copy)
    page.add_init_script(COUNTER)
    page.goto("/masuk/")
    page.fill("input[name=login]", "petugas.bp3mi@simpul.example")
    page.fill("input[name=password]", PASSWORD)
    page.evaluate("window.name = ''")
    return page


def test_a_meeting_with_six_agencies_and_five_commitments_costs_430_keys_at_most(new_page, copy):
    page = signed_out_with_saved_credentials(new_page, copy)
    page.locator("main form [type=submit]").click()
    page.get_by_role("link", name="Catat pertemuan").first.click()
    field(page, "Instansi mitra").click()
    page.keyboard.type("kotauji")
    page.keyboard.press("Tab")
    page.keyboard.type("28jan")
    page.keyboard.press("Tab")
    chips = page.get_by_role("group", name="Instansi hadir").get_by_role("checkbox")
    expect(chips).to_have_count(6)
    for _agency in range(6):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    expect(page.get_by_role("group", name="Instansi hadir (6)")).to_be_visible()
    while not field(page, BOX).evaluate("box => box === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("\n".join(f"{words} {tokens}" for words, tokens in zip(LINES, TOKENS, strict=True)))
    expect(page.get_by_role("heading", name="Terbaca 5 komitmen")).to_have_text("Terbaca 5 komitmen")

    page.keyboard.press("Control+Enter")

    told(page, "Disampaikan: 5 komitmen")
    told(page, "Sudin Uji Pengajaran I")
    spent = counts(page)
    print(f"\n28 January typed: {spent}, {sum(map(len, LINES)) + 4} keys of it the quoted words")
    assert sum(map(len, LINES)) + 4 == 293
    assert 293 < spent["keys"] <= 430
    assert 0 < spent["clicks"] <= 6
    assert 0 < spent["loads"] <= 3


def test_in_the_room_one_field_is_enough(new_page, copy):
    page = signed_out_with_saved_credentials(new_page, copy)
    page.locator("main form [type=submit]").click()
    page.get_by_role("link", name="Catat pertemuan").first.click()
    page.evaluate("window.name = ''")
    field(page, BOX).click()
    page.keyboard.type("Pendataan warga")

    page.keyboard.press("Control+Enter")

    told(page, "Disampaikan: 1 komitmen")
    assert counts(page) == {"keys": len("Pendataan warga") + 2, "clicks": 1, "loads": 1}


def test_a_name_is_chosen_without_leaving_the_keyboard(sign_in, copy):
    page = sign_in(copy, "pimpinan.bp3mi")
    page.goto("/pertemuan/catat/")
    box, rows = field(page, BOX), suggested(page)
    box.focus()
    page.keyboard.type("Pendataan @ajar")
    expect(rows).to_have_count(2)
    assert complaints_of_axe(page) == []
    assert box.get_attribute("aria-activedescendant") == rows.nth(0).get_attribute("id")

    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(0)
    page.keyboard.type("@warg")
    expect(rows.first).to_contain_text("@warga")
    page.keyboard.type("a")  # a whole code needs no list, so Enter is a new line again
    expect(rows).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.type("Satu lagi @ker")
    expect(rows.first).to_contain_text("@kerja")
    page.keyboard.press("Escape")
    expect(rows).to_have_count(0)
    page.keyboard.type("j")
    expect(rows.first).to_contain_text("@kerja")
    page.keyboard.press("Tab")

    expect(box).to_have_value("Pendataan @ajar2 @warga\nSatu lagi @kerja ")
    expect(box).to_be_focused()


def test_those_who_are_in_the_room_are_suggested_first(sign_in, copy):
    page = sign_in(copy, "pimpinan.bp3mi")
    page.goto("/pertemuan/catat/")
    field(page, "Instansi mitra").fill("kotauji")
    field(page, "Instansi mitra").press("Tab")
    page.get_by_role("checkbox", name="Sudin Uji Warga").check()
    box = field(page, BOX)
    box.fill("")
    box.focus()

    page.keyboard.type("Pendataan @")

    expect(suggested(page).first).to_contain_text("@warga")
    expect(suggested(page).first).to_contain_text("hadir")


def test_a_phone_brings_the_signs_and_takes_names_by_touch(sign_in, copy):
    page = sign_in(copy, "pimpinan.bp3mi", viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto("/pertemuan/catat/")
    box = field(page, BOX)
    keys = page.get_by_role("group", name="Sisipkan ke kotak").get_by_role("button")
    expect(keys).to_have_count(5)
    for place in range(5):
        size = keys.nth(place).bounding_box()
        assert min(size["width"], size["height"]) >= 44

    box.fill("Pendataan")
    keys.nth(0).tap()
    page.keyboard.type("warg")
    suggested(page).first.tap()
    keys.nth(1).tap()
    page.keyboard.type("tw2")
    keys.nth(4).tap()
    page.keyboard.type("Satu lagi")

    expect(box).to_have_value("Pendataan @warga /tw2\nSatu lagi")
    expect(page.get_by_role("heading", name="Terbaca 2 komitmen")).to_be_visible()


def test_an_offer_is_taken_without_losing_the_place_in_the_text(sign_in, copy):
    page = sign_in(copy, "pimpinan.bp3mi")
    page.goto("/pertemuan/catat/")
    box = field(page, BOX)
    box.fill("Sudin Uji Warga akan mendata keluarga paling lambat 30 Juni")
    page.get_by_role("button", name="Pakai Usulan penanggung jawab: Sudin Uji Warga").click()
    expect(box).to_have_value("Sudin Uji Warga akan mendata keluarga paling lambat 30 Juni @warga")
    expect(box).to_be_focused()

    page.get_by_role("button", name="Pakai Usulan tenggat").click()

    expect(page.get_by_role("heading", name="Terbaca 1 komitmen")).to_have_text("Terbaca 1 komitmen")


def test_without_scripts_an_offer_is_taken_by_the_server(sign_in, copy):
    page = sign_in(copy, "pimpinan.bp3mi", javascript=False)
    page.goto("/pertemuan/catat/")
    box = field(page, BOX)
    box.fill("Sudin Uji Warga akan mendata keluarga")
    field(page, "Tempat").fill("Aula")
    page.get_by_role("button", name="Periksa").click()

    page.get_by_role("button", name="Pakai Usulan penanggung jawab: Sudin Uji Warga").click()

    expect(box).to_have_value("Sudin Uji Warga akan mendata keluarga @warga")
    expect(field(page, "Tempat")).to_have_value("Aula")
