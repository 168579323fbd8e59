"""Logging a meeting, sharing its lines, and what a tick in the room does."""

import datetime as dt

import pytest
from django.utils import translation

from agencies.audit import trail, verify_chain
from agencies.models import Counter
from agencies.policy import Refusal
from commitments.actions import recording
from commitments.actions.entries import LetterEntry, LineEntry, MeetingEntry, Presence
from commitments.actions.recording import StaleMeeting
from commitments.actions.terms import TermsEntry, Tick
from commitments.models import Commitment, Consent, DueBasis, Origin, Terms
from commitments.status import Status
from meetings.models import Meeting, SourceText
from tests.factories import at

LOGGED, SHARED = at("2026-01-28", "12.00"), at("2026-01-28", "15.00")
TEXT = "Optimalisasi bursa kerja @naker /30jun\nSinergi pencegahan TPPO"


def lines(unit, *ticks, due_on=dt.date(2026, 6, 30)):
    return [
        LineEntry(terms=TermsEntry("Optimalisasi bursa kerja", lead=unit, due_on=due_on), start=0, end=38, ticks=ticks),
        LineEntry(terms=TermsEntry("Sinergi pencegahan TPPO"), start=39, end=62),
    ]


@pytest.fixture
def entry(bp3mi, city, unit, agreement):
    return MeetingEntry(
        host_agency=bp3mi,
        held_on=dt.date(2026, 1, 28),
        counterpart=city,
        agreement=agreement,
        present=(Presence(unit),),
    )


@pytest.fixture
def logged(entry, unit, petugas):
    return recording.log_meeting(entry, text=TEXT, lines=lines(unit), by=petugas, at=LOGGED)


def test_each_line_becomes_a_numbered_draft_that_points_to_its_words(logged, unit):
    first, second = logged.commitments.order_by("code")

    assert (logged.code, first.code, second.code) == ("A-2026-001", "K-2026-001", "K-2026-002")
    assert (first.status, first.lead, second.lead) == (Status.DRAFT, unit, None)
    assert first.original == "Optimalisasi bursa kerja @naker /30jun"
    assert second.original == "Sinergi pencegahan TPPO"
    assert SourceText.objects.get().text == TEXT


def test_the_typed_words_have_an_indonesian_name_whatever_the_writer_reads(entry, unit, petugas):
    with translation.override("en"):
        recording.log_meeting(entry, text=TEXT, lines=lines(unit), by=petugas, at=LOGGED)

    assert SourceText.objects.get().label == "Baris komitmen A-2026-001"


def test_a_typed_date_is_only_a_proposal(logged):
    first = logged.commitments.get(code="K-2026-001")

    assert first.due_basis == DueBasis.PROPOSED
    assert not first.is_late(at=at("2027-01-01"))


def test_nothing_to_say_is_refused(entry, petugas):
    with pytest.raises(Refusal, match="satu komitmen atau notula"):
        recording.log_meeting(entry, text="", lines=[], by=petugas, at=LOGGED)

    assert not Meeting.objects.exists()
    assert not Counter.objects.filter(kind="A").exists()


def test_a_stranger_logs_nothing_for_the_host(entry, petugas_asing, humas):
    for wrong in (petugas_asing, humas):
        with pytest.raises(Refusal):
            recording.log_meeting(entry, text="x", lines=[], by=wrong, at=LOGGED)


def test_sharing_makes_every_line_known_with_its_gaps(logged, petugas):
    recording.share(logged, by=petugas, at=SHARED)

    assert set(Commitment.objects.values_list("status", "shared_at")) == {(Status.NOT_STARTED, SHARED)}
    assert logged.commitments.first().moves.get().at == SHARED


def test_the_second_click_on_share_changes_nothing(logged, petugas):
    recording.share(logged, by=petugas, at=SHARED)
    recording.share(logged, by=petugas, at=at("2026-01-29"))

    assert Meeting.objects.get().shared_at == SHARED
    assert trail(logged).filter(verb="meeting.shared").count() == 1


def test_lines_added_after_sharing_wait_for_the_next_share(logged, petugas, unit):
    recording.share(logged, by=petugas, at=SHARED)
    recording.add_lines(
        logged, text="Baris baru", lines=[LineEntry(TermsEntry("Baris baru"), 0, 10)], by=petugas, at=SHARED
    )
    assert logged.commitments.get(code="K-2026-003").status == Status.DRAFT

    recording.share(logged, by=petugas, at=at("2026-01-29"))

    assert logged.commitments.get(code="K-2026-003").shared_at == at("2026-01-29")
    assert Meeting.objects.get().shared_at == SHARED


def test_the_leads_tick_makes_the_date_agreed(entry, unit, petugas):
    tick = Tick(unit, name="", post_text="Perwakilan")

    meeting = recording.log_meeting(entry, text=TEXT, lines=lines(unit, tick), by=petugas, at=LOGGED)

    first = meeting.commitments.get(code="K-2026-001")
    assert first.due_basis == DueBasis.AGREED
    assert first.late_from == dt.datetime(2026, 6, 30, 17, 0, tzinfo=dt.UTC)
    assert [(t.n, t.due_basis) for t in first.terms.all()] == [(1, DueBasis.PROPOSED), (2, DueBasis.AGREED)]
    assert Consent.objects.filter(terms__n=2).get().post_text == "Perwakilan"


def test_anothers_tick_does_not_bind_the_lead(entry, unit, city, petugas):
    meeting = recording.log_meeting(entry, text=TEXT, lines=lines(unit, Tick(city)), by=petugas, at=LOGGED)

    assert meeting.commitments.get(code="K-2026-001").due_basis == DueBasis.PROPOSED
    assert Consent.objects.get().agency == city


def test_an_agency_that_was_not_there_cannot_be_ticked(entry, unit, stranger, petugas):
    with pytest.raises(Refusal, match="tidak tercatat hadir"):
        recording.log_meeting(entry, text=TEXT, lines=lines(unit, Tick(stranger)), by=petugas, at=LOGGED)

    assert not Commitment.objects.exists()


def test_a_failing_trace_undoes_the_meeting(entry, unit, petugas, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(recording, "record", broken)

    with pytest.raises(OSError, match="disk full"):
        recording.log_meeting(entry, text=TEXT, lines=lines(unit), by=petugas, at=LOGGED)

    assert not Meeting.objects.exists()
    assert not SourceText.objects.exists()


def test_correcting_a_meeting_with_an_old_version_is_refused(logged, entry, petugas):
    recording.update_meeting(logged, entry, by=petugas, at=LOGGED, version=1)

    with pytest.raises(StaleMeeting):
        recording.update_meeting(logged, entry, by=petugas, at=LOGGED, version=1)


def test_a_corrected_date_is_the_commitments_day_too(logged, entry, petugas):
    moved = MeetingEntry(**{**entry.__dict__, "held_on": dt.date(2026, 1, 29)})

    recording.update_meeting(logged, moved, by=petugas, at=LOGGED, version=1)

    assert set(Commitment.objects.values_list("origin_on", flat=True)) == {dt.date(2026, 1, 29)}
    assert Commitment.objects.filter(code="K-2026-001").exists()


def test_a_commitment_can_come_from_a_letter(bp3mi, agreement, petugas):
    letter = LetterEntry(bp3mi, Origin.LETTER, dt.date(2026, 2, 3), "B.12/II/2026", agreement)

    made = recording.record_letter(
        letter, text="Kirim data", lines=[LineEntry(TermsEntry("Kirim data"), 0, 10)], by=petugas, at=LOGGED
    )
    recording.share_commitments(made, by=petugas, at=SHARED)

    commitment = Commitment.objects.get()
    assert (commitment.status, commitment.meeting, commitment.agreement) == (Status.NOT_STARTED, None, agreement)
    assert commitment.source.label == "Surat B.12/II/2026"


def test_a_draft_can_be_discarded_and_its_code_is_not_used_again(logged, petugas):
    last = logged.commitments.get(code="K-2026-002")

    recording.discard(last, by=petugas, at=LOGGED)
    made = recording.add_lines(logged, text="Lain", lines=[LineEntry(TermsEntry("Lain"), 0, 4)], by=petugas, at=LOGGED)

    assert made[0].code == "K-2026-003"
    assert last not in Commitment.objects.visible_to(petugas)


def test_what_is_known_cannot_be_discarded(logged, petugas):
    recording.share(logged, by=petugas, at=SHARED)

    with pytest.raises(Refusal, match="Hanya draf"):
        recording.discard(logged.commitments.first(), by=petugas, at=SHARED)


def test_everything_is_in_the_chain(logged, petugas):
    recording.share(logged, by=petugas, at=SHARED)

    assert verify_chain().broken_at is None
    assert [event.verb for event in trail(logged)] == ["meeting.logged", "meeting.shared"]
    assert Terms.objects.count() == 2
