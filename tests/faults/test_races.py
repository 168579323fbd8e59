"""Twenty at once, through the whole door: one decision, one meeting, one account."""

import threading
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, Event, Role, User
from commitments import actions
from commitments.actions import Proof
from commitments.models import Commitment, Move, Verification
from commitments.status import Verb
from meetings.models import Meeting
from tests.factories import CommitmentFactory, at, person

CROWD = 20
CLAIMED = at("2026-03-05", "09.00")


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    browser.get("/")
    return browser


def all_at_once(tries):
    """Run the functions at the same moment; their results, in no order."""
    gate, found = threading.Barrier(len(tries)), []

    def run(one):
        try:
            gate.wait(60)
            found.append(one())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(found) == len(tries)
    return found


@pytest.fixture
def claimed(flushable, request):
    """A commitment that its lead reported as done."""
    meeting, unit = (request.getfixturevalue(name) for name in ("meeting", "unit"))
    row = CommitmentFactory(meeting=meeting, lead=unit)
    by = person(unit, Role.OFFICER)
    actions.submit(row, by=by, at=CLAIMED, text="Selesai.", evidence=[Proof(letter_number="1/2026")])
    return Commitment.objects.get(pk=row.pk)


def test_of_twenty_decisions_through_the_door_one_holds(claimed, bp3mi):
    verify, back = (reverse(f"commitments:{name}", args=[claimed.code]) for name in ("verify", "send_back"))
    browsers = [browser_of(person(bp3mi, Role.SUPERVISOR)) for _n in range(CROWD)]
    seen = browsers[0].get(verify).context["seen"]

    def decide(number):
        address, body = (verify, {"seen": seen}) if number % 2 else (back, {"reason": "Kurang lengkap."})
        return lambda: browsers[number].post(address, body | {"token": str(uuid.uuid4())}).status_code

    answers = all_at_once([decide(number) for number in range(CROWD)])

    assert sorted(answers) == [302] + [409] * (CROWD - 1)
    assert Verification.objects.count() == 1
    assert Move.objects.filter(verb__in=[Verb.VERIFY, Verb.SEND_BACK]).count() == 1


def test_twenty_clicks_on_the_log_page_make_one_meeting(flushable, request):
    officer = request.getfixturevalue("petugas")
    form = {
        "host": officer.rights.main_agency.code, "held_on": "2 Februari 2026", "kind": "AUDIENCE", "aksi": "sampaikan",
        "lines": "Bursa kerja\nSosialisasi di SMK", "token": str(uuid.uuid4()),
    }  # fmt: skip
    browsers = [browser_of(officer) for _n in range(CROWD)]

    answers = all_at_once([lambda b=b: b.post("/pertemuan/catat/", form).headers.get("Location") for b in browsers])

    assert answers == [Meeting.objects.get().get_absolute_url()] * CROWD
    assert Commitment.objects.count() == 2
    assert Event.objects.filter(verb="meeting.shared").count() == 1


def test_twenty_meetings_at_once_get_twenty_codes(flushable, request):
    officer = request.getfixturevalue("petugas")
    form = {"host": officer.rights.main_agency.code, "held_on": "2 Februari 2026", "kind": "AUDIENCE", "aksi": "draf"}
    browsers = [browser_of(officer) for _n in range(CROWD)]

    def log(number):
        body = form | {"lines": f"Kegiatan {number}", "token": str(uuid.uuid4())}
        return lambda: browsers[number].post("/pertemuan/catat/", body).status_code

    answers = all_at_once([log(number) for number in range(CROWD)])

    assert answers == [302] * CROWD
    assert len(set(Commitment.objects.values_list("code", flat=True))) == CROWD
    assert sorted(Event.objects.values_list("seq", flat=True)) == list(range(1, Event.objects.count() + 1))


def test_twenty_invitations_of_one_address_make_one_account(flushable, request):
    supervisor, agency = (request.getfixturevalue(name) for name in ("pimpinan", "bp3mi"))
    browsers = [browser_of(supervisor) for _n in range(CROWD)]
    form = {
        "name": "Pegawai", "email": "baru@simpul.example", "agency": agency.pk, "post_title": "Staf",
        "roles": "OFFICER",
    }  # fmt: skip
    address = reverse("agencies:person_invite")

    def invite(browser):
        return lambda: browser.post(address, form | {"token": str(uuid.uuid4())}).status_code

    answers = all_at_once([invite(browser) for browser in browsers])

    assert answers.count(302) == 1
    assert set(answers) <= {302, 409, 422}
    assert User.objects.filter(email="baru@simpul.example").count() == 1


def test_twenty_agencies_of_one_code_are_one(flushable, request):
    supervisor = request.getfixturevalue("pimpinan")
    browsers = [browser_of(supervisor) for _n in range(CROWD)]
    form = {"name": "Suku Dinas Baru", "short_name": "Sudin Baru", "code": "baru", "kind": "CITY_OFFICE"}

    def add(browser):
        body = form | {"token": str(uuid.uuid4())}
        return lambda: browser.post(reverse("agencies:agency_add"), body).status_code

    answers = all_at_once([add(browser) for browser in browsers])

    assert answers.count(302) == 1
    assert set(answers) <= {302, 409, 422}
    assert Agency.objects.filter(code="baru").count() == 1
