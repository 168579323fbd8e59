"""What the tallies note of one shared commitment: its sort, and what it adds to the sums."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from commitments import months, pace
from commitments.models import Commitment
from commitments.status import COUNTED, Status
from commitments.stretches import Standing, standing
from commitments.words import share

Clauses = frozenset[int]
NOTHING: Mapping[int, Clauses] = MappingProxyType({})
LINKS = Commitment.clauses.through


@dataclass(frozen=True, slots=True)
class Stand:
    """The tallied facts of one shared commitment."""

    pk: int
    host_agency_id: int
    lead_id: int | None
    agreement_id: int | None
    status: str
    due_basis: str
    due_on: dt.date | None
    passes_at: dt.datetime | None
    days_past: int
    sums: tuple[int, ...]
    measured: tuple[int, ...]
    clauses: Clauses
    now: Standing
    date: dt.date | None
    events: months.Events
    steps: tuple[tuple[dt.date, int, int], ...]

    @property
    def whose(self) -> tuple[int, int | None, int | None]:
        """Host, lead and agreement (keys): who reads it."""
        return (self.host_agency_id, self.lead_id, self.agreement_id)

    @property
    def is_counted(self) -> bool:
        """Whether it is inside totals."""
        return self.status in COUNTED

    @property
    def under(self) -> tuple[int | None, ...]:
        """The scope items (keys) that it stands under; None when under none."""
        return tuple(self.clauses) or (None,)


def stands(commitments: Iterable[Commitment], *, known: Mapping[int, Clauses] = NOTHING) -> list[Stand]:
    """Return the tallied facts of those that were shared; one query for scope items that are not ``known``."""
    shared = [row for row in commitments if row.status != Status.DRAFT]
    linked = {**known, **_linked([row.pk for row in shared if row.pk not in known])}
    return [_stand(row, linked[row.pk]) for row in shared]


def _linked(commitments: Sequence[int]) -> dict[int, Clauses]:
    if not commitments:
        return {}
    linked: dict[int, set[int]] = {pk: set() for pk in commitments}
    for commitment, clause in LINKS.objects.filter(commitment__in=commitments).values_list("commitment", "clause"):
        linked[commitment].add(clause)
    return {pk: frozenset(clauses) for pk, clauses in linked.items()}


def _stand(row: Commitment, clauses: Clauses) -> Stand:
    is_open = row.is_open
    passes_at, days_past = row.late_from if is_open else None, 0
    if row.status == Status.SUBMITTED and row.submitted_at and row.late_from:
        is_late = row.late_from <= row.submitted_at
        passes_at = row.late_from if is_late else None
        days_past = row.days_past(at=row.submitted_at) if is_late else 0
    return Stand(
        row.pk,
        row.host_agency_id,
        row.lead_id,
        row.agreement_id,
        row.status,
        due_basis=row.due_basis if is_open else "",
        due_on=row.due_on if is_open else None,
        passes_at=passes_at,
        days_past=days_past,
        sums=_sums(row, clauses),
        measured=_measured(row),
        clauses=clauses,
        now=standing(row.status, row.due_basis, row.late_from, row.submitted_at),
        date=row.due_on,
        events=months.events_of(row),
        steps=tuple(pace.steps(row.origin_on, row.due_on)) if row.target and row.due_on else (),
    )


def _sums(row: Commitment, clauses: Clauses) -> tuple[int, ...]:
    """What one commitment adds to each of the sums of its sort."""
    dateless, targetless, scopeless = row.due_on is None, row.target is None, not clauses
    lacking = dateless or targetless or scopeless or row.lead_id is None
    return tuple(int(one) for one in (1, dateless, targetless, scopeless, lacking, row.is_example))


def _measured(row: Commitment) -> tuple[int, int, int]:
    """Of one commitment, for its scope items: whether it has a target, a date beside it, and the percent reached."""
    if not row.target:
        return 0, 0, 0
    return 1, int(row.due_on is not None), min(share(row.realised or Decimal(0), row.target), 100)
