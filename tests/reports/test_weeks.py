"""Twelve weeks: the page, the report and the list that a number opens agree on every week."""

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from commitments.forms.search import SearchForm
from commitments.models import Commitment, DueBasis, Move, Terms
from commitments.status import Status, Verb
from reports.board.weeks import weeks
from reports.counting.history import history
from reports.counting.trend import trend
from tests.factories import AgencyFactory, CommitmentFactory, at

NOW = at("2026-04-01", "10.30")


def move(row, status, verb, instant, **fields):
    Move.objects.create(commitment=row, from_status=row.status, to_status=status, verb=verb, at=instant)
    row.status = status
    Commitment.objects.filter(pk=row.pk).update(status=status, **fields)


def new_terms(row, instant, due_on, basis=DueBasis.AGREED):
    last = Terms.objects.filter(commitment=row).count()
    Terms.objects.create(
        commitment=row, n=last + 1, wording=row.wording, lead=row.lead, due_on=due_on, due_basis=basis, at=instant
    )
    keeper = row.lead or row.host_agency
    late_from = keeper.midnight_after(due_on) if due_on else None
    Commitment.objects.filter(pk=row.pk).update(
        due_on=due_on, due_basis=basis if due_on else "", late_from=late_from, terms_n=last + 1
    )


@pytest.fixture
def world(meeting, unit):
    """Quiet rows, moved rows, moved dates, claims that stop the clock, and a lead two hours east."""
    east = AgencyFactory(zone="Asia/Jayapura")
    CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 2, 15))
    CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 2, 15))
    CommitmentFactory(meeting=meeting, status=Status.DRAFT)
    CommitmentFactory(meeting=meeting, lead=east, agreed=True, due_on=dt.date(2026, 3, 10))
    old = {"created_at": at("2025-11-01"), "shared_at": at("2025-11-02")}
    CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 1, 20), **old)
    CommitmentFactory(meeting=meeting, lead=unit, status=Status.DONE, closed_at=at("2025-12-01"), **old)
    shifted = CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 2, 10))
    new_terms(shifted, at("2026-02-27"), dt.date(2026, 5, 1))
    claimed = CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 3, 1))
    move(claimed, Status.SUBMITTED, Verb.SUBMIT, at("2026-02-26"), submitted_at=at("2026-02-26"))
    late_claim = CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 2, 20))
    move(late_claim, Status.SUBMITTED, Verb.SUBMIT, at("2026-03-03"), submitted_at=at("2026-03-03"))
    done = CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 2, 12))
    move(done, Status.DONE, Verb.VERIFY, at("2026-03-20"), closed_at=at("2026-03-20"))


def test_page_and_report_tell_the_same_weeks(world, agreement):
    assert weeks(Commitment.objects.all(), at=NOW) == trend(history(agreement, at=NOW), at=NOW)


def test_late_work_is_seen_to_grow_and_to_shrink(world):
    assert [week.late for week in weeks(Commitment.objects.all(), at=NOW)] == [0, 1, 1, 1, 2, 4, 5, 4, 5, 5, 4, 4]


def test_every_week_opens_exactly_its_rows(world, pimpinan):
    for week in weeks(Commitment.objects.all(), at=NOW):
        for what, count in (("terbuka", week.open), ("terlambat", week.late), ("selesai", week.done)):
            query = QueryDict(f"minggu={what}-{week.ends_on}")
            form = SearchForm(query, visible=Commitment.objects.all(), user=pimpinan, at=NOW)
            assert form.filter(Commitment.objects.all()).count() == count, (week, what)


def test_weeks_of_nothing_are_noughts(db):
    found = weeks(Commitment.objects.all(), at=NOW)

    assert len(found) == 12
    assert {(week.open, week.late, week.done) for week in found} == {(0, 0, 0)}


@pytest.mark.parametrize("count", [1, 20])
def test_weeks_cost_the_same_for_one_row_and_for_twenty(meeting, unit, count):
    for _ in range(count):
        CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 2, 10), status=Status.DONE)

    with CaptureQueriesContext(connection) as queries:
        weeks(Commitment.objects.all(), at=NOW)

    assert len(queries) == 3
