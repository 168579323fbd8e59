"""What is open with the partner becomes the agenda of a meeting that is pasted or imported, unless nobody wants it."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.models import Commitment
from commitments.views import paste as paste_views
from meetings.models import Meeting
from tests.commitments.pasting import TEXT, fields_of, release_of
from tests.factories import CommitmentFactory, MeetingFactory

ROWS = "Komitmen\tPIC\nPelatihan bahasa\tSudin Sosial"
HEADING = "Dibawa dari pertemuan sebelumnya"


@pytest.fixture
def browser(as_person, petugas, city, unit, other_unit, monkeypatch):
    monkeypatch.setattr(paste_views, "read_release", release_of)
    return as_person(petugas)


@pytest.fixture(params=["paste", "import"])
def url(request):
    return reverse(f"commitments:{request.param}")


@pytest.fixture
def before(bp3mi, city):
    """An earlier meeting with the partner."""
    return MeetingFactory(host_agency=bp3mi, counterpart=city, held_on=dt.date(2025, 12, 10))


@pytest.fixture
def open_one(before, unit):
    return CommitmentFactory(meeting=before, lead=unit, wording="Bursa kerja di kelurahan")


def checked(browser, url, **changes):
    """The second step with a partner and a day, as a browser would send it back."""
    if url == reverse("commitments:paste"):
        return fields_of(browser.post(url, {"text": TEXT, "aksi": "uraikan"}).content.decode()) | changes
    read = fields_of(browser.post(url, {"pasted": ROWS, "aksi": "baca"}).content.decode(), "import-form")
    page = browser.post(url, read | {"counterpart": "@kota", "held_on": "28 Januari 2026"} | changes).content.decode()
    return fields_of(page, "import-form")


def test_what_is_open_is_shown_ticked_and_becomes_the_agenda(browser, url, open_one, before):
    fields = checked(browser, url)
    page = browser.post(url, fields | {"aksi": "periksa"}).content.decode()
    assert HEADING in page
    assert open_one.code in page
    assert fields["carry_shown"] == fields["carry"] == ["ya"]

    for _click in range(2):
        browser.post(url, fields | {"aksi": "draf"})

    meeting = Meeting.objects.exclude(pk=before.pk).get()
    assert [item.about_code for item in meeting.agenda.all()] == [open_one.code]
    assert meeting.previous == before


def test_without_the_tick_nothing_is_carried(browser, url, open_one, before):
    fields = checked(browser, url)
    del fields["carry"]
    assert "carry" not in fields_of(
        browser.post(url, fields | {"aksi": "periksa"}).content.decode(),
        "paste-form" if "label" in fields else "import-form",
    )

    browser.post(url, fields | {"aksi": "draf"})

    assert not Meeting.objects.exclude(pk=before.pk).get().agenda.exists()


def test_a_record_that_is_joined_keeps_its_agenda(browser, url, open_one, bp3mi, city):
    standing = MeetingFactory(host_agency=bp3mi, counterpart=city, held_on=dt.date(2026, 1, 28))

    browser.post(url, checked(browser, url) | {"aksi": f"gabung-{standing.code}"})

    assert standing.commitments.exists()
    assert not standing.agenda.exists()


def test_what_was_promised_afterwards_is_not_carried_into_an_older_meeting(browser, url, bp3mi, city, unit):
    after = MeetingFactory(host_agency=bp3mi, counterpart=city, held_on=dt.date(2026, 2, 20))
    CommitmentFactory(meeting=after, lead=unit)

    fields = checked(browser, url)
    browser.post(url, fields | {"aksi": "draf"})

    assert "carry_shown" not in fields
    assert not Meeting.objects.exclude(pk=after.pk).get().agenda.exists()


def test_with_nothing_open_there_is_nothing_to_ask(browser, url, city):
    fields = checked(browser, url)
    browser.post(url, fields | {"aksi": "draf"})

    assert "carry_shown" not in fields
    assert not Meeting.objects.get().agenda.exists()


def test_it_comes_with_the_reading_as_soon_as_the_partner_is_typed(browser, url, open_one):
    fields = checked(browser, url) | {"counterpart": "", "aksi": "periksa"}
    part = {"HX-Request": "true"}

    without = browser.post(url, fields, headers=part).content.decode()
    with_partner = browser.post(url, fields | {"counterpart": "@kota"}, headers=part).content.decode()

    assert HEADING not in without
    assert re.search(r'<div id="dibawa"\s+data-hx-swap-oob="true">', without)
    assert HEADING in with_partner
    assert open_one.code in with_partner


def test_many_open_commitments_cost_as_many_queries_as_one(browser, url, open_one, before, unit):
    fields, counts = checked(browser, url) | {"aksi": "periksa"}, []
    for more in (0, 0, 19):  # the first visit warms up
        for _n in range(more):
            CommitmentFactory(meeting=before, lead=unit)
        with CaptureQueriesContext(connection) as queries:
            page = browser.post(url, fields).content.decode()
        counts.append(len(queries))

    assert page.count("Bursa kerja di kelurahan") == 1
    assert page.count("Optimalisasi bursa kerja ke-") == 19
    assert counts[1] == counts[2]


def test_a_letter_has_no_agenda(browser, open_one):
    url = reverse("commitments:import")
    fields = checked(browser, url, origin="LETTER", reference="B-12/2026")

    browser.post(url, fields | {"aksi": "draf"})

    assert "carry_shown" not in fields
    assert Commitment.objects.get(wording="Pelatihan bahasa").meeting is None
