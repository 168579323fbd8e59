"""Who is told at once, in the app, and what the WhatsApp summary says."""

import datetime as dt

import pytest
from django.utils.translation import override

from agencies.models import Delivery, Role
from commitments import notifications
from commitments.actions import recording
from commitments.models import ProgressKind
from commitments.status import Status
from tests.factories import CommitmentFactory, ProgressFactory, at, person

NOW = at("2026-03-02")


def told(user):
    return [notice.subject for notice in Delivery.objects.notices_of(user)]


def test_sharing_tells_the_officers_of_each_lead_once(meeting, unit, other_unit, petugas, petugas_unit, petugas_lain):
    for lead in (unit, unit, other_unit, None):
        CommitmentFactory(meeting=meeting, lead=lead, status=Status.DRAFT)

    recording.share(meeting, by=petugas, at=NOW)
    recording.share(meeting, by=petugas, at=NOW)

    assert told(petugas_unit) == ["2 komitmen baru untuk Sudin Naker"]
    assert told(petugas_lain) == ["Komitmen baru untuk Sudin Sosial"]
    assert told(petugas) == []


def test_notices_are_indonesian_whatever_the_sharer_reads(meeting, unit, petugas, petugas_unit):
    CommitmentFactory(meeting=meeting, lead=unit, status=Status.DRAFT)

    with override("en"):
        recording.share(meeting, by=petugas, at=NOW)

    assert told(petugas_unit) == ["Komitmen baru untuk Sudin Naker"]


def test_a_claim_is_shown_to_supervisors_but_not_to_the_one_who_made_it(commitment, unit, pimpinan, pimpinan_unit):
    also_submits = person(unit, Role.OFFICER, Role.SUPERVISOR)

    notifications.claim_submitted(commitment, by=also_submits, at=NOW)

    expected = ["Menunggu keputusan Anda: K-2026-001 dilaporkan selesai"]
    assert (told(pimpinan), told(pimpinan_unit), told(also_submits)) == (expected, expected, [])


def test_a_stranger_and_an_officer_hear_nothing_of_a_claim(commitment, petugas_asing, petugas_lain, petugas_unit):
    notifications.claim_submitted(commitment, by=petugas_unit, at=NOW)

    assert told(petugas_asing) == told(petugas_lain) == told(petugas_unit) == []


def test_a_returned_claim_tells_the_lead_and_the_submitter_why(commitment, petugas, petugas_unit, pimpinan):
    ProgressFactory(commitment=commitment, kind=ProgressKind.CLAIM, author=petugas)

    notifications.claim_returned(commitment, by=pimpinan, at=NOW, reason="Foto belum ada")

    assert told(petugas) == told(petugas_unit) == ["Perlu dilengkapi: K-2026-001 dikembalikan"]
    assert "Alasan: Foto belum ada" in Delivery.objects.notices_of(petugas).get().body
    assert told(pimpinan) == []


def test_a_verified_claim_tells_the_submitter_once_even_as_an_officer(commitment, petugas_unit, pimpinan):
    ProgressFactory(commitment=commitment, kind=ProgressKind.CLAIM, author=petugas_unit)

    notifications.claim_verified(commitment, by=pimpinan, at=NOW)

    assert told(petugas_unit) == ["Selesai: K-2026-001 dinyatakan selesai"]


def test_changed_terms_are_told_to_the_lead_but_not_to_the_one_who_changed_them(commitment, petugas, petugas_unit):
    notifications.terms_changed(commitment, by=petugas, at=NOW)
    notifications.terms_changed(commitment, by=petugas_unit, at=at("2026-03-03"))

    assert told(petugas_unit) == ["Rincian diubah: K-2026-001"]


def test_changed_terms_without_a_lead_tell_nobody(meeting, petugas):
    notifications.terms_changed(CommitmentFactory(meeting=meeting), by=petugas, at=NOW)

    assert Delivery.objects.count() == 0


def test_the_summary_names_owner_and_date_and_marks_a_proposal(meeting, commitment, unit):
    proposed = CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 9, 30), wording="Penjajakan")
    bare = CommitmentFactory(meeting=meeting, wording="Sinergi pencegahan TPPO")

    text = notifications.share_text(meeting, [commitment, proposed, bare])

    assert text.startswith("*Hasil Audiensi BP3MI - Pemkot*\nRabu, 28 Januari 2026 (A-2026-001)\n\n1. ")
    assert "   PIC: Sudin Naker | Tenggat: 30 Jun 2026\n" in text
    assert "2. Penjajakan\n   PIC: Sudin Naker | Tenggat: 30 Sep 2026 (usulan)\n" in text
    assert "3. Sinergi pencegahan TPPO\n   PIC: belum ditetapkan | Tenggat: belum ditetapkan\n" in text
    assert text.endswith("/pertemuan/A-2026-001/")


@pytest.mark.parametrize("count", [0, 1, 8, 40])
def test_the_summary_never_grows_past_900_characters(meeting, unit, count):
    rows = [
        CommitmentFactory(meeting=meeting, lead=unit, wording="Sosialisasi peluang kerja " * 30) for _n in range(count)
    ]

    text = notifications.share_text(meeting, rows)

    assert len(text) <= 900
    shown = text.count("PIC:")
    assert shown == count or f"dan {count - shown} komitmen lain" in text


def test_a_long_wording_is_cut_at_a_word(db):
    assert notifications.shorten("Optimalisasi  bursa\nkerja", 60) == "Optimalisasi bursa kerja"
    assert notifications.shorten("Optimalisasi pelaksanaan bursa kerja", 30) == "Optimalisasi pelaksanaan…"
    assert len(notifications.shorten("x" * 99, 30)) == 30
