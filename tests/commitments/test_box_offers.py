"""*Pakai*: what an ordinary sentence seems to say is written into the text, with and without scripts."""

import re
import uuid

import pytest
from django.urls import reverse

from commitments.models import Commitment
from meetings.models import Meeting

SENTENCE = "Sudin Sosial akan mendata keluarga paling lambat 30 Juni 2026"


@pytest.fixture
def url():
    return reverse("commitments:log")


@pytest.fixture
def typed(bp3mi, city, unit, other_unit, agreement):
    return {
        "host": bp3mi.code, "held_on": "28 Januari 2026", "kind": "AUDIENCE", "token": str(uuid.uuid4()),
        "agreement": agreement.pk, "lines": f"Bursa kerja @naker\n{SENTENCE}\n  bersama", "minutes": "Panjang",
    }  # fmt: skip


@pytest.fixture
def browser(as_person, petugas):
    return as_person(petugas)


def take_buttons(answer, kind):
    return re.findall(rf'value="(pakai-[0-9a-f]{{8}}-{kind}-[^"]+)"', answer.content.decode())


def box(answer):
    return answer.context["form"]["lines"].value()


def test_a_written_owner_and_date_are_offered_and_not_saved_by_themselves(browser, url, typed):
    checked = browser.post(url, typed | {"aksi": "periksa"})

    page = checked.content.decode()
    assert "Usulan penanggung jawab: Sudin Sosial" in page
    assert "Usulan tenggat: Selasa, 30 Juni 2026" in page

    browser.post(url, typed | {"aksi": "draf"})

    second = Commitment.objects.get(position=2)
    assert (second.lead, second.due_on, second.wording) == (None, None, SENTENCE)


def test_taking_writes_the_token_into_its_line_and_keeps_everything_typed(browser, url, typed):
    (take,) = take_buttons(browser.post(url, typed | {"aksi": "periksa"}), "owner")

    answer = browser.post(url, typed | {"aksi": take})

    assert answer.status_code == 200
    assert box(answer) == f"Bursa kerja @naker\n{SENTENCE} @sosial\n  bersama"
    assert answer.context["form"]["minutes"].value() == "Panjang"
    assert not Meeting.objects.exists()


def test_what_was_taken_is_what_is_saved(browser, url, typed, other_unit):
    (take,) = take_buttons(browser.post(url, typed | {"aksi": "periksa"}), "owner")
    taken = box(browser.post(url, typed | {"aksi": take}))

    browser.post(url, typed | {"lines": taken, "aksi": "draf"})

    assert Commitment.objects.get(position=2).lead == other_unit


def test_with_scripts_the_reading_comes_with_the_new_text_beside_it(browser, url, typed):
    (take,) = take_buttons(browser.post(url, typed | {"aksi": "periksa"}), "date")

    part = browser.post(url, typed | {"aksi": take}, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert 'data-hx-swap-oob="true"' in part
    assert f"{SENTENCE} /30-6-2026" in part


def test_a_plain_reading_leaves_the_text_on_the_page_alone(browser, url, typed):
    part = browser.post(url, typed | {"aksi": "periksa"}, headers={"HX-Request": "true"}).content.decode()

    assert "id_lines" not in part


def test_an_offer_for_words_that_changed_meanwhile_changes_nothing(browser, url, typed):
    (take,) = take_buttons(browser.post(url, typed | {"aksi": "periksa"}), "owner")

    answer = browser.post(url, typed | {"lines": "Lain sama sekali", "aksi": take})

    assert box(answer) == "Lain sama sekali"


def test_an_unknown_code_is_replaced_by_the_one_that_is_taken(browser, url, typed):
    checked = browser.post(url, typed | {"lines": "Bursa kerja (@nakr), segera", "aksi": "periksa"})
    take = take_buttons(checked, "spelling")[0]

    answer = browser.post(url, typed | {"lines": "Bursa kerja (@nakr), segera", "aksi": take})

    assert box(answer) == "Bursa kerja (@naker), segera"


@pytest.mark.parametrize("step", ["pakai-", "pakai-00000000-owner-@x", "pakai-<b>", "pakai-\0"])
def test_a_made_up_offer_is_answered_with_the_reading(browser, url, typed, step):
    answer = browser.post(url, typed | {"aksi": step})

    assert answer.status_code == 200
    assert box(answer) == typed["lines"]


def test_offers_can_be_taken_on_the_page_of_a_meeting_and_of_a_letter(browser, meeting, bp3mi):
    pages = {
        reverse("commitments:add_lines", args=[meeting.code]): {},
        reverse("commitments:record_letter"): {
            "host": bp3mi.code, "origin": "LETTER", "origin_on": "28 Januari 2026", "reference": "S-1",
        },
    }  # fmt: skip
    for address, fields in pages.items():
        typed = fields | {"lines": SENTENCE}
        (take,) = take_buttons(browser.post(address, typed | {"aksi": "periksa"}), "owner")

        assert box(browser.post(address, typed | {"aksi": take})) == f"{SENTENCE} @sosial"


def test_a_post_and_importance_are_kept(browser, url, typed):
    browser.post(url, typed | {"lines": "Bursa kerja @naker @@Kepala Seksi Penempatan !", "aksi": "draf"})

    saved = Commitment.objects.get()
    assert (saved.person_text, saved.is_important) == ("Kepala Seksi Penempatan", True)
    assert saved.wording == "Bursa kerja"
