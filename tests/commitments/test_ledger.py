"""What a save asks and adds to the tallies: few statements, and whole however many rows there are."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments import tallies
from commitments.actions import Proof, report_progress, start, submit
from commitments.ledger import append
from commitments.models import DayTally
from tests.factories import ClauseFactory


def test_more_rows_than_one_statement_holds_are_all_added(bp3mi, monkeypatch):
    monkeypatch.setattr(connection.features, "max_query_params", 40)
    names = tallies.SORTS[DayTally] + tallies.SUMS[DayTally]
    days = [dt.date(2026, 1, day) for day in range(1, 22)]

    append(DayTally, names, [(False, bp3mi.pk, None, None, day, 1, -1, 0) for day in days])

    told = DayTally.objects.order_by("day").values_list("day", "open", "late", "done", "lead", "is_settled")
    assert list(told) == [(day, 1, -1, 0, None, False) for day in days]


def test_a_step_asks_once_for_scope_items(commitment, clause, petugas_unit):
    commitment.clauses.set([clause])
    tallies.repair(timezone.now())

    with CaptureQueriesContext(connection) as queries:
        start(commitment, by=petugas_unit, at=timezone.now())

    asked = [query["sql"] for query in queries if ' FROM "commitments_commitment_clauses"' in query["sql"]]
    assert len(asked) == 1
    assert tallies.differences(timezone.now()) == []


def test_scope_items_linked_between_two_steps_are_told(commitment, clause, agreement, petugas_unit):
    tallies.repair(timezone.now())
    start(commitment, by=petugas_unit, at=timezone.now())
    commitment.refresh_from_db()
    with tallies.kept(commitment, at=timezone.now()):
        commitment.clauses.set([clause, ClauseFactory(agreement=agreement, number="2", text="Pelatihan")])
    report_progress(commitment, by=petugas_unit, at=timezone.now(), text="Sudah separuh.")

    assert tallies.differences(timezone.now()) == []


def test_a_claim_asks_once_who_supports(commitment, petugas_unit):
    with CaptureQueriesContext(connection) as queries:
        submit(commitment, by=petugas_unit, at=timezone.now(), text="Sudah.", evidence=[Proof(letter_number="B-1")])

    asked = [query["sql"] for query in queries if ' FROM "commitments_contribution"' in query["sql"]]
    assert len(asked) == 1
