"""The page's figures: the database and the report agree on every row, and the matrix adds up."""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from commitments.models import Commitment, DueBasis
from commitments.status import COUNTED, Condition, Status
from reports.board.numbers import Filter
from reports.board.overview import overview
from reports.counting.figures import figures
from reports.counting.periods import read_period
from tests.factories import AgencyFactory, ClauseFactory, CommitmentFactory, at

QUERIES = 4
NOW = at("2026-03-02")
KINDS = st.sampled_from([status for status in Status if status not in (Status.VOID, Status.MERGED)])
DAYS = st.none() | st.dates(dt.date(2026, 2, 25), dt.date(2026, 3, 8))
ROWS = st.lists(
    st.tuples(KINDS, DAYS, st.booleans(), st.sampled_from(["", "Asia/Jakarta", "Asia/Jayapura"]), st.booleans()),
    min_size=1,
    max_size=8,
)
CLOCKS = st.integers(0, 5 * 24 * 60).map(lambda minutes: at("2026-03-01", "00.00") + dt.timedelta(minutes=minutes))


@pytest.fixture
def leads(db):
    return {zone: AgencyFactory(zone=zone) for zone in ("Asia/Jakarta", "Asia/Jayapura")}


@contextmanager
def undone():
    """A world of its own for each example: its rows are rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make(meeting, clause, leads, status, due_on, agreed, zone, linked):
    return CommitmentFactory(
        meeting=meeting, status=status, lead=leads.get(zone), due_on=due_on,
        due_basis=(DueBasis.AGREED if agreed else DueBasis.PROPOSED) if due_on else "",
        clauses=[clause] if linked else [], submitted_at=at("2026-02-27") if status == Status.SUBMITTED else None,
        closed_at=at("2026-02-28") if status in (Status.DONE, Status.UNMET) else None,
    )  # fmt: skip


@settings(
    max_examples=30, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(rows=ROWS, clock=CLOCKS)
def test_report_and_database_put_every_row_under_the_same_condition(meeting, agreement, clause, leads, rows, clock):
    with undone():
        for row in rows:
            make(meeting, clause, leads, *row)

        report = figures(agreement, read_period("2026-TW1"), clock)

        in_database = {c.code: c.condition for c in Commitment.objects.counted().with_condition(at=clock)}
        on_rows = {c.code: Commitment.condition(c, at=clock) for c in Commitment.objects.counted()}
        assert {row.code: row.condition for row in report.rows} == in_database == on_rows
        assert sum(report.by_condition.values()) == report.total == len(in_database)
        assert sum(one.count for one in report.classes) == report.total
        assert report.drafts == len(rows) - report.total


@settings(
    max_examples=30, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(rows=ROWS, clock=CLOCKS)
def test_page_and_report_count_the_same(meeting, agreement, clause, leads, rows, clock):
    with undone():
        for row in rows:
            make(meeting, clause, leads, *row)

        report = figures(agreement, read_period("2026-TW1"), clock)
        seen = overview(Commitment.objects.all(), own=frozenset(), at=clock)

        assert seen.totals.total.count == report.total == sum(row.total.count for row in seen.rows)
        assert (seen.late.count, seen.totals.longest_days) == (report.late, report.longest_days)
        assert (seen.drafts.count, seen.past_proposal.count) == (report.drafts, report.past_proposal)
        gaps = seen.gaps
        assert [n.count for n in (gaps.owner, gaps.date, gaps.target, gaps.scope, gaps.any)] == [
            report.gaps.owner, report.gaps.date, report.gaps.target, report.gaps.scope, report.gaps.any,
        ]  # fmt: skip
        for row in (*seen.rows, seen.totals):
            assert row.total.count == row.late.count + sum(cell.number.count for cell in row.cells)


def test_own_agencies_come_first_and_rows_nobody_leads_come_last(meeting, bp3mi, unit, other_unit):
    for lead in (None, other_unit, unit, bp3mi):
        CommitmentFactory(meeting=meeting, lead=lead)

    rows = overview(Commitment.objects.all(), own=frozenset({unit.pk}), at=NOW).rows

    assert [row.name for row in rows] == ["Sudin Naker", "BP3MI", "Sudin Sosial", "belum ada penanggung jawab"]
    assert [row.is_own for row in rows] == [True, False, False, False]
    assert rows[-1].total.query.startswith("penanggung_jawab=-&")


def test_the_longest_delay_is_counted_where_the_lead_is(meeting, leads):
    CommitmentFactory(meeting=meeting, lead=leads["Asia/Jayapura"], due_on=dt.date(2026, 3, 1), agreed=True)

    before = overview(Commitment.objects.all(), own=frozenset(), at=at("2026-03-01", "21.59"))
    after = overview(Commitment.objects.all(), own=frozenset(), at=at("2026-03-01", "22.00"))

    assert (before.late.count, after.late.count, after.totals.longest_days) == (0, 1, 1)


def test_a_claim_stays_as_late_as_when_it_was_made(meeting, unit):
    CommitmentFactory(
        meeting=meeting, lead=unit, due_on=dt.date(2026, 2, 20), agreed=True, status=Status.SUBMITTED,
        submitted_at=at("2026-02-23"),
    )  # fmt: skip

    seen = overview(Commitment.objects.all(), own=frozenset(), at=at("2026-03-30"))

    assert (seen.late.count, seen.rows[0].longest_days) == (1, 3)


def test_the_column_of_what_cannot_be_done_appears_only_when_something_cannot(meeting, unit):
    CommitmentFactory(meeting=meeting, lead=unit)
    assert Condition.UNMET not in overview(Commitment.objects.all(), own=frozenset(), at=NOW).columns

    CommitmentFactory(meeting=meeting, lead=unit, status=Status.UNMET)
    assert overview(Commitment.objects.all(), own=frozenset(), at=NOW).columns[-1] == Condition.UNMET


def test_every_number_repeats_the_filter_of_the_page(meeting, unit):
    CommitmentFactory(meeting=meeting, lead=unit)

    seen = overview(Commitment.objects.all(), own=frozenset(), at=NOW, within=Filter((("kesepakatan", "NK-1"),)))

    numbers = [seen.drafts, seen.near, seen.past_proposal, seen.gaps.any, seen.totals.total, seen.rows[0].late]
    assert all(number.query.startswith("kesepakatan=NK-1&") for number in numbers)
    assert seen.rows[0].cells[0].number.query == "kesepakatan=NK-1&penanggung_jawab=naker&kondisi=NOT_STARTED"
    assert seen.totals.total.query.count("status=") == len(COUNTED)


@pytest.mark.parametrize(
    ("late", "ahead", "waiting", "words"),
    [
        ([], [], 0, "Belum ada komitmen."),
        ([], [dt.date(2026, 4, 14)], 0, "Tidak ada komitmen yang melewati tenggat. Tenggat terdekat 14 April 2026."),
        ([dt.date(2026, 2, 18)], [], 0, "1 komitmen melewati tenggat selama 12 hari."),
        (
            [dt.date(2026, 2, 18), dt.date(2026, 1, 14)], [], 4,
            "2 komitmen melewati tenggat, terlama 47 hari. 4 menunggu keputusan Anda.",
        ),
    ],
)  # fmt: skip
def test_the_sentence_counts_and_names_nobody(meeting, unit, late, ahead, waiting, words):
    for day in late:
        CommitmentFactory(meeting=meeting, lead=unit, due_on=day, agreed=True)
    for day in ahead:
        CommitmentFactory(meeting=meeting, lead=unit, due_on=day)

    assert overview(Commitment.objects.all(), own=frozenset(), at=NOW).sentence(waiting=waiting) == words


def test_example_rows_are_known(meeting):
    row = CommitmentFactory(meeting=meeting)
    assert not overview(Commitment.objects.all(), own=frozenset(), at=NOW).is_example

    Commitment.objects.filter(pk=row.pk).update(is_example=True)
    assert overview(Commitment.objects.all(), own=frozenset(), at=NOW).is_example


@pytest.mark.parametrize("count", [1, 20])
def test_an_overview_costs_the_same_for_one_row_and_for_twenty(meeting, agreement, count):
    for _ in range(count):
        CommitmentFactory(meeting=meeting, lead=AgencyFactory(), clauses=[ClauseFactory(agreement=agreement)])

    with CaptureQueriesContext(connection) as queries:
        overview(Commitment.objects.all(), own=frozenset(), at=NOW)

    assert len(queries) == QUERIES
