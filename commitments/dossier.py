"""One commitment with everything its page shows, read in a constant number of queries."""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch

from agencies.models import Tenure, User
from agencies.policy import allowed
from commitments.models import (
    Answer,
    Commitment,
    Consent,
    Contribution,
    Evidence,
    Progress,
    ProgressKind,
    Reminder,
    ReminderState,
    Sensitivity,
    Strength,
    Verification,
)
from commitments.models.commitment import CommitmentQuerySet
from commitments.rules import Facts
from commitments.status import Verb
from commitments.timeline import Pieces, consent_words
from config.workdays import day_of


def dossier_rows(visible: CommitmentQuerySet, *, at: dt.datetime) -> CommitmentQuerySet:
    """The row of the page: its chain, its owner, and whether the lead has an account."""
    tenures = Tenure.objects.current(on=day_of(at)).filter(post__agency=OuterRef("lead"))
    return (
        visible.select_related(
            "lead", "host_agency", "meeting__counterpart", "agreement", "source", "lead_post", "merged_into"
        )
        .annotate(lead_has_account=Exists(tenures))
        .prefetch_related(Prefetch("contributions", queryset=Contribution.objects.select_related("agency")), "clauses")
    )


class Dossier:
    """What one person may see of one commitment."""

    def __init__(self, commitment: Commitment, *, user: User, at: dt.datetime) -> None:
        self.commitment, self.user, self.at = commitment, user, at
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
        return list(self.commitment.progress.select_related("author", "agency", "on_behalf_of"))

    @cached_property
    def _all_evidence(self) -> list[Evidence]:
        rows = Evidence.objects.filter(progress__commitment=self.commitment).select_related("progress__agency")
        return list(rows.prefetch_related("photo_consents"))

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
        rows = Consent.objects.filter(terms__commitment=self.commitment)
        return list(rows.select_related("agency", "terms"))

    @cached_property
    def pieces(self) -> Pieces:
        """What the timeline is made of; a mere party to the agreement gets its birth only."""
        if not self.reads_journal:
            return Pieces(self.commitment)
        moves = list(self.commitment.moves.select_related("by"))
        is_decided = any(move.verb in (Verb.VERIFY, Verb.SEND_BACK) for move in moves)
        return Pieces(
            self.commitment,
            progress=self._progress,
            evidence=self.evidence,
            moves=moves,
            terms=list(self.commitment.terms.select_related("lead", "proposed_by")),
            consents=self.consents,
            reminders=self._sent_reminders(),
            verifications=self._verifications() if is_decided else (),
        )

    def _sent_reminders(self) -> Sequence[Reminder]:
        sent = Reminder.objects.filter(commitment=self.commitment, state=ReminderState.SENT)
        return list(sent.select_related("delivery"))

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
