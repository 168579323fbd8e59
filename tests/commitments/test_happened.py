"""What happened between two days: the list finds the same shifts of dates as the history tells."""

import datetime as dt

import pytest
from django.http import QueryDict

from commitments.forms.search import SearchForm
from commitments.happened import DONE, SHARED, SHIFTED, happened
from commitments.models import Commitment, DueBasis, Terms
from commitments.status import Status
from reports.counting.history import history
from tests.factories import CommitmentFactory, at

NOW = at("2026-04-30")
FIRST, LAST = dt.date(2026, 2, 1), dt.date(2026, 3, 31)


def version(row, instant, due_on):
    n = Terms.objects.filter(commitment=row).count() + 1
    basis = DueBasis.PROPOSED if due_on else ""
    Terms.objects.create(commitment=row, n=n, wording=row.wording, due_on=due_on, due_basis=basis, at=instant)


def codes(what):
    return set(happened(Commitment.objects.all(), what, FIRST, LAST).values_list("code", flat=True))


@pytest.mark.parametrize(
    "days",
    [
        [(None, "2026-02-05")],
        [("2026-06-01", None)],
        [("2026-06-01", "2026-02-05"), ("2026-07-01", "2026-02-06")],
        [("2026-06-01", "2026-02-05"), (None, "2026-02-06"), ("2026-06-01", "2026-02-07")],
        [("2026-06-01", "2026-01-20"), (None, "2026-01-29"), ("2026-08-01", "2026-02-07")],
        [("2026-06-01", "2026-01-28"), ("2026-06-01", "2026-02-07")],
        [("2026-06-01", "2026-04-07"), ("2026-07-01", "2026-04-08")],
        [(None, "2026-01-28"), ("2026-07-01", "2026-02-08"), ("2026-07-02", "2026-03-31")],
    ],
)
@pytest.mark.parametrize("first_due", [None, dt.date(2026, 5, 1)])
def test_the_list_finds_the_shifts_that_the_history_tells(days, first_due, meeting, agreement):
    row = CommitmentFactory(meeting=meeting, due_on=first_due)
    for due_on, day in days:
        version(row, at(day or "2026-02-20"), dt.date.fromisoformat(due_on) if due_on else None)

    then = history(agreement, at=NOW)[0]

    told = any(FIRST <= shift.at.date() <= LAST for shift in then.shifts())
    assert (codes(SHIFTED) == {row.code}) is told


def test_made_known_and_verified_count_by_their_day_and_both_ends_belong(meeting):
    early = CommitmentFactory(meeting=meeting, shared_at=at("2026-02-01", "00.00"))
    done = CommitmentFactory(meeting=meeting, status=Status.DONE, closed_at=at("2026-03-31", "23.59"))
    CommitmentFactory(meeting=meeting, status=Status.DONE, closed_at=at("2026-04-01", "00.00"))
    CommitmentFactory(meeting=meeting, status=Status.UNMET, closed_at=at("2026-03-01"))

    assert codes(SHARED) == {early.code}
    assert codes(DONE) == {done.code}


@pytest.mark.parametrize("written", ["selesai-2026-02-30-2026-03-31", "hilang-2026-02-01-2026-03-31", "selesai"])
def test_a_day_that_does_not_exist_finds_nothing_or_is_ignored_in_words(written, meeting, pimpinan):
    CommitmentFactory(meeting=meeting)
    rows = Commitment.objects.all()

    form = SearchForm(QueryDict(f"peristiwa={written}"), user=pimpinan, at=NOW)

    assert not form.filter(rows) or form.ignored


def test_the_chip_says_what_happened_and_when(meeting, pimpinan):
    query = QueryDict("peristiwa=tenggat-diubah-2026-02-01-2026-03-31")
    form = SearchForm(query, user=pimpinan, at=NOW)

    assert [chip.words for chip in form.chips()] == ["Tenggat diubah 1 Februari 2026 sampai 31 Maret 2026"]
