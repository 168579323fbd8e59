"""Deciding over a claim: another person, what was seen, one decision, and documents in place of a person."""

import datetime as dt
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from agencies.models import Role
from agencies.policy import Refusal
from commitments import actions
from commitments.actions import Proof
from commitments.models import Commitment, Move, Progress, Verification
from commitments.status import Status, Verb
from config.files import take_in
from tests.commitments.papers import document
from tests.factories import CommitmentFactory, at, person

AT = at("2026-03-02", "10.00")
LATER = at("2026-03-04", "09.00")
LETTER = Proof(letter_number="12/ND/2026")


@pytest.fixture
def claimed(commitment, petugas_unit):
    return actions.submit(commitment, by=petugas_unit, at=AT, text="Empat kali.", evidence=[LETTER])


def claim_of(commitment):
    return Progress.objects.get(commitment=commitment, kind="CLAIM")


def seen(commitment):
    return actions.claim_digest(commitment, claim_of(commitment))


def by_document(commitment, by, **changes):
    return actions.verify_by_document(
        commitment,
        **{
            "by": by,
            "at": LATER,
            "letter_number": "7/BA/2026",
            "letter_on": dt.date(2026, 3, 3),
            "signer_name": "Kepala Balai",
            "signer_post": "Kepala",
            "file": take_in(SimpleUploadedFile("nota.pdf", document())),
        }
        | changes,
    )


def test_another_person_declares_it_done(claimed, pimpinan, petugas_unit):
    done = actions.verify(claimed, by=pimpinan, at=LATER, seen_digest=seen(claimed))

    verification = Verification.objects.get()
    assert (done.status, done.closed_at) == (Status.DONE, LATER)
    assert (verification.claimed_by, verification.decided_by) == (petugas_unit, pimpinan)
    assert petugas_unit.deliveries.filter(subject__contains=claimed.code).exists()


def test_the_second_click_is_told_and_changes_nothing(claimed, pimpinan):
    digest = seen(claimed)
    actions.verify(claimed, by=pimpinan, at=LATER, seen_digest=digest)

    with pytest.raises(Refusal) as refused:
        actions.verify(claimed, by=pimpinan, at=LATER, seen_digest=digest)

    assert refused.value.verdict.status == 409
    assert Verification.objects.count() == 1


def test_what_changed_since_it_was_seen_must_be_seen_again(claimed, pimpinan, petugas):
    digest = seen(claimed)
    entry = actions.TermsEntry(wording=claimed.wording, lead=claimed.lead, due_on=claimed.due_on, target=1, unit="kali")
    actions.change_terms(claimed, entry, by=petugas, at=AT, version=claimed.version, reason="Target keliru")

    with pytest.raises(Refusal, match="berubah sejak Anda buka"):
        actions.verify(claimed, by=pimpinan, at=LATER, seen_digest=digest)

    assert Commitment.objects.get(pk=claimed.pk).status == Status.SUBMITTED


def test_nobody_decides_over_their_own_claim(commitment, bp3mi):
    commitment.lead = bp3mi
    commitment.save()
    both = person(bp3mi, Role.OFFICER, Role.SUPERVISOR)
    actions.submit(commitment, by=both, at=AT, text="Selesai.", evidence=[LETTER])

    for act in (
        lambda: actions.verify(commitment, by=both, at=LATER, seen_digest=seen(commitment)),
        lambda: actions.send_back(commitment, by=both, at=LATER, reason="x"),
    ):
        with pytest.raises(Refusal, match="orang lain"):
            act()

    assert not Verification.objects.exists()


@pytest.mark.parametrize("who", ["petugas", "petugas_unit", "humas", "admin", "auditor", "petugas_asing"])
def test_only_supervisors_decide(claimed, who, request):
    user = request.getfixturevalue(who)

    with pytest.raises(Refusal):
        actions.verify(claimed, by=user, at=LATER, seen_digest=seen(claimed))
    with pytest.raises(Refusal):
        actions.send_back(claimed, by=user, at=LATER, reason="Kurang")


def test_a_returned_claim_runs_again_and_its_clock_too(claimed, pimpinan, petugas_unit):
    returned = actions.send_back(claimed, by=pimpinan, at=LATER, reason="Foto belum ada.")

    assert (returned.status, returned.submitted_at) == (Status.RUNNING, None)
    assert Verification.objects.get().reason == "Foto belum ada."
    assert Move.objects.last().reason == "Foto belum ada."
    again = actions.submit(returned, by=petugas_unit, at=LATER, text="Foto dilampirkan.")
    assert again.status == Status.SUBMITTED


def test_a_signed_document_stands_in_for_a_second_person(claimed, petugas):
    done = by_document(claimed, petugas)

    verification = Verification.objects.get()
    assert done.status == Status.DONE
    assert (verification.decided_by, verification.document.letter_number) == (None, "7/BA/2026")
    assert (verification.recorded_by, verification.signer_post) == (petugas, "Kepala")


def test_the_signer_is_not_the_one_who_claimed(claimed, petugas, petugas_unit):
    with pytest.raises(Refusal, match="orang lain"):
        by_document(claimed, petugas, signer_name=petugas_unit.name.upper())


def test_a_partner_does_not_record_the_hosts_document(claimed, petugas_unit):
    with pytest.raises(Refusal):
        by_document(claimed, petugas_unit)


def test_of_many_parallel_decisions_one_wins(flushable, request):
    world = [request.getfixturevalue(name) for name in ("meeting", "unit", "petugas_unit", "pimpinan")]
    meeting, unit, petugas_unit, pimpinan = world
    commitments = [CommitmentFactory(meeting=meeting, lead=unit) for _ in range(20)]
    digests = {}
    for row in commitments:
        actions.submit(row, by=petugas_unit, at=AT, text="Selesai.", evidence=[LETTER])
        digests[row.pk] = seen(Commitment.objects.get(pk=row.pk))
    outcomes = {row.pk: [] for row in commitments}
    gate = threading.Barrier(2)

    def decide(verdict):
        try:
            for row in commitments:
                gate.wait(20)
                try:
                    if verdict == "yes":
                        actions.verify(row, by=pimpinan, at=LATER, seen_digest=digests[row.pk])
                    else:
                        actions.send_back(row, by=pimpinan, at=LATER, reason="Kurang")
                    outcomes[row.pk].append(verdict)
                except Refusal:
                    pass
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(verdict,)) for verdict in ("yes", "no")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert [len(won) for won in outcomes.values()] == [1] * 20
    assert Verification.objects.count() == 20
    assert Move.objects.filter(verb__in=[Verb.VERIFY, Verb.SEND_BACK]).count() == 20
