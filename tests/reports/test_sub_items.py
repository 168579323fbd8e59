"""A scope item whose promises stand under its sub-items is not told to be without any."""

import json

import pytest

from commitments.status import BEGUN
from reports.counting.periods import read_period
from reports.counting.tracing import names, trace
from reports.exports.report_tables import workbook_tables
from reports.options import ReportOptions
from reports.printing.document import report_html
from reports.snapshots.making import freeze
from reports.snapshots.snapshot import Snapshot
from tests.factories import ClauseFactory, at
from tests.reports.worlds import issuing_office, report_of, year_of_work

NOW = at("2026-03-31", "16.20")
BELOW = "dan 2 komitmen pada butir di bawahnya"


@pytest.fixture
def agreement(db):
    """A year of work with a fourth scope item that has a sub-item, and one under that, with a promise each."""
    agreement = year_of_work(issuing_office())
    whole = ClauseFactory(agreement=agreement, number="4", text="Pelindungan keluarga")
    part = ClauseFactory(agreement=agreement, number="4.a", text="Pos layanan", parent=whole)
    smaller = ClauseFactory(agreement=agreement, number="4.a.1", text="Pos di kelurahan", parent=part)
    first, second = agreement.commitments.order_by("code")[6:8]
    first.clauses.add(part)
    second.clauses.add(part, smaller)
    return agreement


def frozen(agreement, **options) -> Snapshot:
    text = freeze(
        agreement, read_period("2026-TW1"), issuer=agreement.host_agency, at=NOW, options=ReportOptions(**options)
    )
    return json.loads(text)


def item(snapshot: Snapshot, number: str) -> dict:
    return next(one for one in snapshot["clauses"] if one["number"] == number)


def test_what_stands_under_sub_items_is_counted_once_and_opens_its_rows(agreement):
    snapshot = frozen(agreement)

    assert [(item(snapshot, n)["total"], item(snapshot, n)["below"]) for n in ("4", "4.a", "4.a.1")] == [
        (0, 2),
        (2, 0),
        (1, 0),
    ]
    assert trace(snapshot, "clause-4-below").codes == ("K-2026-007", "K-2026-008")
    assert trace(snapshot, "clause-4-below").value == 2
    assert "clause-3-below" not in names(snapshot)


@pytest.fixture
def begun_below(agreement):
    """The same, with work begun under the sub-item."""
    agreement.commitments.get(code="K-2026-001").clauses.add(agreement.clauses.get(number="4.a"))
    return agreement


def test_an_item_is_told_to_have_begun_by_its_sub_items_as_its_rows_trace(begun_below):
    snapshot = frozen(begun_below)
    begun = {number for row in snapshot["rows"] if row["status"] in BEGUN for number in row["clauses"]}

    assert {"4", "4.a"} & begun == {"4.a"}
    found = trace(snapshot, "coverage")
    assert found.value == found.printed == len(begun | {"4"})


def test_a_report_from_before_is_traced_by_the_rule_it_was_printed_under(begun_below):
    snapshot = frozen(begun_below)
    snapshot["coverage"] = {"running": snapshot["coverage"]["running"] - 1, "total": snapshot["coverage"]["total"]}

    found = trace(snapshot, "coverage")

    assert found.value == found.printed


@pytest.mark.parametrize("is_public", [False, True], ids=["internal", "publik"])
def test_the_report_says_how_many_stand_below(agreement, is_public):
    snapshot = frozen(agreement, is_public=is_public)

    html = report_html(snapshot, digest="0" * 64, issued=True)

    assert BELOW in html
    assert html.count("belum ada komitmen") == 1  # of the third item, under which nothing stands
    assert ("clause-4-below/" in html) is not is_public


def test_the_workbook_says_how_many_stand_below(agreement):
    report = report_of(agreement, at=NOW)
    tables = {table.name: table for table in workbook_tables(report, json.loads(report.snapshot))}

    rows = {row[0]: row for row in tables["Ruang lingkup"].rows}

    assert (rows["4"][3:6], rows["3"][3:6]) == ((0, 2, ""), (0, 0, "belum ada komitmen"))


def test_a_snapshot_that_does_not_tell_of_sub_items_is_printed_as_it_was(agreement):
    snapshot = frozen(agreement)
    for one in snapshot["clauses"]:
        del one["parent"], one["below"]

    assert BELOW not in report_html(snapshot, digest="0" * 64, issued=True)
    assert "clause-4-below" not in names(snapshot)
