"""Texts for the press from writing to release: by the right people, once, never with personal or example data."""

import dataclasses

import pytest
from django.db import IntegrityError, transaction

from agencies.models import Event
from agencies.policy import Refusal
from commitments.status import Status
from meetings.models import MeetingStatus, Statement
from reports.counting.periods import read_period
from reports.issuing import publishing
from reports.models import PressState, PressText
from reports.press import actions
from reports.press.actions import StalePress, facts_of
from reports.press.checking import check
from reports.press.drafting import draft
from reports.press.rules import may_release, may_write_about_agreement, may_write_about_meeting
from reports.press.sources import directory_offices, facts_of_agreement, facts_of_meeting, facts_of_report
from reports.printing.pdf import Rendered
from tests.factories import AgreementFactory, CommitmentFactory, MeetingFactory, at
from tests.reports.worlds import report_of

NOW = at("2026-01-28", "16.00")
LATER = at("2026-04-02")


@pytest.fixture
def text(commitment, meeting, petugas):
    facts = facts_of_meeting(meeting, at=NOW)
    return actions.write_about_meeting(meeting, facts, title="Judul", words="Naskah.", by=petugas, at=NOW)


def test_the_facts_of_a_meeting_are_frozen_with_its_text(text, commitment, meeting):
    commitment.wording = "Lain sama sekali"
    commitment.save()

    facts = facts_of(PressText.objects.get(pk=text.pk))
    assert facts == facts_of(text)
    assert facts.rows[0].code == "K-2026-001"
    assert facts.rows[0].wording.startswith("Optimalisasi bursa kerja")
    assert Event.objects.get(verb="press.written").after["facts"] == text.facts_sha256


def test_a_text_drafted_from_the_database_is_verified_by_the_checker(commitment, meeting):
    meeting.led_by, meeting.place = "Kepala BP3MI", "Balai Contoh"
    meeting.save()
    Statement.objects.create(meeting=meeting, speaker="Kepala BP3MI", verbatim="Kita mulai bersama", may_quote=True)
    facts = facts_of_meeting(meeting, at=NOW)
    first = draft(facts)
    found = check(f"{first.title.text}\n\n{first.text}", facts, directory_offices())

    assert "Kita mulai bersama" in first.text
    assert [one for one in found.findings if one.answer.verdict == "DIFFERENT"] == []


@pytest.mark.parametrize("is_public", [False, True], ids=["whole", "public"])
@pytest.mark.parametrize("done", [0, 1, 3])
def test_a_text_drafted_from_progress_is_verified_by_the_checker(
    commitment, meeting, agreement, bp3mi, done, is_public
):
    for place in range(3):
        CommitmentFactory(meeting=meeting, status=Status.DONE if place < done else Status.NOT_STARTED)
    facts = facts_of_agreement(agreement, read_period("2026-TW1"), issuer=bp3mi, at=LATER)
    if is_public:  # counts of all, and no row or meeting by itself
        address = "http://simpul.contoh:8000/v/7KQ4-M2XD-9F/"
        facts = dataclasses.replace(facts, rows=(), occasions=(), check_url=address)
    first = draft(facts)
    found = check(f"{first.title.text}\n\n{first.text}", facts, directory_offices())

    assert [one for one in found.findings if one.answer.verdict != "VERIFIED"] == []
    assert all(sentence.sources for paragraph in first.paragraphs for sentence in paragraph)


def test_progress_counts_as_the_report_counts(commitment, meeting, agreement, bp3mi):
    CommitmentFactory(meeting=meeting, status=Status.DONE, wording="Pelatihan bahasa bagi calon pekerja")
    facts = facts_of_agreement(agreement, read_period("2026-TW1"), issuer=bp3mi, at=LATER)

    assert (facts.numbers["total"], facts.numbers["done"], facts.subject) == (2, 1, "NK-2025-001")
    assert "1 dari 2 komitmen telah selesai dan terverifikasi" in draft(facts).text
    assert "pelatihan bahasa" in draft(facts).text


def test_a_public_report_says_nothing_of_how_many_lead(commitment, agreement):
    whole, public = report_of(agreement, at=LATER), report_of(agreement, at=LATER, rows=[])

    assert facts_of_report(whole).numbers["leads"] == 1
    assert "leads" not in facts_of_report(public).numbers


def test_a_meeting_that_is_not_shared_or_not_held_has_no_text(draft_commitment, humas, bp3mi):
    planned = MeetingFactory(host_agency=bp3mi, status=MeetingStatus.PLANNED)

    assert may_write_about_meeting(humas, draft_commitment.meeting).status == 409
    assert may_write_about_meeting(humas, planned).status == 409


def test_only_those_who_keep_the_record_write(
    meeting, commitment, agreement, petugas, petugas_unit, admin, unit, bp3mi
):
    assert may_write_about_meeting(petugas, meeting)
    assert not may_write_about_meeting(petugas_unit, meeting)
    assert not may_write_about_meeting(admin, meeting)
    assert may_write_about_agreement(petugas, agreement, bp3mi)
    assert not may_write_about_agreement(petugas_unit, agreement, unit)
    assert not may_write_about_agreement(petugas, AgreementFactory(), bp3mi)


def test_the_second_of_two_writers_is_told(text, petugas, humas):
    actions.change(text, title="Judul", words="Baru.", version=1, by=humas, at=NOW)

    with pytest.raises(StalePress) as stale:
        actions.change(text, title="Judul", words="Lain.", version=1, by=petugas, at=NOW)
    assert stale.value.current.text == "Baru."


def test_a_text_is_released_once_and_then_fixed(text, humas, petugas):
    released = actions.release(text, version=1, by=humas, at=NOW)
    again = actions.release(text, version=1, by=humas, at=LATER)

    assert (released.state, released.released_by, again.released_at) == (PressState.RELEASED, humas, NOW)
    assert Event.objects.filter(verb="press.released").count() == 1
    with pytest.raises(Refusal) as refused:
        actions.change(text, title="Judul", words="Lain.", version=1, by=petugas, at=NOW)
    assert refused.value.verdict.status == 409


def test_an_officer_does_not_release(text, petugas):
    assert not may_release(petugas, text)


def test_with_two_keys_nobody_releases_what_they_wrote(text, bp3mi, humas, pimpinan):
    bp3mi.two_key_publishing = True
    bp3mi.save()
    text = actions.change(text, title="Judul", words="Baru.", version=1, by=humas, at=NOW)

    with pytest.raises(Refusal, match="dua kunci"):
        actions.release(text, version=2, by=humas, at=NOW)
    assert actions.release(text, version=2, by=pimpinan, at=NOW).state == PressState.RELEASED


def test_with_two_keys_a_trifle_changed_by_another_does_not_free_the_writer(text, bp3mi, humas, petugas, pimpinan):
    bp3mi.two_key_publishing = True
    bp3mi.save()
    actions.change(text, title="Judul", words="Semua dari humas.", version=1, by=humas, at=NOW)
    text = actions.change(text, title="Judul", words="Semua dari humas!", version=2, by=petugas, at=NOW)

    with pytest.raises(Refusal, match="dua kunci"):
        actions.release(text, version=3, by=humas, at=NOW)
    assert actions.release(text, version=3, by=pimpinan, at=NOW).state == PressState.RELEASED


def test_words_spoken_at_a_meeting_of_others_are_no_facts(commitment, meeting, agreement, bp3mi, stranger):
    Statement.objects.create(meeting=meeting, speaker="Kepala BP3MI", verbatim="Kita mulai bersama", may_quote=True)
    quarter = read_period("2026-TW1")

    assert len(facts_of_agreement(agreement, quarter, issuer=bp3mi, at=LATER).quotes) == 1
    assert facts_of_agreement(agreement, quarter, issuer=stranger, at=LATER).quotes == ()


def test_another_version_than_the_one_looked_at_is_not_released(text, humas, petugas):
    actions.change(text, title="Judul", words="Baru.", version=1, by=petugas, at=NOW)

    with pytest.raises(Refusal, match="diubah sesudah"):
        actions.release(text, version=1, by=humas, at=NOW)


def test_personal_data_stop_the_release_with_their_place(text, humas, petugas):
    actions.change(text, title="Judul", words="Satu.\nHubungi 0812-0000-0000.", version=1, by=petugas, at=NOW)

    with pytest.raises(Refusal, match="nomor telepon pada baris 3"):
        actions.release(text, version=2, by=humas, at=NOW)


def test_example_data_are_never_released(meeting, commitment, humas):
    meeting.is_example = True
    meeting.save()
    facts = facts_of_meeting(meeting, at=NOW)
    text = actions.write_about_meeting(meeting, facts, title="Judul", words="Naskah.", by=humas, at=NOW)

    with pytest.raises(Refusal, match="data contoh"):
        actions.release(text, version=1, by=humas, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        PressText.objects.filter(pk=text.pk).update(state="RELEASED", released_at=NOW, released_by=humas)


def test_changed_facts_are_noticed(text, humas):
    PressText.objects.filter(pk=text.pk).update(facts=text.facts.replace("BP3MI", "BP4MI"))

    with pytest.raises(Refusal, match="sidik jari"):
        actions.release(text, version=1, by=humas, at=NOW)


def test_strangers_do_not_see_a_text(text, petugas_unit, petugas_asing, humas, auditor, tamu):
    for user in (petugas_unit, petugas_asing, auditor, tamu):
        assert not PressText.objects.visible_to(user).exists()
    assert PressText.objects.visible_to(humas).get() == text


@pytest.fixture
def quoting_text(commitment, meeting, petugas):
    """A text that quotes, with permission as of its drafting."""
    said = Statement.objects.create(
        meeting=meeting, speaker="Kepala BP3MI", verbatim="Kita mulai bersama", may_quote=True
    )
    facts = facts_of_meeting(meeting, at=NOW)
    words = draft(facts).text
    assert "\u201cKita mulai bersama,\u201d" in words
    return actions.write_about_meeting(meeting, facts, title="Judul", words=words, by=petugas, at=NOW), said


def test_quoted_words_go_out_with_permission(quoting_text, humas):
    text, _said = quoting_text

    assert actions.release(text, version=1, by=humas, at=NOW).state == PressState.RELEASED


@pytest.mark.parametrize("after", [{"may_quote": False}, {"verbatim": "Kita mulai nanti saja"}, None])
def test_words_whose_permission_was_taken_back_are_not_released(quoting_text, humas, after):
    text, said = quoting_text
    if after is None:
        said.delete()
    else:
        Statement.objects.filter(pk=said.pk).update(**after)

    with pytest.raises(Refusal, match="izin kutip"):
        actions.release(text, version=1, by=humas, at=NOW)

    words = text.text.replace("\u201cKita mulai bersama,\u201d ujar Kepala BP3MI.", "")
    actions.change(text, title="Judul", words=words, version=1, by=humas, at=NOW)
    assert actions.release(text, version=2, by=humas, at=NOW).state == PressState.RELEASED


@pytest.mark.parametrize(
    "typed", ['"Kita mulai bersama"', "\u201cmulai  bersama\u201d", "\u201cKita mulai\nbersama!\u201d"]
)
def test_recorded_words_that_never_had_permission_are_not_released(commitment, meeting, petugas, humas, typed):
    Statement.objects.create(meeting=meeting, speaker="Kepala BP3MI", verbatim="Kita mulai bersama")
    facts = facts_of_meeting(meeting, at=NOW)
    words = f"Kepala BP3MI berkata, {typed}"
    text = actions.write_about_meeting(meeting, facts, title="Judul", words=words, by=petugas, at=NOW)

    verdict = may_release(humas, text)
    assert (bool(verdict), verdict.status) == (False, 409)
    assert "Kepala BP3MI" in verdict.reason


def test_a_text_from_a_report_that_was_withdrawn_is_not_released(commitment, agreement, petugas, humas, monkeypatch):
    monkeypatch.setattr(publishing, "print_report", lambda *_args, **_how: Rendered(b"%PDF-1.7 uji", 5))
    report = publishing.publish(report_of(agreement, at=LATER), by=humas, at=LATER)
    text = actions.write_from_report(
        report, facts_of_report(report), title="Judul", words="Naskah.", by=petugas, at=LATER
    )
    publishing.withdraw(report, "Angka keliru", by=humas, at=LATER)

    with pytest.raises(Refusal, match="ditarik"):
        actions.release(text, version=1, by=humas, at=LATER)
