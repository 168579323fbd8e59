"""Coverage: which scope items have a commitment, a verified result, a meeting lately; every number opens its rows."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Clause, Role
from commitments.models import Commitment
from commitments.status import Status
from meetings.models import AgendaItem
from reports.board.numbers import Filter
from reports.board.of_agreement import scope_tree
from reports.board.scope import scope_part
from reports.board.tallied import tallied
from reports.counting.coverage import coverage
from reports.counting.figures import figures
from reports.counting.periods import read_period
from tests.browsers import browser_of
from tests.factories import AgencyFactory, AgreementFactory, CommitmentFactory, MeetingFactory, at, person

NOW = at("2026-05-20")


@pytest.fixture
def scope(agreement):
    """Four items; 4a stands under 4."""
    one, two, three, four = (
        Clause.objects.create(agreement=agreement, number=str(n), text=f"Butir {n}", position=n) for n in range(1, 5)
    )
    below = Clause.objects.create(agreement=agreement, number="4a", text="Butir 4a", position=5, parent=four)
    return one, two, three, four, below


def numbers(items):
    return [item.number for item in items]


def test_an_item_without_commitment_lacks_everything(agreement, scope):
    covered = coverage(agreement, NOW)

    assert covered.total == 5
    for lacking in (covered.without_commitment, covered.without_verified, covered.without_meeting):
        assert numbers(lacking) == ["1", "2", "3", "4", "4a"]


def test_each_finding_asks_its_own_question(agreement, meeting, scope):
    one, two, three, _four, _below = scope
    lately = MeetingFactory(
        host_agency=meeting.host_agency, agreement=agreement, held_on=dt.date(2026, 3, 1), shared_at=at("2026-03-01")
    )
    CommitmentFactory(meeting=meeting, clauses=[one], status=Status.DONE)
    CommitmentFactory(meeting=lately, clauses=[two])
    CommitmentFactory(meeting=meeting, clauses=[three], status=Status.DRAFT)

    covered = coverage(agreement, NOW)

    assert numbers(covered.without_commitment) == ["3", "4", "4a"]
    assert numbers(covered.without_verified) == ["2", "3", "4", "4a"]
    assert numbers(covered.without_meeting) == ["1", "3", "4", "4a"]
    assert (covered.items[1].last_met.code, covered.items[1].last_met.on) == (lately.code, dt.date(2026, 3, 1))


def test_ninety_days_are_counted_to_the_day(agreement, meeting, scope):
    CommitmentFactory(meeting=meeting, clauses=[scope[0]])

    assert not coverage(agreement, at("2026-04-28")).items[0].is_silent
    assert coverage(agreement, at("2026-04-29")).items[0].is_silent


def test_a_commitment_under_a_sub_item_covers_the_item_above(agreement, meeting, scope):
    CommitmentFactory(meeting=meeting, clauses=[scope[4]], status=Status.DONE)

    four, below = coverage(agreement, at("2026-03-20")).items[3:]

    assert (four.total, four.below, four.has_commitment, four.has_verified, four.is_silent) == (0, 1, True, True, False)
    assert (below.total, below.below) == (1, 0)


def test_report_coverage_and_agreement_page_tell_the_same_items_without_commitment(agreement, meeting, scope, petugas):
    CommitmentFactory(meeting=meeting, clauses=[scope[4], scope[0]])

    counted = figures(agreement, read_period("2026"), NOW)
    covered = coverage(agreement, NOW)
    tree = scope_tree(agreement, petugas, at=NOW)

    assert numbers(covered.without_commitment) == numbers(counted.clauses_without_commitment) == ["2", "3"]
    assert (tree.clauses_with_commitment, tree.clauses) == (3, 5)
    assert [(one.total, one.below) for one in counted.clauses] == [(one.total, one.below) for one in covered.items]
    assert [(item.clause.number, item.total) for item in tree.items] == [("1", 1), ("2", 0), ("3", 0), ("4", 1)]


def test_an_item_has_begun_and_has_a_commitment_when_a_sub_item_has(agreement, meeting, scope, petugas):
    CommitmentFactory(meeting=meeting, clauses=[scope[4]], status=Status.RUNNING)
    CommitmentFactory(meeting=meeting, clauses=[scope[0]])

    counted = figures(agreement, read_period("2026"), NOW)
    part = scope_part(tallied(petugas, at=NOW, agreement=agreement), [agreement], Filter())

    assert [one.number for one in counted.clauses if one.is_moving] == ["4", "4a"]
    assert part.title.startswith("2 dari 5 butir")
    four = part.agreements[0].rows[3]
    assert (four.total.count, four.words) == (0, "komitmen pada butir di bawahnya")
    assert [row.words for row in part.agreements[0].rows[1:3]] == ["tanpa komitmen yang dapat Anda lihat"] * 2


def test_a_meeting_that_discussed_an_old_commitment_counts(agreement, meeting, scope):
    row = CommitmentFactory(meeting=meeting, clauses=[scope[0]])
    later = MeetingFactory(
        host_agency=meeting.host_agency, agreement=agreement, held_on=dt.date(2026, 5, 4), shared_at=at("2026-05-04")
    )
    AgendaItem.objects.create(meeting=later, title="Evaluasi", about_code=row.code)
    planned = MeetingFactory(
        host_agency=meeting.host_agency, agreement=agreement, held_on=dt.date(2026, 5, 19), status="PLANNED",
        shared_at=None,
    )  # fmt: skip
    AgendaItem.objects.create(meeting=planned, title="Evaluasi", about_code=row.code)

    assert coverage(agreement, NOW).items[0].last_met.code == later.code


def test_only_the_wanted_commitments_are_counted(agreement, meeting, scope):
    row = CommitmentFactory(meeting=meeting, clauses=[scope[0]])
    CommitmentFactory(meeting=meeting, clauses=[scope[0]])

    assert coverage(agreement, NOW, among=frozenset({row.code})).items[0].total == 1
    assert coverage(agreement, NOW, among=frozenset()).items[0].total == 0


@pytest.mark.parametrize("count", [1, 20])
def test_coverage_costs_the_same_for_one_row_and_for_twenty(agreement, meeting, scope, count):
    for row in CommitmentFactory.create_batch(count, meeting=meeting, clauses=[scope[0]]):
        AgendaItem.objects.create(meeting=meeting, title="Bahas", about_code=row.code)

    with CaptureQueriesContext(connection) as queries:
        coverage(agreement, NOW)

    assert len(queries) <= 12


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def page(browser, agreement, **query):
    return browser.get(reverse("reports:coverage", args=[agreement.code]), query)


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_every_number_of_the_page_opens_that_many_rows(clock, agreement, meeting, scope, petugas):
    for status in (Status.DONE, Status.RUNNING, Status.DRAFT, Status.UNMET):
        CommitmentFactory(meeting=meeting, clauses=[scope[0], scope[1]], status=status)
    CommitmentFactory(meeting=meeting, clauses=[scope[1]], status=Status.DONE)
    browser = browser_of(petugas)

    html = page(browser, agreement).content.decode()

    links = re.findall(r'href="(/komitmen/\?[^"]+)">(\d+)', html)
    assert [int(number) for _address, number in links] == [3, 1, 4, 2]
    for address, number in links:
        listed = browser.get(address.replace("&amp;", "&"))
        assert listed.context["page"].total == int(number)


def test_a_finding_shows_only_its_items(clock, agreement, meeting, scope, petugas):
    CommitmentFactory(meeting=meeting, clauses=[scope[0]])

    response = page(browser_of(petugas), agreement, tampil="tanpa-komitmen")

    assert [row.item.number for row in response.context["rows"]] == ["2", "3", "4", "4a"]
    assert "4 butir tanpa komitmen" in words_of(response)
    assert len(page(browser_of(petugas), agreement, tampil="lain").context["rows"]) == 5


def test_what_others_promised_each_other_is_not_counted(clock, agreement, meeting, scope, unit, other_unit):
    CommitmentFactory(meeting=meeting, lead=unit, clauses=[scope[0]])
    browser = browser_of(person(other_unit, Role.OFFICER))

    response = page(browser, agreement)

    assert "hanya komitmen yang dapat Anda lihat" in words_of(response)
    assert response.context["coverage"].items[0].total == 0


def test_an_agreement_without_scope_items_says_so(clock, petugas, bp3mi):
    empty = AgreementFactory(host_agency=bp3mi)

    assert "Ruang lingkup belum diisi." in words_of(page(browser_of(petugas), empty))


def test_the_page_of_a_foreign_agreement_is_not_found(clock, agreement):
    assert page(browser_of(person(AgencyFactory(), Role.OFFICER)), agreement).status_code == 404


def test_a_code_typed_otherwise_finds_its_page(clock, agreement, petugas):
    response = browser_of(petugas).get("/kesepakatan/nk-2025-1/cakupan/")

    assert response.headers["Location"].endswith("/kesepakatan/NK-2025-001/cakupan/")


def test_the_agreement_page_leads_to_its_coverage(clock, agreement, scope, petugas):
    html = browser_of(petugas).get(agreement.get_absolute_url()).content.decode()

    assert reverse("reports:coverage", args=[agreement.code]) in html
    assert reverse("reports:changes") + f"?kesepakatan={agreement.code}" in html
    assert Commitment.objects.count() == 0
