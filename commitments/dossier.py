"""One commitment with everything its page shows, read in a constant number of queries."""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects

from agencies.models import Tenure, User
from agencies.policy import allowed
from commitments.models import (
    Answer,
    Commitment,
    Consent,
    Contribution,
    Evidence,
    Move,
    Progress,
    ProgressKind,
    Reminder,
    ReminderState,
    Sensitivity,
    Strength,
    Terms,
    Verification,
)
from commitments.models.commitment import CommitmentQuerySet
from commitments.rules import Facts
from commitments.status import Verb
from commitments.timeline import Pieces, consent_words
from config.workdays import day_of

# What a page reads of the rows around a commitment; an agency alone has some twenty columns.
CONTRIBUTION = ("commitment", "part", "agency__short_name")
PROGRESS = (
    "commitment", "kind", "text", "realised", "at", "source_kind", "source_text", "source_on",
    "author__name", "agency__short_name", "on_behalf_of__short_name",
)  # fmt: skip
MOVE = ("commitment", "verb", "to_status", "at", "reason", "by__name")
TERMS = (
    "commitment", "n", "wording", "due_on", "due_basis", "target", "unit", "reason", "at",
    "lead__short_name", "proposed_by__name",
)  # fmt: skip
CONSENT = ("answer", "strength", "name", "post_text", "text", "at", "agency__short_name", "terms__n")
REMINDER = ("commitment", "rung", "due_on", "at", "delivery__sent_at")


def _read(model: type[Any], columns: tuple[str, ...]) -> "QuerySet[Any]":
    """Rows of ``model`` with these columns, and with the rows they point to."""
    joined = {name.partition("__")[0] for name in columns if "__" in name}
    rows: QuerySet[Any] = model._default_manager.all()
    return rows.select_related(*sorted(joined)).only(*columns)


def dossier_rows(visible: CommitmentQuerySet, *, at: dt.datetime) -> CommitmentQuerySet:
    """The row of the page: its chain, its owner, and whether the lead has an account."""
    tenures = Tenure.objects.current(on=day_of(at)).filter(post__agency=OuterRef("lead"))
    return (
        visible.select_related("lead", "host_agency", "meeting", "agreement", "source", "lead_post")
        .annotate(lead_has_account=Exists(tenures))
        .prefetch_related(Prefetch("contributions", queryset=_read(Contribution, CONTRIBUTION)), "clauses")
    )


def _load_standing(commitment: Commitment) -> None:
    """Read at once, where it decides, who was present or is a party: some twenty rules of the page ask it."""
    if commitment.lead_id is None:
        prefetch_related_objects([commitment], "meeting__attendance")
    if commitment.agreement is not None and commitment.agreement.is_open_between_parties:
        prefetch_related_objects([commitment], "agreement__parties")


class Dossier:
    """What one person may see of one commitment."""

    def __init__(self, commitment: Commitment, *, user: User, at: dt.datetime) -> None:
        self.commitment, self.user, self.at = commitment, user, at
        _load_standing(commitment)
        self.reads_journal = bool(allowed(user, "commitment.read_journal", commitment))
        self.reads_note = bool(allowed(user, "commitment.read_note", commitment))
        self.reads_source = bool(allowed(user, "commitment.read_source", commitment))
        self.may_consent = bool(allowed(user, "photo.consent", commitment))
        self._reads_evidence = bool(allowed(user, "evidence.read", commitment))
        self._reads_general = bool(allowed(user, "evidence.read_general", commitment))

    @cached_property
    def facts(self) -> Facts:
        """What the rules ask, from what was loaded anyway."""
        facts = Facts(self.commitment, at=self.at)
        facts.lead_has_account = bool(getattr(self.commitment, "lead_has_account", False))
        facts.has_evidence = bool(self._all_evidence)
        facts.claim = next((p for p in reversed(self._progress) if p.kind == ProgressKind.CLAIM), None)
        return facts

    @cached_property
    def _progress(self) -> list[Progress]:
        return list(_read(Progress, PROGRESS).filter(commitment=self.commitment))

    @cached_property
    def _all_evidence(self) -> list[Evidence]:
        if not self._progress:
            return []
        proofs = list(Evidence.objects.filter(progress__commitment=self.commitment))
        prefetch_related_objects([proof for proof in proofs if proof.is_picture], "photo_consents")
        return proofs

    @property
    def evidence(self) -> list[Evidence]:
        """The proofs this person may open."""
        return [proof for proof in self._all_evidence if self.may_open(proof)]

    @property
    def hidden_evidence(self) -> int:
        """How many proofs exist that this person may not open."""
        return len(self._all_evidence) - len(self.evidence) if self.reads_journal else 0

    def may_open(self, proof: Evidence) -> bool:
        """Internal proofs by the narrow rule, general ones also by the wider."""
        return self._reads_evidence or (self._reads_general and proof.sensitivity == Sensitivity.GENERAL)

    @cached_property
    def consents(self) -> list[Consent]:
        """Every answer to every version."""
        return list(_read(Consent, CONSENT).filter(terms__commitment=self.commitment))

    @cached_property
    def pieces(self) -> Pieces:
        """What the timeline is made of; a mere party to the agreement gets its birth only."""
        if not self.reads_journal:
            return Pieces(self.commitment)
        moves = list(_read(Move, MOVE).filter(commitment=self.commitment))
        is_decided = any(move.verb in (Verb.VERIFY, Verb.SEND_BACK) for move in moves)
        return Pieces(
            self.commitment,
            progress=self._progress,
            evidence=self.evidence,
            moves=moves,
            terms=self._versions(),
            consents=self.consents,
            reminders=self._sent_reminders(),
            verifications=self._verifications() if is_decided else (),
        )

    def _versions(self) -> Sequence[Terms]:
        """Every version, where there are two to compare."""
        return list(_read(Terms, TERMS).filter(commitment=self.commitment)) if self.commitment.terms_n > 1 else ()

    def _sent_reminders(self) -> Sequence[Reminder]:
        return list(_read(Reminder, REMINDER).filter(commitment=self.commitment, state=ReminderState.SENT))

    def _verifications(self) -> Sequence[Verification]:
        rows = Verification.objects.filter(claim__commitment=self.commitment)
        keepers = Tenure.objects.filter(user=OuterRef("decided_by"), post__agency=self.commitment.host_agency_id)
        return list(rows.select_related("decided_by", "recorded_by", "document").annotate(is_by_keeper=Exists(keepers)))

    def strengths(self) -> list[tuple[str, str, Consent | None]]:
        """How firmly each agency stands by the present version: (agency, words, answer)."""
        answers = {c.agency_id: c for c in self.consents if c.terms.n == self.commitment.terms_n}
        lead = [self.commitment.lead] if self.commitment.lead else []
        agencies = [*lead, *(row.agency for row in self.commitment.contributions.all())]
        known = {agency.pk for agency in agencies}
        agencies += [c.agency for c in answers.values() if c.agency_id not in known]
        return [(agency.short_name, _strength(answers.get(agency.pk)), answers.get(agency.pk)) for agency in agencies]


def _strength(consent: Consent | None) -> str:
    if consent is None:
        return str(Strength.RECORDED.label)
    return consent_words(consent) if consent.answer == Answer.AGREED else str(consent.get_answer_display())
