"""Whose move it is: duties of an agency, dates that come near, and claims a person may decide."""

import datetime as dt

from commitments.models import Commitment, Contribution, ProgressKind
from commitments.queues import awaiting_decision, due_within, owed_by
from commitments.status import Status
from tests.factories import CommitmentFactory, ProgressFactory, at


def claim(meeting, lead, author):
    row = CommitmentFactory(meeting=meeting, lead=lead, status=Status.SUBMITTED)
    ProgressFactory(commitment=row, kind=ProgressKind.CLAIM, author=author, at=at("2026-03-01"))
    return row


def test_a_claim_waits_for_the_supervisors_of_host_lead_and_supporter(
    meeting, unit, other_unit, petugas_unit, pimpinan, pimpinan_unit, petugas, petugas_asing
):
    row = claim(meeting, unit, petugas_unit)
    Contribution.objects.create(commitment=row, agency=other_unit)

    assert list(awaiting_decision(Commitment.objects.all(), pimpinan)) == [row]
    assert list(awaiting_decision(Commitment.objects.all(), pimpinan_unit)) == [row]
    assert not awaiting_decision(Commitment.objects.all(), petugas)
    assert not awaiting_decision(Commitment.objects.all(), petugas_asing)


def test_nobodys_own_claim_waits_for_them(meeting, unit, pimpinan, petugas_unit):
    row = claim(meeting, unit, petugas_unit)
    ProgressFactory(commitment=row, kind=ProgressKind.CLAIM, author=pimpinan, at=at("2026-03-02"))

    assert not awaiting_decision(Commitment.objects.all(), pimpinan)


def test_duties_are_open_and_led(meeting, unit, other_unit, petugas_unit):
    mine = CommitmentFactory(meeting=meeting, lead=unit)
    CommitmentFactory(meeting=meeting, lead=unit, status=Status.DONE)
    CommitmentFactory(meeting=meeting, lead=unit, status=Status.DRAFT)
    CommitmentFactory(meeting=meeting, lead=other_unit)

    assert list(owed_by(Commitment.objects.all(), petugas_unit)) == [mine]


def test_dates_within_some_days_include_today_and_the_last_day(meeting, unit):
    days = [dt.date(2026, 3, 1), dt.date(2026, 3, 2), dt.date(2026, 3, 16), dt.date(2026, 3, 17)]
    rows = [CommitmentFactory(meeting=meeting, lead=unit, due_on=day) for day in days]

    assert list(due_within(Commitment.objects.order_by("due_on"), 14, at=at("2026-03-02"))) == rows[1:3]
