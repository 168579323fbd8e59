"""Following up: what each entry leaves behind, on whose behalf, and what is refused."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from agencies import audit
from agencies.models import Event
from agencies.policy import Refusal
from commitments import actions
from commitments.actions import OnBehalf, Proof, StaleVersion
from commitments.models import Commitment, Evidence, Move, Progress, ProgressKind
from commitments.status import Status, Verb
from config.files import take_in
from tests.commitments.papers import photo
from tests.factories import CommitmentFactory, at

AT = at("2026-03-02", "10.00")
BY_PHONE = OnBehalf("PHONE", "Kepala seksi pelatihan", dt.date(2026, 3, 1))
LETTER = Proof(letter_number="12/ND/2026")


def report(commitment, by, **changes):
    return actions.report_progress(commitment, **{"by": by, "at": AT, "text": "Satu bursa kerja terlaksana."} | changes)


def test_the_first_report_starts_the_commitment_by_itself(commitment, petugas_unit):
    changed = report(commitment, petugas_unit, realised=Decimal(1))

    assert (changed.status, changed.realised, changed.last_progress_at) == (Status.RUNNING, 1, AT)
    assert changed.version == commitment.version + 1
    assert Move.objects.filter(commitment=commitment).last().verb == Verb.REPORT


def test_a_report_keeps_its_proofs_with_both_digests(commitment, petugas_unit):
    stored = take_in(SimpleUploadedFile("foto.jpg", photo(), "image/jpeg"))
    proofs = [Proof(stored=stored), Proof(link="https://contoh.simpul.example/berita"), LETTER]

    report(commitment, petugas_unit, evidence=proofs)

    file, link, letter = Evidence.objects.filter(progress__commitment=commitment)
    assert (file.sha256, file.sha256_received) == (stored.sha256, stored.sha256_received)
    assert (file.name, file.sensitivity) == ("foto.jpg", "INTERNAL")
    assert (link.kind, letter.kind) == ("LINK", "LETTER")


def test_the_trail_holds_digests_and_no_words(commitment, petugas_unit):
    report(commitment, petugas_unit)

    event = Event.objects.get(verb="commitment.progress_reported")
    assert "bursa kerja" not in str(event.after)
    assert event.free_texts.get(field="text").text == "Satu bursa kerja terlaksana."


def test_if_the_trail_fails_nothing_happened(commitment, petugas_unit, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no trail")

    monkeypatch.setattr("commitments.actions.follow_up.record", broken)

    with pytest.raises(RuntimeError):
        report(commitment, petugas_unit)

    commitment.refresh_from_db()
    assert commitment.status == Status.NOT_STARTED
    assert not Progress.objects.exists()


def test_the_host_tells_who_said_it_for_an_agency_without_account(commitment, unit, bp3mi, petugas):
    report(commitment, petugas, on_behalf=BY_PHONE)

    entry = Progress.objects.get()
    assert (entry.agency, entry.on_behalf_of, entry.author) == (bp3mi, unit, petugas)
    assert (entry.source_kind, entry.source_on) == ("PHONE", dt.date(2026, 3, 1))


def test_without_a_source_nothing_is_said_for_another_agency(commitment, petugas):
    with pytest.raises(Refusal, match="Sebutkan sumber"):
        report(commitment, petugas)


def test_the_host_does_not_speak_over_an_agency_with_an_account(commitment, petugas, petugas_unit):
    with pytest.raises(Refusal) as refused:
        report(commitment, petugas, on_behalf=BY_PHONE)

    assert refused.value.verdict.status == 403


def test_a_supporter_adds_its_part_but_no_total(commitment, other_unit, petugas_lain):
    commitment.contributions.create(agency=other_unit)

    report(commitment, petugas_lain, text="Tempat disiapkan.")

    assert Progress.objects.get().agency == other_unit
    with pytest.raises(Refusal, match="bukan oleh pendukung"):
        report(commitment, petugas_lain, realised=Decimal(4))


def test_the_host_of_a_line_without_owner_writes_its_own_record(meeting, bp3mi, petugas):
    ownerless = CommitmentFactory(meeting=meeting, lead=None)

    report(ownerless, petugas)

    assert (Progress.objects.get().agency, Progress.objects.get().on_behalf_of) == (bp3mi, None)


@pytest.mark.parametrize("who", ["petugas_asing", "petugas_lain", "humas", "admin", "auditor"])
def test_the_wrong_person_changes_nothing(commitment, who, request):
    with pytest.raises(Refusal):
        report(commitment, request.getfixturevalue(who))

    assert not Progress.objects.exists()


def test_words_never_conflict_but_totals_do(commitment, petugas_unit):
    report(commitment, petugas_unit, realised=Decimal(3), version=1)

    report(commitment, petugas_unit, text="Tambahan cerita.", version=1)
    with pytest.raises(StaleVersion) as stale:
        report(commitment, petugas_unit, realised=Decimal(2), version=1)

    assert stale.value.current.realised == 3
    assert Progress.objects.count() == 2


def test_starting_twice_is_refused_the_second_time(commitment, petugas_unit):
    actions.start(commitment, by=petugas_unit, at=AT)

    with pytest.raises(Refusal, match="sudah berjalan"):
        actions.start(commitment, by=petugas_unit, at=AT)

    assert Move.objects.filter(commitment=commitment, verb=Verb.START).count() == 1


def test_what_is_kept_is_indonesian_whatever_the_writer_reads(commitment, petugas_unit):
    with translation.override("en"):
        actions.block(commitment, by=petugas_unit, at=AT, obstacle="Gedung belum ada.", decider="Wali kota")

    assert Progress.objects.get().text == "Gedung belum ada.\nPerlu keputusan: Wali kota"


def test_an_obstacle_names_who_must_decide_and_is_lifted_again(commitment, petugas_unit):
    blocked = actions.block(commitment, by=petugas_unit, at=AT, obstacle="Gedung belum ada.", decider="Wali kota")

    assert blocked.status == Status.BLOCKED
    assert Progress.objects.get(kind=ProgressKind.OBSTACLE).text.endswith("Perlu keputusan: Wali kota")

    resumed = actions.resume(commitment, by=petugas_unit, at=AT, text="Gedung sudah ada.")

    assert resumed.status == Status.RUNNING


def test_done_is_not_claimed_without_any_proof(commitment, petugas_unit):
    with pytest.raises(Refusal, match="Lampirkan satu bukti"):
        actions.submit(commitment, by=petugas_unit, at=AT, text="Selesai.")

    assert Commitment.objects.get(pk=commitment.pk).status == Status.NOT_STARTED


@pytest.mark.parametrize("earlier", [True, False])
def test_a_proof_now_or_before_is_enough(commitment, petugas_unit, pimpinan, earlier):
    report(commitment, petugas_unit, evidence=[LETTER] if earlier else [])

    claimed = actions.submit(commitment, by=petugas_unit, at=AT, text="Selesai.", evidence=[] if earlier else [LETTER])

    assert (claimed.status, claimed.submitted_at) == (Status.SUBMITTED, AT)
    assert pimpinan.deliveries.filter(subject__contains=commitment.code).exists()


def test_nothing_is_added_while_the_verifier_has_it(commitment, petugas_unit):
    actions.submit(commitment, by=petugas_unit, at=AT, text="Selesai.", evidence=[LETTER])

    with pytest.raises(Refusal, match="menunggu verifikasi"):
        report(commitment, petugas_unit)


def test_a_draft_is_not_followed_up(draft_commitment, petugas):
    with pytest.raises(Refusal, match="masih draf"):
        report(draft_commitment, petugas)


def test_the_chain_of_events_stays_whole(commitment, petugas_unit):
    report(commitment, petugas_unit)
    actions.submit(commitment, by=petugas_unit, at=AT, text="Selesai.", evidence=[LETTER])

    assert audit.verify_chain().broken_at is None
