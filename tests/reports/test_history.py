"""What the actions leave behind tells the same as the row, and tells what it was at every moment between."""

import datetime as dt

import pytest

from agencies.models import Post, Tenure
from commitments import actions
from commitments.actions import Proof, decide, recording, terms
from commitments.actions.entries import LineEntry, MeetingEntry, Presence
from commitments.actions.terms import TermsEntry, Tick
from commitments.models import Commitment, Contribution, Verification
from commitments.status import Condition, Status
from reports.counting.figures import figures
from reports.counting.history import deciding_agencies, history
from reports.counting.periods import read_period
from tests.factories import at

YEAR = read_period("2026")
LOGGED, SHARED, MOVED = at("2026-01-28", "12.00"), at("2026-01-29"), at("2026-02-10")
CLAIMED, RETURNED, AGAIN, VERIFIED = at("2026-02-25"), at("2026-03-05"), at("2026-03-06"), at("2026-03-09")


@pytest.fixture
def life(bp3mi, city, unit, agreement, petugas, petugas_unit, pimpinan):
    """One line from the room to its end: a date moved, a claim returned after the date, then verified."""
    here = (Presence(unit),)
    entry = MeetingEntry(bp3mi, dt.date(2026, 1, 28), counterpart=city, agreement=agreement, present=here)
    promise = TermsEntry("Bursa kerja", lead=unit, due_on=dt.date(2026, 2, 28), target=2, unit="kali")
    line = LineEntry(terms=promise, start=0, end=11, ticks=(Tick(unit),))
    meeting = recording.log_meeting(entry, text="Bursa kerja", lines=[line], by=petugas, at=LOGGED)
    recording.share(meeting, by=petugas, at=SHARED)
    row = Commitment.objects.get()
    later = TermsEntry("Bursa kerja", lead=unit, due_on=dt.date(2026, 3, 1), target=2, unit="kali")
    terms.change_terms(row, later, by=petugas, at=MOVED, version=row.version, reason="Gedung dipakai.")
    terms.agree_in_meeting(Commitment.objects.get(), [Tick(unit)], by=petugas, at=MOVED)
    proof = [Proof(letter_number="12/ND/2026")]
    actions.submit(row, by=petugas_unit, at=CLAIMED, text="Sudah.", realised=1, evidence=proof)
    actions.send_back(row, by=pimpinan, at=RETURNED, reason="Daftar hadir belum ada.")
    actions.submit(row, by=petugas_unit, at=AGAIN, text="Sudah lengkap.", realised=2)
    row = Commitment.objects.get()
    seen = decide.claim_digest(row, row.progress.last())
    return actions.verify(row, by=pimpinan, at=VERIFIED, seen_digest=seen)


@pytest.mark.parametrize(
    ("instant", "condition", "days", "realised"),
    [
        (SHARED, Condition.NOT_STARTED, 0, None),
        (at("2026-02-26"), Condition.SUBMITTED, 0, 1),
        (at("2026-03-04"), Condition.SUBMITTED, 0, 1),
        (RETURNED, Condition.LATE, 4, 1),
        (at("2026-03-08"), Condition.LATE, 5, 2),
        (VERIFIED, Condition.DONE, 0, 2),
    ],
)
def test_every_moment_is_told_as_it_was(agreement, life, instant, condition, days, realised):
    row = figures(agreement, YEAR, instant).rows[0]

    assert (row.condition, row.days_past, row.realised) == (condition, days, realised)


def test_counting_over_weeks_says_of_every_moment_what_the_whole_story_says(agreement, life):
    then = history(agreement, at=at("2026-06-01"))[0]

    for days in range(60):
        instant = LOGGED + dt.timedelta(days=days)
        told, standing = history(agreement, at=instant)[0], then.standing(instant)
        assert (standing.status, standing.is_open, standing.is_late) == (told.status, told.is_open, told.is_late)
        assert then.is_settled(instant) == (told.status == Status.DONE)
    assert then.standing(LOGGED - dt.timedelta(microseconds=1)) is None


def test_a_verifier_whose_role_is_gone_from_the_books_is_placed_nowhere(agreement, life, pimpinan):
    Tenure.objects.filter(user=pimpinan).update(ends_on=VERIFIED.date() - dt.timedelta(days=1))

    assert figures(agreement, YEAR, at("2026-06-01")).rows[0].verified_by == "diverifikasi"


def test_a_supporter_is_named_only_when_a_supporter_verified(agreement, life, pimpinan, other_unit):
    Contribution.objects.create(commitment=life, agency=other_unit)
    tenure = Tenure.objects.get(user=pimpinan)
    tenure.post = Post.objects.create(agency=other_unit, title="Kepala")
    tenure.save()

    assert figures(agreement, YEAR, at("2026-06-01")).rows[0].verified_by == "diverifikasi pendukung"


def test_before_it_was_shared_it_was_a_draft_outside_the_stock(agreement, life):
    before = figures(agreement, YEAR, SHARED - dt.timedelta(microseconds=1))

    assert (before.total, before.drafts) == (0, 1)
    assert figures(agreement, YEAR, LOGGED - dt.timedelta(microseconds=1)).drafts == 0


def test_the_end_of_the_story_is_what_the_row_says(agreement, life):
    told = figures(agreement, YEAR, at("2026-06-01"))
    row, live = told.rows[0], Commitment.objects.get()

    assert (row.status, row.wording, row.due_on, row.due_basis) == (
        live.status, live.wording, live.due_on, live.due_basis,
    )  # fmt: skip
    assert (row.realised, row.target, row.lead_code) == (live.realised, live.target, live.lead.code)
    assert (row.status, row.verified_by) == (Status.DONE, "diverifikasi pengelola")
    assert (row.shifts, row.first_due_on) == (1, dt.date(2026, 2, 28))
    assert row.strength_words == "disepakati dalam rapat"
    assert (told.flows.shared, told.flows.done, told.flows.shifts) == (1, 1, 1)
    assert told.sentence() == "Dari 1 komitmen, 1 selesai, tidak ada yang melewati tenggat."


def test_a_decision_before_breakfast_counts_for_those_in_office_that_day(agreement, life, pimpinan):
    row = Commitment.objects.get()
    early = at("2026-03-10", "00.30")  # the day before in UTC
    Tenure.objects.filter(user=pimpinan).update(starts_on=dt.date(2026, 3, 10))
    proof = Verification.objects.get(verdict="ACCEPTED")
    proof.at = early

    assert deciding_agencies([proof]) == {proof.pk: [row.host_agency]}


def test_a_moved_date_is_only_moved_from_then_on(agreement, life):
    row = figures(agreement, YEAR, MOVED - dt.timedelta(microseconds=1)).rows[0]

    assert (row.due_on, row.due_basis, row.shifts) == (dt.date(2026, 2, 28), "AGREED", 0)
