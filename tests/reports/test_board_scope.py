"""The scope items of the dashboard say what the report says of them."""

import datetime as dt

import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments import tallies
from commitments.models import Commitment
from commitments.status import Status
from reports.board.numbers import Filter
from reports.board.scope import scope_part
from reports.board.tallied import tallied
from reports.counting.figures import figures
from reports.counting.periods import read_period
from tests.reports.random_worlds import NOW, PATIENT, build, scope_of, specs, three_leads, undone


@settings(PATIENT, max_examples=10)
@given(rows=specs(), settled_days_ago=st.sampled_from([0, 10, 80]))
def test_scope_items_of_the_dashboard_are_those_of_the_report(meeting, agreement, petugas, rows, settled_days_ago):
    with undone(), time_machine.travel(NOW, tick=False):
        built = build(rows, meeting=meeting, leads=three_leads(), clauses=scope_of(agreement))
        for spec, row in zip(rows, built, strict=True):
            if spec.status != Status.DRAFT:
                Commitment.objects.filter(pk=row.pk).update(realised=spec.realised)  # as an action copies it

        printed = figures(agreement, read_period("2026-TW1"), NOW)
        tallies.repair(NOW - dt.timedelta(days=settled_days_ago))
        part = scope_part(tallied(petugas, at=NOW, agreement=agreement), [agreement], Filter())

        shown = [row for one in part.agreements for row in one.rows]
        assert [
            (row.clause.number, row.total.count, row.done.count, row.percent, row.measured.count, row.expected)
            for row in shown
        ] == [
            (one.number, one.total, one.done, one.realised.percent, one.realised.counted, one.expected.percent)
            for one in printed.clauses
        ]
        assert part.unlinked.count == len(printed.rows_without_clause)
        assert part.title.startswith(f"{printed.clauses_moving} dari {len(printed.clauses)} ")
