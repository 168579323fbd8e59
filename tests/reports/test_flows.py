"""What happened in a period: the dashboard counts from tallies what the list finds row by row."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.models import Role
from commitments import tallies
from commitments.happened import DONE, SHARED, SHIFTED, happened
from commitments.models import Commitment, Contribution
from meetings.models import Meeting, MeetingStatus
from reports.board.flows import flows_part
from reports.board.numbers import Filter
from reports.board.tallied import tallied
from reports.counting.periods import read_period
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, at, person
from tests.reports.random_worlds import NOW, PATIENT, build, scope_of, specs, three_leads, undone

PERIODS = ("2025", "2026", "2025-S2", "2026-S1", "2025-TW4", "2026-TW1", "2025-12", "2026-02", "2026-03")


def same(user, period, **where):
    """Whether the part says what the rows say."""
    part = flows_part(tallied(user, at=NOW, **where), Filter(), read_period(period))
    rows = Commitment.objects.visible_to(user).filter(**where)
    period = read_period(period)
    found = [happened(rows, what, period.starts_on, period.ends_on).count() for what in (SHARED, DONE, SHIFTED)]
    return [flow.number.count for flow in part.flows] == found


@settings(PATIENT, max_examples=10)
@given(rows=specs(), period=st.sampled_from(PERIODS))
def test_every_period_counts_the_rows_that_its_link_opens(meeting, agreement, petugas, rows, period):
    with undone(), time_machine.travel(NOW, tick=False):
        leads = three_leads()
        build(rows, meeting=meeting, leads=leads, clauses=scope_of(agreement))
        tallies.repair(NOW)

        assert same(petugas, period)
        assert same(petugas, period, agreement=agreement)
        assert same(person(leads[0], Role.OFFICER), period)


@pytest.mark.parametrize("period", ["2026-03", "2026"])
def test_what_is_read_as_a_supporter_is_counted_too(period, meeting):
    supporter = AgencyFactory()
    row = CommitmentFactory(meeting=meeting, shared_at=at("2026-03-03"))
    Contribution.objects.create(commitment=row, agency=supporter)
    reader = person(supporter, Role.OFFICER)

    part = flows_part(tallied(reader, at=NOW), Filter(), read_period(period))

    assert part.flows[0].number.count == 1
    assert same(reader, period)


def test_meetings_are_those_of_own_agencies_and_those_that_one_attended(agreement):
    other, reader = AgencyFactory(), person(AgencyFactory(), Role.OFFICER)
    mine = reader.rights.main_agency
    MeetingFactory(host_agency=mine, agreement=None, held_on=dt.date(2026, 1, 5))
    attended = MeetingFactory(host_agency=other, held_on=dt.date(2026, 3, 31), agreement=agreement, present=[mine])
    MeetingFactory(host_agency=other, held_on=dt.date(2026, 3, 31))
    MeetingFactory(host_agency=mine, held_on=dt.date(2026, 4, 1))
    MeetingFactory(host_agency=mine, held_on=dt.date(2026, 3, 1), status=MeetingStatus.CANCELLED)
    Meeting.objects.filter(pk=attended.pk).update(shared_at=NOW)

    known, period = tallied(reader, at=NOW), read_period("2026-TW1")

    assert flows_part(known, Filter(), period).meetings.count == 2
    assert flows_part(known, Filter((("kesepakatan", agreement.code),)), period).meetings.count == 1
