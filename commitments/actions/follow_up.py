"""Follow up: start, report, block, resume, report as done. Every entry of the journal stays as it was written."""

import dataclasses
import datetime as dt
import decimal
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.audit import record
from agencies.models import Agency, User
from agencies.policy import Refusal, no, require
from commitments import notifications, rules, tallies
from commitments.actions.terms import StaleVersion
from commitments.models import Commitment, Evidence, EvidenceKind, Move, Progress, ProgressKind, Sensitivity
from commitments.rules import Facts, Voice
from commitments.status import CLOSED, TRANSITIONS, Status, Verb
from config.files import StoredFile


@dataclasses.dataclass(frozen=True)
class OnBehalf:
    """How the keeper learned what it records for an agency without account; ``source_on`` is a calendar day."""

    source_kind: str
    source_text: str
    source_on: dt.date


@dataclasses.dataclass(frozen=True)
class Proof:
    """A proof to be kept with an entry: a file, a link, or the number of a letter."""

    stored: StoredFile | None = None
    link: str = ""
    letter_number: str = ""
    letter_on: dt.date | None = None
    sensitivity: str = Sensitivity.INTERNAL


@dataclasses.dataclass(frozen=True)
class Entry:
    """What a person writes into the journal. ``realised`` is the new total in the commitment's unit."""

    text: str
    realised: decimal.Decimal | None = None
    evidence: Sequence[Proof] = ()
    on_behalf: OnBehalf | None = None


@transaction.atomic
def start(commitment: Commitment, *, by: User, at: dt.datetime) -> Commitment:
    """Say that work has begun."""
    commitment = locked(commitment)
    require(rules.may_start(by, commitment, Facts(commitment, at=at)))
    before = commitment.status
    move(commitment, Verb.START, by=by, at=at)
    record("commitment.started", on=commitment, by=by, at=at, before={"status": before}, after=_state(commitment))
    return commitment


@transaction.atomic
def report_progress(
    commitment: Commitment,
    *,
    by: User,
    at: dt.datetime,
    text: str,
    realised: decimal.Decimal | None = None,
    evidence: Sequence[Proof] = (),
    on_behalf: OnBehalf | None = None,
    version: int | None = None,
) -> Commitment:
    """Add an entry to the journal; the first one starts the commitment by itself.

    Raises Refusal, or StaleVersion when ``realised`` was typed against an older ``version`` of the row.
    """
    commitment = locked(commitment)
    require(rules.may_report(by, commitment, Facts(commitment, at=at)))
    entry = Entry(text, realised, evidence, on_behalf)
    _check_version(commitment, entry, version)
    before = commitment.status
    progress = _write(commitment, entry, kind=ProgressKind.NEWS, by=by, at=at)
    move(commitment, Verb.REPORT, by=by, at=at)
    _record("commitment.progress_reported", commitment, progress, by=by, at=at, before=before)
    return commitment


@transaction.atomic
def block(
    commitment: Commitment, *, by: User, at: dt.datetime, obstacle: str, decider: str, on_behalf: OnBehalf | None = None
) -> Commitment:
    """Report an obstacle, and who has to decide so that the work can go on."""
    commitment = locked(commitment)
    require(rules.may_block(by, commitment, Facts(commitment, at=at)))
    before, text = commitment.status, obstacle
    if decider:
        with override(settings.LANGUAGE_CODE):  # reports print what is kept
            text += "\n" + _("Perlu keputusan: %(decider)s") % {"decider": decider}
    entry = Entry(text, on_behalf=on_behalf)
    progress = _write(commitment, entry, kind=ProgressKind.OBSTACLE, by=by, at=at)
    move(commitment, Verb.BLOCK, by=by, at=at)
    _record("commitment.blocked", commitment, progress, by=by, at=at, before=before)
    return commitment


@transaction.atomic
def resume(
    commitment: Commitment, *, by: User, at: dt.datetime, text: str, on_behalf: OnBehalf | None = None
) -> Commitment:
    """Say that the obstacle is gone and how."""
    commitment = locked(commitment)
    require(rules.may_resume(by, commitment, Facts(commitment, at=at)))
    before = commitment.status
    progress = _write(commitment, Entry(text, on_behalf=on_behalf), kind=ProgressKind.NEWS, by=by, at=at)
    move(commitment, Verb.RESUME, by=by, at=at)
    _record("commitment.resumed", commitment, progress, by=by, at=at, before=before)
    return commitment


@transaction.atomic
def submit(
    commitment: Commitment,
    *,
    by: User,
    at: dt.datetime,
    text: str,
    realised: decimal.Decimal | None = None,
    evidence: Sequence[Proof] = (),
    on_behalf: OnBehalf | None = None,
    version: int | None = None,
) -> Commitment:
    """Report the commitment as done. Without any proof, now or before, it is refused (409)."""
    commitment = locked(commitment)
    facts = Facts(commitment, at=at)
    require(rules.may_submit(by, commitment, facts))
    if not evidence and not facts.has_evidence:
        raise Refusal(no(_("Lampirkan satu bukti: berkas, tautan, atau nomor surat."), status=409))
    entry = Entry(text, realised, evidence, on_behalf)
    _check_version(commitment, entry, version)
    before = commitment.status
    progress = _write(commitment, entry, kind=ProgressKind.CLAIM, by=by, at=at)
    move(commitment, Verb.SUBMIT, by=by, at=at)
    notifications.claim_submitted(commitment, by=by, at=at)
    _record("commitment.submitted", commitment, progress, by=by, at=at, before=before)
    return commitment


def locked(commitment: Commitment) -> Commitment:
    """The row as it is now, locked until the caller's transaction ends; every rule asks who supports it, read once."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("lead", "host_agency", "meeting")
    return rows.select_related("agreement").prefetch_related("contributions").get(pk=commitment.pk)


def move(commitment: Commitment, verb: Verb, *, by: User, at: dt.datetime, reason: str = "") -> None:
    """Take one step of TRANSITIONS on the locked row, save it, and note the step as a Move and in the tallies."""
    before = commitment.status
    with tallies.kept(commitment, at=at, leaves_links=True):
        commitment.status = TRANSITIONS[before, verb]
        commitment.closed_at = at if commitment.status in CLOSED else None
        if verb in (Verb.SUBMIT, Verb.SEND_BACK):  # the clock of lateness stands still, or runs again
            commitment.submitted_at = at if verb == Verb.SUBMIT else None
        commitment.version += 1
        commitment.save()
    Move.objects.create(
        commitment=commitment, from_status=before, to_status=commitment.status, verb=verb, at=at, by=by, reason=reason
    )


def keep(proof: Proof, progress: Progress) -> Evidence:
    """Store one proof with an entry of the journal."""
    row = Evidence(progress=progress, sensitivity=proof.sensitivity)
    if proof.stored is not None:
        row.kind, row.name, row.content_type = EvidenceKind.FILE, proof.stored.name, proof.stored.content_type
        row.size, row.sha256 = proof.stored.size, proof.stored.sha256
        row.sha256_received = proof.stored.sha256_received
        row.file.save(str(proof.stored.content.name), proof.stored.content, save=False)
    elif proof.link:
        row.kind, row.link = EvidenceKind.LINK, proof.link
    else:
        row.kind = EvidenceKind.LETTER
    row.letter_number, row.letter_on = proof.letter_number, proof.letter_on
    row.save()
    return row


def _check_version(commitment: Commitment, entry: Entry, version: int | None) -> None:
    """Words never conflict, they are added; a total that was typed over an older total does."""
    if entry.realised is not None and version is not None and version != commitment.version:
        raise StaleVersion(commitment)


def _write(commitment: Commitment, entry: Entry, *, kind: str, by: User, at: dt.datetime) -> Progress:
    """Append an entry in the voice the person has, with its proofs, and copy what it says onto the row."""
    voice = _voice(commitment, entry, by=by, at=at)
    lead = commitment.lead if voice == Voice.OWN else None
    source = entry.on_behalf
    progress = Progress.objects.create(
        commitment=commitment,
        kind=kind,
        text=entry.text,
        realised=entry.realised,
        author=by,
        agency=lead or (commitment.host_agency if voice != Voice.PART else _own_part(commitment, by)),
        on_behalf_of=commitment.lead if voice == Voice.ON_BEHALF else None,
        source_kind=source.source_kind if source else "",
        source_text=source.source_text if source else "",
        source_on=source.source_on if source else None,
        at=at,
    )
    for proof in entry.evidence:
        keep(proof, progress)
    commitment.last_progress_at = at
    if entry.realised is not None:
        with tallies.kept(commitment, at=at, leaves_links=True):
            commitment.realised = entry.realised
    return progress


def _voice(commitment: Commitment, entry: Entry, *, by: User, at: dt.datetime) -> Voice:
    """As whom this entry is written: on behalf exactly when a source is told."""
    found = rules.voices(by, commitment, Facts(commitment, at=at))
    if entry.on_behalf is not None and Voice.ON_BEHALF in found:
        return Voice.ON_BEHALF
    voice = next((voice for voice in found if voice != Voice.ON_BEHALF), None)
    if voice is None:
        raise Refusal(no(_("Sebutkan sumber, tanggal, dan siapa yang menyampaikan."), status=409))
    if voice == Voice.PART and entry.realised is not None:
        raise Refusal(no(_("Realisasi dilaporkan oleh penanggung jawab, bukan oleh pendukung.")))
    return voice


def _own_part(commitment: Commitment, by: User) -> Agency:
    """The supporting agency this person writes for."""
    rows = commitment.contributions.filter(agency__in=by.rights.own).select_related("agency")
    return rows[0].agency


def _state(commitment: Commitment) -> dict[str, object]:
    return {"status": commitment.status, "realised": commitment.realised}


def _record(
    verb: str, commitment: Commitment, progress: Progress, *, by: User, at: dt.datetime, before: Status | str
) -> None:
    behalf = progress.on_behalf_of
    after = _state(commitment) | {
        "entry": progress.pk,
        "agency": progress.agency.code,
        "on_behalf_of": behalf.code if behalf else None,
        "evidence": sorted(progress.evidence.values_list("sha256", flat=True)),
    }
    texts = {"text": progress.text, "source": progress.source_text}
    record(verb, on=commitment, by=by, at=at, before={"status": before}, after=after, texts=texts)
