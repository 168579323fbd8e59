"""The list that opens while a name is typed: who is called so, who is here, and nothing of others."""

import pytest

from agencies.models import Alias
from tests.factories import AgencyFactory, AgreementFactory, ClauseFactory, person

AGENCIES, SCOPE = "/instansi/saran/", "/kesepakatan/saran/"


@pytest.fixture
def browser(as_person, petugas):
    return as_person(petugas)


def codes(answer):
    return [row[0] for row in answer.context["rows"]]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nak", ["naker"]),
        ("@NAK", ["naker"]),
        ("sos", ["sosial"]),
        ("tenaga k", ["naker"]),
        ("sudinna", ["naker"]),
        ("sudin", ["naker", "sosial"]),
        ("disna", ["naker"]),
    ],
)
def test_agencies_are_found_by_code_and_by_every_name(browser, unit, other_unit, typed, found):
    Alias.objects.create(agency=unit, name="Disnaker Kota Uji")

    assert codes(browser.get(AGENCIES, {"q": typed})) == found


def test_those_present_stand_first_and_are_marked(browser, unit, other_unit, stranger):
    answer = browser.get(AGENCIES, {"q": "", "hadir": "sosial,kota"})

    assert codes(answer)[:2] == ["kota", "sosial"]
    assert answer.content.decode().count("<small>hadir</small>") == 2


def test_a_slip_of_the_finger_gets_the_nearest(browser, unit, other_unit):
    assert codes(browser.get(AGENCIES, {"q": "nakr"}))[0] == "naker"


def test_there_are_eight_rows_at_most(browser):
    AgencyFactory.create_batch(12)

    assert len(codes(browser.get(AGENCIES, {"q": "instansi"}))) == 8


@pytest.mark.parametrize("count", [1, 20])
def test_the_cost_does_not_grow_with_the_directory(browser, count, django_assert_num_queries):
    AgencyFactory.create_batch(count)
    browser.get(AGENCIES)

    with django_assert_num_queries(5):
        browser.get(AGENCIES, {"q": "sudin"})


def test_an_agency_that_is_gone_is_not_offered(browser, unit):
    unit.is_active = False
    unit.save()

    assert "naker" not in codes(browser.get(AGENCIES, {"q": "nak"}))


def test_scope_items_are_found_by_number_and_by_words(browser, agreement, clause):
    ClauseFactory(agreement=agreement, number="2", text="Pencegahan TPPO")

    assert codes(browser.get(SCOPE, {"q": "", "kesepakatan": agreement.pk})) == ["1", "2"]
    assert codes(browser.get(SCOPE, {"q": "#2", "kesepakatan": agreement.pk})) == ["2"]
    assert codes(browser.get(SCOPE, {"q": "peluang", "kesepakatan": agreement.pk})) == ["1"]


@pytest.mark.parametrize("typed", ["", "x", "-1", "1e9", "9" * 40, "\0"])
def test_without_an_agreement_there_is_no_scope_item(browser, clause, typed):
    answer = browser.get(SCOPE, {"q": "1", "kesepakatan": typed})

    assert answer.status_code == 200
    assert codes(answer) == []


def test_scope_items_of_strangers_are_not_found(as_person, stranger, clause):
    foreign = AgreementFactory()

    answer = as_person(person(stranger, "OFFICER")).get(SCOPE, {"kesepakatan": foreign.pk})

    assert answer.status_code == 404


def test_a_name_is_shown_and_never_run(browser):
    AgencyFactory(code="jahat", name="<script>alert(1)</script>", short_name="<b>Dinas</b>")

    page = browser.get(AGENCIES, {"q": "jahat"}).content.decode()

    assert "<script>" not in page
    assert "&lt;b&gt;Dinas" in page


def test_a_stranger_without_sign_in_is_sent_to_the_door(client):
    assert client.get(AGENCIES).status_code == 302
