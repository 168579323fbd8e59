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
from reports.board.board import MOST_PARTNERS
from reports.board.medians import Medians, medians
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, ProgressFactory, at

DASHBOARD = reverse("reports:dashboard")
LIST = reverse("commitments:list")
PRINT = reverse("reports:dashboard_print")
MEETINGS = reverse("meetings:list")
QUERIES = 16
PART_QUERIES = {"ruang-lingkup": 9, "umur": 7, "tren": 8, "periode": 8}


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
    Agency.objects.filter(pk=other_unit.pk).update(region="Kota Uji")
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
    return [
        (href, int(words.split()[0]))
        for href, words in links
        if href.startswith((LIST, MEETINGS + "?")) and re.match(r"\d", words)
    ]


@pytest.mark.parametrize(
    ("who", "within"),
    [
        ("pimpinan", "?bagian=semua"), ("pimpinan", "?bagian=semua&kesepakatan=NK-2025-001&periode=2026-TW1"),
        ("pimpinan", "?bagian=semua&wilayah=Kota+Uji"), ("petugas_unit", "?bagian=semua&periode=2026"),
        ("auditor", "?bagian=semua"),
    ],
)  # fmt: skip
def test_every_number_opens_exactly_its_rows(who, within, world, as_person, request):
    browser = as_person(request.getfixturevalue(who))
    found = numbers(browser.get(DASHBOARD + within))

    opened = {href: browser.get(href).context["page"].total for href, _ in found}

    assert len(found) >= 8
    assert [(href, opened[href]) for href, _ in found] == found


PART = {"HTTP_HX_REQUEST": "true"}


@pytest.mark.parametrize("name", PART_QUERIES)
def test_a_part_comes_alone_when_htmx_asks_for_it(name, world, pimpinan, as_person):
    html = as_person(pimpinan).get(DASHBOARD, {"bagian": name, "periode": "2026-TW1"}, **PART).content.decode()

    assert html.strip().startswith(f'<section class="panel part" id="bagian-{name}"')
    assert "<table" in html
    assert "data-hx-get" not in html


def test_the_first_page_only_names_the_later_parts(world, pimpinan, as_person):
    html = as_person(pimpinan).get(DASHBOARD).content.decode()

    assert html.count('data-hx-trigger="load"') == 3
    assert "Tampilkan bagian ini" in html


def test_without_scripts_everything_stands_on_one_page(world, pimpinan, as_person):
    browser = as_person(pimpinan)
    refresh = re.search(
        r'<noscript><meta http-equiv="refresh" content="0; url=([^"]+)">', browser.get(DASHBOARD).content.decode()
    )

    html = browser.get(refresh[1].replace("&amp;", "&")).content.decode()

    assert 'data-hx-trigger="load"' not in html
    assert "<noscript><meta" not in html
    assert html.count('class="panel part"') == 3


def test_a_failing_part_says_so_and_the_rest_stays(world, pimpinan, as_person, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("no weeks today")

    monkeypatch.setattr("reports.board.parts.weeks", fail)
    browser = as_person(pimpinan)

    page = browser.get(DASHBOARD, {"bagian": "semua"}).content.decode()
    part = browser.get(DASHBOARD, {"bagian": "tren"}, **PART)

    for html in (page, part.content.decode()):
        assert "Bagian tren 12 minggu belum dapat dimuat." in html
        assert "Muat ulang bagian" in html
    assert "Umur keterlambatan" in page
    assert part.status_code == 200


def test_a_part_nobody_knows_is_the_whole_page(world, pimpinan, as_person):
    assert as_person(pimpinan).get(DASHBOARD, {"bagian": "apa-saja"}).status_code == 200


def test_the_printed_page_holds_every_part(world, pimpinan, as_person):
    html = as_person(pimpinan).get(PRINT, {"periode": "2026-TW1"}).content.decode()

    assert html.count('class="panel part"') == 4
    assert "data-hx-get" not in html.split("<main")[1].split("</main>")[0]
    assert "Dicetak oleh" in html


def test_a_region_is_that_of_the_lead(world, pimpinan, as_person):
    board = as_person(pimpinan).get(DASHBOARD, {"wilayah": "Kota Uji"}).context["board"]

    assert [row.code for row in board.overview.rows] == ["sosial"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("wilayah", "Atlantis", "semua wilayah ditampilkan"),
        ("periode", "kapan-kapan", "Periode itu tidak dikenal"),
        ("kesepakatan", "\0", "semua kesepakatan ditampilkan"),
    ],
)
def test_what_nobody_knows_is_ignored_in_words(name, value, words, world, pimpinan, as_person):
    response = as_person(pimpinan).get(DASHBOARD, {name: value})

    assert response.status_code == 200
    assert words in response.content.decode()


def test_what_waits_for_a_supervisor_is_listed_with_its_way(world, pimpinan, as_person):
    browser = as_person(pimpinan)
    waiting = browser.get(DASHBOARD).context["board"].decisions

    assert [one.mark for one in waiting] == ["SUBMITTED", "BLOCKED", "gap"]
    assert [browser.get(one.url).context["page"].total for one in waiting] == [one.count for one in waiting]


def test_the_middle_is_told_only_among_five_other_agencies(meeting, unit, pimpinan, as_person):
    browser, within = as_person(pimpinan), {"kesepakatan": "NK-2025-001"}
    for _ in range(4):
        CommitmentFactory(meeting=meeting, lead=AgencyFactory())
    assert "Nilai tengah" not in browser.get(DASHBOARD, within).content.decode()

    CommitmentFactory(meeting=meeting, lead=unit, status=Status.DONE)
    assert (
        "Nilai tengah 5 instansi dalam kesepakatan ini: 0 melewati tenggat, 0% selesai."
        in browser.get(DASHBOARD, within).content.decode()
    )


def test_the_middle_is_that_of_all_leads_whatever_the_reader_sees(meeting, pimpinan):
    mixed = [(3, 3, 1), (0, 2, 2), (1, 1, 0), (2, 5, 1), (0, 4, 3), (0, 0, 2)]  # late, open, done
    for late, unfinished, done in mixed:
        lead = AgencyFactory()
        for number in range(unfinished):
            day = dt.date(2026, 2, 20) if number < late else dt.date(2026, 3, 20)
            CommitmentFactory(meeting=meeting, lead=lead, due_on=day, agreed=True)
        for _ in range(done):
            CommitmentFactory(meeting=meeting, lead=lead, status=Status.DONE)
    CommitmentFactory(meeting=meeting, lead=None)

    told = medians(meeting.agreement, pimpinan.rights.own, at=at("2026-03-02"))

    assert told == Medians(6, late=0.5, done_percent=34)  # of 25, 50, 0, 17, 43 and 100 in a hundred


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("name", PART_QUERIES)
def test_a_part_costs_the_same_for_one_row_and_for_twenty(name, count, meeting, clause, pimpinan, as_person):
    for _ in range(count):
        CommitmentFactory(
            meeting=meeting, lead=AgencyFactory(), clauses=[clause], due_on=dt.date(2026, 2, 5), agreed=True
        )
    browser = as_person(pimpinan)
    browser.get(DASHBOARD)

    with CaptureQueriesContext(connection) as queries:
        browser.get(DASHBOARD, {"bagian": name, "periode": "2026-TW1"}, **PART)

    assert len(queries) == PART_QUERIES[name]


def test_the_sentence_counts_what_is_late_and_what_waits_for_the_reader(world, pimpinan, as_person):
    response = as_person(pimpinan).get(DASHBOARD)

    words = response.context["board"].sentence
    assert words == "2 komitmen melewati tenggat, terlama 47 hari. 1 menunggu keputusan Anda."
    assert not any(agency.short_name in words for agency in Agency.objects.all())
    assert "data per 2 Mar 2026 09.00 WIB" in response.content.decode()


def test_an_officer_decides_nothing_and_is_not_told_that_something_waits(world, petugas, as_person):
    response = as_person(petugas).get(DASHBOARD)

    assert "menunggu keputusan" not in response.context["board"].sentence
    assert "Menunggu keputusan Anda" not in response.content.decode()


def test_the_readers_own_row_comes_first_and_is_marked(world, petugas_lain, as_person):
    response = as_person(petugas_lain).get(DASHBOARD)

    assert "Sudin Sosial (instansi kita)" in response.content.decode()
    assert response.context["board"].overview.rows[0].code == "sosial"


def test_a_reader_counts_only_what_the_reader_may_see(world, petugas_unit, petugas_asing, as_person):
    unit = as_person(petugas_unit).get(DASHBOARD).context["board"].overview
    stranger = as_person(petugas_asing).get(DASHBOARD).context["board"].overview

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
    assert response.context["board"].overview.totals.total.count == 12


def test_example_rows_are_named_as_such(meeting, petugas, as_person):
    CommitmentFactory(meeting=meeting)
    assert "DATA CONTOH" not in as_person(petugas).get(DASHBOARD).content.decode()

    CommitmentFactory(meeting=meeting, is_example=True)
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


def test_meetings_and_dates_ahead_stand_in_one_order(meeting, bp3mi, city, petugas, as_person):
    planned = MeetingFactory(
        host_agency=bp3mi, counterpart=city, held_on="2026-03-09", status="PLANNED", shared_at=None
    )
    near = CommitmentFactory(meeting=meeting, due_on=dt.date(2026, 3, 5))
    far = CommitmentFactory(meeting=meeting, due_on=dt.date(2026, 3, 12))

    for address in (DASHBOARD, PRINT):
        html = as_person(petugas).get(address).content.decode().partition("14 hari ke depan")[2]
        assert html.index(near.code) < html.index(planned.get_absolute_url()) < html.index(far.code)


def test_only_meetings_of_the_chosen_agreement_stand_ahead(meeting, bp3mi, city, petugas, as_person):
    other = MeetingFactory(host_agency=bp3mi, counterpart=city, held_on="2026-03-09", status="PLANNED", shared_at=None)
    other = other.get_absolute_url()
    browser = as_person(petugas)

    assert other in browser.get(DASHBOARD).content.decode()
    assert other not in browser.get(DASHBOARD, {"kesepakatan": meeting.agreement.code}).content.decode()


def test_a_long_matrix_shows_its_beginning_and_opens_whole(meeting, unit, pimpinan, as_person):
    for number in range(MOST_PARTNERS + 2):
        CommitmentFactory(meeting=meeting, lead=AgencyFactory(short_name=f"Mitra {number:02d}"))
    browser = as_person(pimpinan)

    html = browser.get(DASHBOARD).content.decode()
    assert "40 dari 42 instansi ditampilkan" in html
    assert "Mitra 39" in html
    assert "Mitra 40" not in html
    assert Links(html).found  # the sums still open all rows
    assert 'bagian=semua">' in html

    for address in (DASHBOARD + "?bagian=semua", PRINT):
        whole = browser.get(address).content.decode()
        assert "Mitra 41" in whole
        assert "instansi ditampilkan" not in whole
