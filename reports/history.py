"""What a commitment was at an instant, told from its append-only rows and never from the live copies.

Moves tell the status, Terms the promise, Progress the news, Consent the strength, Verification the proof:
so last quarter's report says the same next year. Links that have no versions (agreement, scope items,
supporting agencies, names of agencies) are read as they are now; a report freezes them in its snapshot.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from agencies.models import Agency, Agreement, Tenure
from commitments.models import Commitment, Consent, DueBasis, Move, Progress, Terms, Verdict, Verification
from commitments.status import CLOSED, OPEN, Condition, Status, Verb, condition_of
from config.workdays import day_of

Row = TypeVar("Row")


@dataclass(frozen=True)
class Then:
    """One commitment at ``at``: its rows up to that instant, oldest first. ``terms`` is the binding version."""

    commitment: Commitment
    at: dt.datetime
    terms: Terms
    moves: list[Move] = field(default_factory=list)
    versions: list[Terms] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    verification: Verification | None = None

    @property
    def status(self) -> Status:
        """Where the last move led; a draft before the first."""
        return Status(self.moves[-1].to_status) if self.moves else Status.DRAFT

    @property
    def is_open(self) -> bool:
        """Shared and not closed."""
        return self.status in OPEN

    @property
    def shared_at(self) -> dt.datetime | None:
        """When it was made known."""
        return next((move.at for move in self.moves if move.verb == Verb.SHARE), None)

    @property
    def submitted_at(self) -> dt.datetime | None:
        """When it was reported as done, while a verifier has it."""
        return self.moves[-1].at if self.status == Status.SUBMITTED else None

    @property
    def closed_at(self) -> dt.datetime | None:
        """When it was closed, unless it was opened again."""
        return self.moves[-1].at if self.status in CLOSED else None

    @property
    def keeper(self) -> Agency:
        """In whose zone the days begin and end: the lead's, without lead the host's."""
        return self.terms.lead or self.commitment.host_agency

    @property
    def is_late(self) -> bool:
        """Past an agreed date."""
        return self.terms.due_basis == DueBasis.AGREED and self._is_past

    @property
    def is_past_proposal(self) -> bool:
        """Past a date that was only proposed: nobody's lateness."""
        return self.terms.due_basis == DueBasis.PROPOSED and self._is_past

    @property
    def _clock(self) -> dt.datetime:
        """``at``, or the instant it was submitted: the clock stands still while a verifier has it."""
        return self.submitted_at or self.at

    @property
    def _is_past(self) -> bool:
        due_on = self.terms.due_on
        return self.is_open and due_on is not None and self.keeper.midnight_after(due_on) <= self._clock

    @property
    def days_past(self) -> int:
        """Calendar days past the date in the keeper's zone; 0 when it is not past."""
        if self.terms.due_on is None or not self._is_past:
            return 0
        return (self._clock.astimezone(self.keeper.clock).date() - self.terms.due_on).days

    @property
    def condition(self) -> Condition:
        """The one group it is counted in."""
        return condition_of(status=self.status, is_late=self.is_late)

    @property
    def realised(self) -> Decimal | None:
        """The last reported value."""
        return next((entry.realised for entry in reversed(self.progress) if entry.realised is not None), None)

    @property
    def first_due_on(self) -> dt.date | None:
        """The first date that was made known."""
        return next((terms.due_on for terms in self._known_versions() if terms.due_on), None)

    def shifts(self) -> list[dt.datetime]:
        """Instants at which a known date was changed; naming a first date, or editing a draft, is no change."""
        found, before = [], None
        for terms in self._known_versions():
            if before is not None and terms.due_on != before:
                found.append(terms.at)
            before = terms.due_on or before
        return found

    def _known_versions(self) -> list[Terms]:
        """The version that was shared and those after it."""
        shared_at = self.shared_at
        if shared_at is None:
            return []
        drafted = [terms for terms in self.versions if terms.at <= shared_at]
        return drafted[-1:] + self.versions[len(drafted) :]


def history(agreement: Agreement, *, at: dt.datetime) -> list[Then]:
    """Return every commitment of an agreement that existed at ``at``, by code. Constant number of queries.

    Discarded drafts are left out: they were slips of the pen.
    """
    commitments = list(
        Commitment.objects.kept()
        .filter(agreement=agreement, created_at__lte=at)
        .select_related("host_agency", "meeting", "source")
        .prefetch_related("clauses", "contributions__agency")
        .order_by("code")
    )
    of_them: dict[str, Any] = {"commitment__agreement": agreement, "at__lte": at}
    moves = _grouped(Move.objects.filter(**of_them).order_by("at", "pk"), lambda row: row.commitment_id)
    terms = _grouped(
        Terms.objects.filter(**of_them).select_related("lead").order_by("n"), lambda row: row.commitment_id
    )
    progress = _grouped(
        Progress.objects.filter(**of_them).defer("text").order_by("at", "pk"), lambda row: row.commitment_id
    )
    consents = _grouped(
        Consent.objects.filter(terms__commitment__agreement=agreement, at__lte=at)
        .select_related("agency", "terms")
        .order_by("at", "pk"),
        lambda row: row.terms.commitment_id,
    )
    proofs = {
        row.claim.commitment_id: row
        for row in Verification.objects.filter(
            claim__commitment__agreement=agreement, at__lte=at, verdict=Verdict.ACCEPTED
        )
        .select_related("claim")
        .order_by("at", "pk")
    }
    return [
        Then(
            commitment=c,
            at=at,
            terms=terms[c.pk][-1],
            moves=moves[c.pk],
            versions=terms[c.pk],
            progress=progress[c.pk],
            consents=consents[c.pk],
            verification=proofs.get(c.pk),
        )
        for c in commitments
        if terms[c.pk]
    ]


def deciding_agencies(verifications: Iterable[Verification]) -> dict[int, list[Agency]]:
    """Return, for each verification (by primary key), the agencies its decider held a post in on that day."""
    rows = [row for row in verifications if row.decided_by_id is not None]
    tenures = _grouped(
        Tenure.objects.filter(user__in={row.decided_by_id for row in rows}).select_related("post__agency"),
        lambda tenure: tenure.user_id,
    )
    return {
        row.pk: [
            tenure.post.agency
            for tenure in tenures[row.decided_by_id or 0]
            if tenure.starts_on <= day_of(row.at) and (tenure.ends_on is None or tenure.ends_on >= day_of(row.at))
        ]
        for row in rows
    }


def _grouped(rows: Iterable[Row], key: Callable[[Row], int]) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups
