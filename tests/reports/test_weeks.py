"""Twelve weeks: the page, the report and the list that a number opens agree on every week."""

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from agencies.models import Role
from commitments import actions, tallies
from commitments.actions import TermsEntry
from commitments.forms.search import SearchForm
from commitments.models import Commitment, DueBasis, Move, Terms
from commitments.status import Status, Verb
from meetings.models import Attendance
from reports.board.tallied import tallied
from reports.board.weeks import weeks
from reports.counting.history import history
from reports.counting.trend import trend
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, at, person

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
    CommitmentFactory(meeting=meeting, lead=east, agreed=True, due_on=dt.date(2026, 4, 1))
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
            form = SearchForm(query, user=pimpinan, at=NOW)
            assert form.filter(Commitment.objects.all()).count() == count, (week, what)


def both(user, when=NOW, **where):
    """The weeks of a person by counting rows, and by tallies."""
    rows = Commitment.objects.visible_to(user).filter(**where)
    return weeks(rows, at=when), weeks(tallied(user, at=when, **where), at=when)


@pytest.mark.parametrize("clock", ["00.30", "21.30", "22.30", "23.30"])  # a day ends two hours earlier in the east
def test_tallies_tell_the_same_weeks_to_everybody(world, agreement, bp3mi, unit, city, auditor, clock):
    tallies.repair(NOW)
    instant = at("2026-04-01", clock)
    people = [person(bp3mi, Role.OFFICER), person(unit, Role.OFFICER), person(city, Role.SUPERVISOR), auditor]
    for user in people:
        live, told = both(user, instant)
        assert told == live
    live, told = both(people[0], instant, agreement=agreement)
    assert told == live
    assert any(week.late for week in told)


def test_settled_days_tell_the_same_weeks(world, petugas):
    tallies.repair(at("2025-12-01"))
    live, told = both(petugas)
    assert told == live

    tallies.settle(NOW)

    assert both(petugas) == (live, live)
    assert tallies.differences(NOW) == []


def test_a_handed_over_commitment_takes_its_weeks_along(commitment, petugas, petugas_unit, other_unit, clause):
    instant = at("2026-02-20")
    actions.start(commitment, by=petugas_unit, at=instant)
    entry = TermsEntry("Bursa kerja", lead=other_unit, due_on=dt.date(2026, 3, 5), clauses=(clause,))
    row = Commitment.objects.get(pk=commitment.pk)
    actions.change_terms(row, entry, by=petugas, at=at("2026-03-03"), version=row.version)

    for user in (petugas, petugas_unit, person(other_unit, Role.OFFICER)):
        live, told = both(user)
        assert told == live
    assert told[0].open == 0
    assert told[-1].open == told[7].open == 1
    assert tallies.differences(NOW) == []


def test_merged_rows_stood_open_before(world, meeting, unit):
    row = CommitmentFactory(meeting=meeting, lead=unit, agreed=True, due_on=dt.date(2026, 2, 1))
    move(row, Status.MERGED, Verb.MERGE, at("2026-03-15"), merged_into=CommitmentFactory(meeting=meeting))
    tallies.repair(NOW)
    live, told = both(person(unit, Role.OFFICER))

    assert told == live


def test_rows_seen_by_presence_are_counted_as_they_are(world, unit, stranger):
    away = MeetingFactory(host_agency=stranger)
    Attendance.objects.create(meeting=away, agency=unit)
    CommitmentFactory(meeting=away, lead=None)
    row = CommitmentFactory(meeting=away, lead=None)
    move(row, Status.MERGED, Verb.MERGE, at("2026-03-15"), merged_into=CommitmentFactory(meeting=away))
    tallies.repair(NOW)
    live, told = both(person(unit, Role.OFFICER))

    assert told == live


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
