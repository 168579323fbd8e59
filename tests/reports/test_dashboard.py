"""The dashboard: every number opens exactly its rows, the reader's own come first, nobody is named in sentences."""

import datetime as dt
import re
from html.parser import HTMLParser

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency
from commitments.models import Commitment, ProgressKind
from commitments.status import COUNTED, Status
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, ProgressFactory, at

DASHBOARD = reverse("reports:dashboard")
LIST = reverse("commitments:list")
QUERIES = 13


@pytest.fixture(autouse=True)
def on_second_of_march():
    with time_machine.travel(at("2026-03-02"), tick=False):
        yield


@pytest.fixture
def world(meeting, unit, other_unit, clause, petugas_unit):
    """Every condition, both kinds of dates, every gap, a draft, and a row without agreement."""
    for status in (*COUNTED, Status.DRAFT):
        CommitmentFactory(meeting=meeting, lead=unit, status=status, clauses=[clause], target=3)
    CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 1, 14))
    CommitmentFactory(meeting=meeting, lead=other_unit, agreed=True, due_on=dt.date(2026, 2, 18), status=Status.BLOCKED)
    CommitmentFactory(meeting=meeting, lead=other_unit, due_on=dt.date(2026, 2, 18))
    CommitmentFactory(meeting=meeting, lead=other_unit, due_on=dt.date(2026, 3, 16))
    CommitmentFactory(meeting=meeting)
    CommitmentFactory(meeting=MeetingFactory(host_agency=meeting.host_agency, agreement=None), lead=unit)
    claim = Commitment.objects.get(status=Status.SUBMITTED)
    ProgressFactory(commitment=claim, kind=ProgressKind.CLAIM, author=petugas_unit, at=claim.submitted_at)


class Links(HTMLParser):
    """Links of a page with their words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found, self.href = [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.href, self.words = dict(attrs).get("href", ""), ""

    def handle_data(self, words):
        if self.href is not None:
            self.words += words

    def handle_endtag(self, tag):
        if tag == "a" and self.href is not None:
            self.found.append((self.href, self.words.strip()))
            self.href = None


def numbers(response):
    """(address, number) of every number on the page that leads to the list."""
    links = Links(response.content.decode()).found
    return [(href, int(words.split()[0])) for href, words in links if href.startswith(LIST) and re.match(r"\d", words)]


@pytest.mark.parametrize(
    ("who", "within"),
    [("pimpinan", ""), ("pimpinan", "?kesepakatan=NK-2025-001"), ("petugas_unit", ""), ("auditor", "")],
)
def test_every_number_opens_exactly_its_rows(who, within, world, as_person, request):
    browser = as_person(request.getfixturevalue(who))
    found = numbers(browser.get(DASHBOARD + within))

    opened = {href: browser.get(href).context["page"].total for href, _ in found}

    assert len(found) >= 8
    assert [(href, opened[href]) for href, _ in found] == found


def test_the_sentence_counts_what_is_late_and_what_waits_for_the_reader(world, pimpinan, as_person):
    response = as_person(pimpinan).get(DASHBOARD)

    words = response.context["sentence"]
    assert words == "2 komitmen melewati tenggat, terlama 47 hari. 1 menunggu keputusan Anda."
    assert not any(agency.short_name in words for agency in Agency.objects.all())
    assert "data per 2 Mar 2026 09.00 WIB" in response.content.decode()


def test_an_officer_decides_nothing_and_is_not_told_that_something_waits(world, petugas, as_person):
    response = as_person(petugas).get(DASHBOARD)

    assert "menunggu keputusan" not in response.context["sentence"]
    assert "Menunggu keputusan Anda" not in response.content.decode()


def test_the_readers_own_row_comes_first_and_is_marked(world, petugas_lain, as_person):
    response = as_person(petugas_lain).get(DASHBOARD)

    assert "Sudin Sosial (instansi kita)" in response.content.decode()
    assert response.context["overview"].rows[0].code == "sosial"


def test_a_reader_counts_only_what_the_reader_may_see(world, petugas_unit, petugas_asing, as_person):
    unit = as_person(petugas_unit).get(DASHBOARD).context["overview"]
    stranger = as_person(petugas_asing).get(DASHBOARD).context["overview"]

    assert {row.code for row in unit.rows} == {"naker", "-"}
    assert unit.drafts.count == 0
    assert stranger.totals.total.count == 0


def test_the_empty_page_says_what_to_do(petugas, as_person):
    html = as_person(petugas).get(DASHBOARD).content.decode()

    assert "Belum ada komitmen di sini." in html
    assert "Catat pertemuan" in html


def test_an_unknown_agreement_is_ignored_in_words(world, petugas, as_person):
    response = as_person(petugas).get(DASHBOARD, {"kesepakatan": "NK-1999-001"})

    assert response.status_code == 200
    assert "semua kesepakatan ditampilkan" in response.content.decode()
    assert response.context["overview"].totals.total.count == 12


def test_example_rows_are_named_as_such(meeting, petugas, as_person):
    row = CommitmentFactory(meeting=meeting)
    assert "DATA CONTOH" not in as_person(petugas).get(DASHBOARD).content.decode()

    Commitment.objects.filter(pk=row.pk).update(is_example=True)
    assert "DATA CONTOH" in as_person(petugas).get(DASHBOARD).content.decode()


def test_without_lateness_the_bar_is_neutral(meeting, petugas, as_person):
    CommitmentFactory(meeting=meeting, due_on=dt.date(2026, 2, 18))

    html = as_person(petugas).get(DASHBOARD).content.decode()

    assert "sentence-late" not in html
    assert "1 melewati tanggal usulan" in html


def test_signed_out_people_are_led_to_the_door(client, db):
    assert client.get(DASHBOARD).status_code == 302


@pytest.mark.parametrize("count", [1, 20])
def test_the_dashboard_costs_the_same_for_one_row_and_for_twenty(count, meeting, pimpinan, as_person):
    for _ in range(count):
        CommitmentFactory(meeting=meeting, lead=AgencyFactory(), due_on=dt.date(2026, 3, 5), agreed=True)
    browser = as_person(pimpinan)
    browser.get(DASHBOARD)

    with CaptureQueriesContext(connection) as queries:
        browser.get(DASHBOARD)

    assert len(queries) == QUERIES
