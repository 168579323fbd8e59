"""The calendar: what one may see on its day, with its basis; days off by name; empty months lead on."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Holiday
from commitments.status import Status
from meetings.models import MeetingStatus
from reports.models import Report
from tests.factories import AgreementFactory, CommitmentFactory, MeetingFactory, at

CALENDAR = reverse("reports:calendar")
QUERIES = 10


@pytest.fixture(autouse=True)
def on_second_of_march():
    with time_machine.travel(at("2026-03-02"), tick=False):
        yield


def shown(browser, **query):
    return browser.get(CALENDAR, {"bulan": "2026-04", **query})


def items(response):
    return [(day.on.day, item.kind, item.words) for day in response.context["month"].days for item in day.items]


@pytest.fixture
def april(meeting, unit, other_unit, city, bp3mi, agreement, pimpinan):
    """A planned meeting, an agreed and a proposed date, an issued report, a day off."""
    MeetingFactory(
        code="A-2026-050", host_agency=bp3mi, counterpart=city, agreement=agreement, shared_at=None,
        status=MeetingStatus.PLANNED, held_on=dt.date(2026, 4, 8), starts_at=dt.time(9, 30),
    )  # fmt: skip
    CommitmentFactory(
        code="K-2026-050", meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 4, 14), wording="Satu"
    )
    CommitmentFactory(code="K-2026-051", meeting=meeting, lead=other_unit, due_on=dt.date(2026, 4, 14), wording="Dua")
    CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 4, 14), status=Status.DRAFT)
    Report.objects.create(
        code="7KQ4M2XD9F", agreement=agreement, issuer=bp3mi, period="2026-TW1", starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 3, 31), as_of=at("2026-03-31"), status="PUBLISHED", snapshot="{}",
        snapshot_sha256="0" * 64, made_at=at("2026-04-01"), published_by=pimpinan,
        published_at=at("2026-04-01", "00.10"),
    )  # fmt: skip
    Holiday.objects.update_or_create(on=dt.date(2026, 4, 3), defaults={"name": "Libur Uji", "kind": "NATIONAL"})


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({}, "diterbitkan · internal"),
        ({"revision": 2, "audience": "PUBLIC"}, "diterbitkan · revisi 2 · publik"),
        ({"status": "WITHDRAWN", "withdrawn_at": at("2026-04-03"), "withdrawal_reason": "Salah"}, "ditarik · internal"),
    ],
)
def test_an_issued_report_says_what_it_is_and_whether_it_stands(april, pimpinan, as_person, changes, note):
    Report.objects.update(**changes, **({"withdrawn_by": pimpinan} if "withdrawn_at" in changes else {}))

    notes = [item.note for day in shown(as_person(pimpinan)).context["month"].days for item in day.items]

    assert notes[0] == note


def test_everything_stands_on_its_day(april, pimpinan, as_person):
    response = shown(as_person(pimpinan))
    html = response.content.decode()

    assert items(response) == [
        (1, "report", "Laporan NK-2025-001, Triwulan I 2026"),
        (8, "meeting", "Audiensi Pemkot"),
        (14, "due", "K-2026-050 Satu"),
        (14, "due", "K-2026-051 Dua"),
    ]
    assert "09.30 WIB" in html
    assert "Sudin Naker · tenggat disepakati" in html
    assert "tenggat usulan, belum disepakati" in html
    assert "Libur: Libur Uji" in html


def test_a_reader_sees_only_what_the_reader_may_see(april, petugas_unit, petugas_asing, as_person):
    assert items(shown(as_person(petugas_unit))) == [(14, "due", "K-2026-050 Satu")]
    assert items(shown(as_person(petugas_asing))) == []


def test_who_may_not_open_reports_is_not_told_of_them(april, admin, as_person):
    assert "report" not in {kind for _day, kind, _words in items(shown(as_person(admin)))}


def test_the_month_can_be_narrowed(april, meeting, pimpinan, pimpinan_unit, as_person):
    other = AgreementFactory(host_agency=meeting.host_agency)
    browser = as_person(pimpinan)

    assert [kind for _day, kind, _words in items(shown(browser, tampilkan="kita"))] == ["report", "meeting"]
    assert [kind for _day, kind, _words in items(shown(browser, tampilkan="saya"))] == ["report"]
    assert items(shown(browser, kesepakatan=other.code)) == []
    assert len(items(shown(as_person(pimpinan_unit), tampilkan="kita"))) == 1


def test_an_empty_month_leads_to_the_next_day_with_something(april, pimpinan, as_person):
    html = as_person(pimpinan).get(CALENDAR, {"bulan": "2026-02"}).content.decode()

    assert "Tidak ada agenda pada Februari 2026." in html
    assert "Agenda berikutnya 8 April 2026" in html
    assert "bulan=2026-04" in html


def test_a_calendar_of_nothing_says_so(pimpinan, as_person):
    html = as_person(pimpinan).get(CALENDAR).content.decode()

    assert "Tidak ada agenda pada Maret 2026." in html
    assert "Agenda berikutnya" not in html


@pytest.mark.parametrize("written", ["2026-13", "2026", "2026-TW1", "kapan", "\0", "9999-99", "1026-01"])
def test_a_month_nobody_knows_is_this_month_in_words(written, pimpinan, as_person):
    response = as_person(pimpinan).get(CALENDAR, {"bulan": written})

    assert response.status_code == 200
    assert response.context["month"].period.code == "2026-03"
    assert "bulan ini yang ditampilkan" in response.content.decode()


@pytest.mark.parametrize(
    ("written", "before", "after"),
    [("2026-01", "2025-12", "2026-02"), ("2026-12", "2026-11", "2027-01"), ("2000-01", "1999-12", "2000-02")],
)
def test_neighbours_cross_the_year_and_keep_the_choice(written, before, after, pimpinan, as_person):
    html = as_person(pimpinan).get(CALENDAR, {"bulan": written, "tampilkan": "kita"}).content.decode()

    assert re.findall(r'class="btn" href="/kalender/\?bulan=([\d-]+)&amp;tampilkan=kita"', html) == [before, after]


def test_a_meeting_postponed_or_cancelled_is_on_no_day(meeting, bp3mi, pimpinan, as_person):
    for status in (MeetingStatus.POSTPONED, MeetingStatus.CANCELLED):
        MeetingFactory(host_agency=bp3mi, status=status, held_on=dt.date(2026, 4, 8), status_reason="Alasan")

    assert items(shown(as_person(pimpinan))) == []


def test_htmx_gets_the_month_alone(april, pimpinan, as_person):
    html = as_person(pimpinan).get(CALENDAR, {"bulan": "2026-04"}, HTTP_HX_REQUEST="true").content.decode()

    assert html.strip().startswith('<div id="kalender">')


def test_a_full_day_leads_to_its_list(meeting, unit, pimpinan, as_person):
    for _ in range(5):
        CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 4, 14))

    html = shown(as_person(pimpinan)).content.decode()

    assert 'href="#hari-14">semua (5)' in html
    assert 'id="hari-14"' in html


@pytest.mark.parametrize("count", [1, 20])
def test_a_month_costs_the_same_for_one_row_and_for_twenty(count, april, meeting, unit, pimpinan, as_person):
    for _ in range(count):
        CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 4, 14))
    browser = as_person(pimpinan)
    shown(browser)

    with CaptureQueriesContext(connection) as queries:
        shown(browser)

    assert len(queries) == QUERIES
