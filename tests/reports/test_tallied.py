"""What the tallies say is what counting the commitments says, for everybody and at any moment."""

import datetime as dt
from dataclasses import astuple, replace
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.db.models import Min
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from agencies.models import Role
from commitments import tallies
from commitments.ages import AGES, aged
from commitments.models import Commitment, Contribution, DueBasis, ProgressKind
from commitments.queues import awaiting_decision, blocked_near, claims_untold, due_within, kept_by, owed_by, to_complete
from commitments.status import Status
from config.workdays import day_of
from reports.board.groups import owed, whole
from reports.board.overview import overview
from reports.board.tallied import Near, count_ages, count_turns, tallied
from reports.board.weeks import weeks
from tests.factories import AgencyFactory, ClauseFactory, CommitmentFactory, MeetingFactory, ProgressFactory, at, person

NOW = at("2026-03-02")
QUERIES = 11
STATES = st.sampled_from([status for status in Status if status != Status.MERGED])
DAYS = st.dates(dt.date(2026, 2, 25), dt.date(2026, 3, 20)) | st.dates(dt.date(2025, 11, 20), dt.date(2026, 2, 10))
ROWS = st.lists(
    st.tuples(
        STATES, st.none() | DAYS, st.booleans(), st.integers(0, 3),
        st.booleans(), st.integers(0, 3),
    ),
    min_size=1, max_size=7,
)  # fmt: skip
CLOCKS = st.integers(0, 5 * 24 * 60).map(lambda minutes: at("2026-03-01", "00.00") + dt.timedelta(minutes=minutes))


@pytest.fixture
def world(bp3mi, unit, other_unit, city, agreement, ministry, auditor):
    """Two hosts whose meetings others attend, leads in two zones, and everybody who looks."""
    east = AgencyFactory(zone="Asia/Jayapura", parent=city)
    second = AgencyFactory(parent=ministry, zone="Asia/Makassar")
    return {
        "meetings": [
            MeetingFactory(host_agency=bp3mi, counterpart=city, agreement=agreement, present=[unit, east]),
            MeetingFactory(host_agency=second, counterpart=None, agreement=None, present=[bp3mi, unit]),
        ],
        "leads": [None, unit, east, other_unit],
        "clause": ClauseFactory(agreement=agreement),
        "people": [
            person(bp3mi, Role.OFFICER), person(unit, Role.OFFICER), person(city, Role.SUPERVISOR),
            person(ministry, Role.SUPERVISOR), auditor,
        ],
    }  # fmt: skip


def make(world, status, due_on, agreed, lead, linked, support):
    held = world["meetings"][support % 2]
    row = CommitmentFactory(
        meeting=held, status=status, lead=world["leads"][lead], due_on=due_on,
        due_basis=(DueBasis.AGREED if agreed else DueBasis.PROPOSED) if due_on else "",
        clauses=[world["clause"]] if linked else [], is_example=linked,
        submitted_at=at("2026-03-01", "23.30") if status == Status.SUBMITTED else None, target=4 if agreed else None,
        closed_at=at("2026-02-28") if status in (Status.DONE, Status.UNMET) else None,
    )  # fmt: skip
    if status == Status.SUBMITTED:
        ProgressFactory(commitment=row, kind=ProgressKind.CLAIM, author=world["people"][2 if agreed else 3])
    if support > 1 and world["leads"][support] != row.lead:
        Contribution.objects.create(commitment=row, agency=world["leads"][support])


def both(user, when, **where):
    """The overview by counting rows, and by tallies."""
    own = user.rights.own
    live = overview(Commitment.objects.visible_to(user).filter(**where), own=own, at=when)
    return live, overview(tallied(user, at=when, **where), own=own, at=when)


def shortened(whole, most):
    """The same overview with own agencies and at ``most`` so many partners."""
    rows = [row for row in whole.rows if row.is_own] + [row for row in whole.rows if not row.is_own][:most]
    return replace(whole, rows=tuple(rows), hidden=len(whole.rows) - len(rows))


def counted(user, when, most=None):
    """The ages, all that there is, one's duties, and claims to decide, by counting rows, and by tallies."""
    rows, posts = Commitment.objects.visible_to(user), user.rights.by_role[Role.SUPERVISOR]
    known = tallied(user, at=when, most=most, near=Near(deciding=posts, keeping=kept_by(user)))
    ages = [rows.filter(aged(age, at=when)).count() for age in AGES]
    everything = (
        rows.counted().count(), rows.overdue(at=when).count(), rows.with_gap().count(),
        rows.counted().filter(is_example=True).count(),
    )  # fmt: skip
    turns = count_turns(known)
    waiting = turns.claims + sum(row.turn for row in claims_untold(rows, user))
    duties = owed_by(rows, user)
    late = duties.overdue(at=when)
    due = (
        duties.count(), late.count(), max((row.days_past(at=when) for row in late), default=0),
        due_within(duties, 14, at=when).count(),
        duties.filter(due_on__gte=day_of(when)).aggregate(day=Min("due_on"))["day"],
    )  # fmt: skip
    decided = awaiting_decision(rows, user).count(), blocked_near(rows, user).count(), to_complete(rows, user).count()
    return (ages, everything, due, decided), (
        count_ages(known), astuple(whole(known)), astuple(owed(known, user.rights.own)),
        (waiting, turns.blocked, turns.lacking),
    )  # fmt: skip


@settings(
    max_examples=25, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    rows=ROWS,
    clock=CLOCKS,
    is_settled=st.booleans(),
    keys=st.sampled_from([500, 1]),
    most=st.sampled_from([0, 1, None]),
)
def test_everybody_is_told_the_same_as_by_counting(world, rows, clock, is_settled, keys, most):
    with transaction.atomic(), patch("reports.board.tallied.MOST_KEYS", keys):
        for row in rows:
            make(world, *row)
        if is_settled:
            tallies.settle(clock)
        for user in world["people"]:
            live, told = both(user, clock)
            assert told == live
            short = overview(tallied(user, at=clock, most=most), own=user.rights.own, at=clock)
            assert short == shortened(live, most)
            live, told = counted(user, clock, most)
            assert told == live
            seen = Commitment.objects.visible_to(user)
            assert weeks(tallied(user, at=clock), at=clock) == weeks(seen, at=clock)
        live, told = both(world["people"][0], clock, agreement=world["meetings"][0].agreement)
        assert told == live
        transaction.set_rollback(True)


def test_a_region_is_told_the_same(world):
    make(world, Status.RUNNING, dt.date(2026, 2, 27), True, 1, True, 0)
    unit = world["leads"][1]
    unit.region = "Kota Uji"
    unit.save()

    live, told = both(world["people"][0], NOW, lead__region="Kota Uji")

    assert told == live
    assert told.late.count == 1


@pytest.mark.parametrize(
    ("zone", "clock", "days"),
    [("Asia/Jakarta", "22.30", 9), ("Asia/Jayapura", "22.30", 10), ("Asia/Jayapura", "21.30", 9)],
)
def test_the_longest_delay_is_told_though_its_lead_has_no_row(world, petugas, zone, clock, days):
    for short_name, day in (("A", dt.date(2026, 2, 25)), ("B", dt.date(2026, 2, 20)), ("C", dt.date(2026, 2, 21))):
        lead = AgencyFactory(short_name=short_name, zone=zone if short_name == "B" else "Asia/Jakarta")
        CommitmentFactory(meeting=world["meetings"][0], lead=lead, due_on=day, agreed=True)
    when = at("2026-03-01", clock)

    told = overview(tallied(petugas, at=when, most=1), own=petugas.rights.own, at=when)

    assert [(row.name, row.longest_days) for row in told.rows] == [("A", 4)]
    assert (told.late.count, told.totals.longest_days, told.leads) == (3, days, 3)


def test_of_leads_without_a_row_only_their_sum_is_asked(world, petugas):
    for number in range(9):
        lead = AgencyFactory(short_name=f"Mitra {number}")
        CommitmentFactory(meeting=world["meetings"][0], lead=lead, due_on=dt.date(2026, 2, 20), agreed=True)

    seen = tallied(petugas, at=NOW, most=2)

    assert len({group["led"] for group in (*seen.sums, *seen.late)}) == 3  # two partners, and the others as one
    assert sum(group["sum"] for group in seen.late) == 9


def test_nobody_sees_anything_in_an_empty_world(world):
    live, told = both(world["people"][0], NOW)

    assert told == live
    assert told.totals.total.count == 0


@pytest.mark.parametrize("count", [3, 40])
def test_more_rows_and_agencies_cost_no_more_queries(world, petugas, count):
    for number in range(count):
        make(world, Status.RUNNING, dt.date(2026, 2, 26), True, number % 4, False, number % 2)
        if number > 3:
            CommitmentFactory(meeting=world["meetings"][0], lead=AgencyFactory())

    with CaptureQueriesContext(connection) as asked:
        overview(tallied(petugas, at=NOW), own=petugas.rights.own, at=NOW)

    assert len(asked) <= QUERIES
