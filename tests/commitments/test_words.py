"""A schedule in words: what the marks say while somebody decides, and how long a claim has waited."""

import datetime as dt

import pytest

from commitments.models import Commitment
from commitments.status import Status
from commitments.words import days_waiting, schedule_mark
from reports.counting.figures import figures
from reports.counting.periods import read_period
from tests.factories import CommitmentFactory, at

LATER = at("2026-04-20")


@pytest.fixture
def claimed_in_time(meeting, unit):
    """Reported as done on 2 March, before its merely proposed date."""
    return CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 3, 31), status=Status.SUBMITTED)


def test_a_proposed_date_does_not_pass_while_a_verifier_has_the_claim(claimed_in_time, agreement):
    report = figures(agreement, read_period("2026"), LATER)

    assert schedule_mark(claimed_in_time, at=LATER) is None
    assert not Commitment.objects.past_proposal(at=LATER).exists()
    assert report.past_proposal == 0


def test_a_proposed_date_that_had_passed_before_the_claim_stays_past(meeting, unit, agreement):
    row = CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 2, 25), status=Status.SUBMITTED)
    report = figures(agreement, read_period("2026"), LATER)

    assert schedule_mark(row, at=LATER).words == "melewati tanggal usulan 5 hari"
    assert list(Commitment.objects.past_proposal(at=LATER)) == [row]
    assert (report.past_proposal, report.rows[0].days_past) == (1, 5)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (at("2026-03-02", "23.59"), "sejak hari ini"),
        (at("2026-03-03", "00.01"), "menunggu 1 hari"),
        (at("2026-03-09", "08.00"), "menunggu 7 hari"),
    ],
)
def test_a_claim_waits_by_calendar_days(claimed_in_time, now, words):
    assert days_waiting(claimed_in_time, at=now) == words
