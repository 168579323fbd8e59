"""Decide over a claim: accept it, return it, or record the signed document that accepts it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.audit import canonical, record, sha256
from agencies.models import User
from agencies.policy import Refusal, no, require
from commitments import notifications, rules
from commitments.actions.follow_up import Proof, keep, locked, move
from commitments.models import Commitment, Evidence, Progress, Verdict, Verification
from commitments.rules import Facts
from commitments.status import Verb
from config.files import StoredFile


def claim_digest(commitment: Commitment, claim: Progress) -> str:
    """Digest of what a verifier sees: the terms, the claim and every proof; 64 hexadecimal digits."""
    proofs = Evidence.objects.filter(progress__commitment=commitment).order_by("pk")
    terms = [commitment.terms_n, commitment.wording, commitment.lead_id, commitment.due_on, commitment.due_basis]
    return sha256(
        canonical(
            {
                "terms": [*terms, commitment.target, commitment.unit],
                "claim": [claim.pk, claim.text, commitment.realised],
                "proofs": [[p.pk, p.sha256, p.link, p.letter_number, p.letter_on] for p in proofs],
            }
        )
    )


@transaction.atomic
def verify(commitment: Commitment, *, by: User, at: dt.datetime, seen_digest: str) -> Commitment:
    """Accept a claim. Refused (409) when terms, claim or proofs differ from what ``seen_digest`` stands for."""
    commitment = locked(commitment)
    facts = Facts(commitment, at=at)
    require(rules.may_verify(by, commitment, facts))
    claim = _claim(facts)
    _check_seen(commitment, claim, seen_digest)
    Verification.objects.create(
        claim=claim,
        verdict=Verdict.ACCEPTED,
        claimed_by=claim.author,
        recorded_by=by,
        decided_by=by,
        seen_digest=seen_digest,
        at=at,
    )
    _close(commitment, by=by, at=at)
    after = {"status": commitment.status, "claim": claim.pk, "seen": seen_digest}
    record("commitment.verified", on=commitment, by=by, at=at, before={"status": "SUBMITTED"}, after=after)
    return commitment


@transaction.atomic
def send_back(commitment: Commitment, *, by: User, at: dt.datetime, reason: str) -> Commitment:
    """Return a claim to be completed, with the reason; the clock of lateness runs again."""
    commitment = locked(commitment)
    facts = Facts(commitment, at=at)
    require(rules.may_send_back(by, commitment, facts))
    claim = _claim(facts)
    Verification.objects.create(
        claim=claim,
        verdict=Verdict.RETURNED,
        claimed_by=claim.author,
        recorded_by=by,
        decided_by=by,
        seen_digest=claim_digest(commitment, claim),
        reason=reason,
        at=at,
    )
    move(commitment, Verb.SEND_BACK, by=by, at=at, reason=reason)
    notifications.claim_returned(commitment, by=by, at=at, reason=reason)
    after = {"status": commitment.status, "claim": claim.pk}
    record(
        "commitment.returned",
        on=commitment,
        by=by,
        at=at,
        before={"status": "SUBMITTED"},
        after=after,
        texts={"reason": reason},
    )
    return commitment


@transaction.atomic
def verify_by_document(
    commitment: Commitment,
    *,
    by: User,
    at: dt.datetime,
    letter_number: str,
    letter_on: dt.date,
    signer_name: str,
    signer_post: str,
    file: StoredFile,
) -> Commitment:
    """Record a signed document (nota dinas, berita acara) that accepts the claim; its signer is another person."""
    commitment = locked(commitment)
    facts = Facts(commitment, at=at)
    require(rules.may_verify_by_document(by, commitment, facts))
    claim = _claim(facts)
    require(rules.may_sign(signer_name, claim))
    digest = claim_digest(commitment, claim)
    document = keep(Proof(stored=file, letter_number=letter_number, letter_on=letter_on), claim)
    Verification.objects.create(
        claim=claim,
        verdict=Verdict.ACCEPTED,
        claimed_by=claim.author,
        recorded_by=by,
        document=document,
        signer_name=signer_name,
        signer_post=signer_post,
        seen_digest=digest,
        at=at,
    )
    _close(commitment, by=by, at=at)
    after = {"status": commitment.status, "claim": claim.pk, "document": document.sha256, "letter_on": letter_on}
    record(
        "commitment.verified_by_document",
        on=commitment,
        by=by,
        at=at,
        before={"status": "SUBMITTED"},
        after=after,
        texts={"letter_number": letter_number, "signer_name": signer_name, "signer_post": signer_post},
    )
    return commitment


def _claim(facts: Facts) -> Progress:
    """The claim the rule has just found."""
    if facts.claim is None:
        raise Refusal(no(_("Komitmen ini belum dilaporkan selesai."), status=409))
    return facts.claim


def _check_seen(commitment: Commitment, claim: Progress, seen_digest: str) -> None:
    if claim_digest(commitment, claim) != seen_digest:
        raise Refusal(no(_("Isian atau bukti berubah sejak Anda buka. Periksa lagi sebelum memutuskan."), status=409))


def _close(commitment: Commitment, *, by: User, at: dt.datetime) -> None:
    move(commitment, Verb.VERIFY, by=by, at=at)
    notifications.claim_verified(commitment, by=by, at=at)
