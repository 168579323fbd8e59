"""Twelve weeks of what a person may see, in three queries: the same weeks as in :mod:`reports.counting.trend`.

Rows that did not change since the first week are counted as they are; of the others the Moves and Terms are read.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q

from commitments.models import DueBasis, Move, Terms
from commitments.models.commitment import CommitmentQuerySet, past
from commitments.status import OPEN, Status
from config.workdays import day_of
from reports.counting.trend import Week, week_ends


@dataclass(slots=True)
class _Life:
    """The moves and terms of one commitment, oldest first: instants, and what held from each on."""

    host_zone: str
    moved_at: list[dt.datetime] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    termed_at: list[dt.datetime] = field(default_factory=list)
    terms: list[tuple[dt.date | None, str, str | None]] = field(default_factory=list)

    def status(self, at: dt.datetime) -> str:
        """Where the last move up to ``at`` led; empty before the first."""
        place = bisect_right(self.moved_at, at)
        return self.statuses[place - 1] if place else ""

    def is_late(self, at: dt.datetime) -> bool:
        """Open at ``at``, past an agreed date where the keeper is; a claim as of its submission."""
        status, place = self.status(at), bisect_right(self.termed_at, at)
        if status not in OPEN or not place:
            return False
        due_on, basis, zone = self.terms[place - 1]
        if due_on is None or basis != DueBasis.AGREED:
            return False
        clock = self.moved_at[bisect_right(self.moved_at, at) - 1] if status == Status.SUBMITTED else at
        return clock.astimezone(ZoneInfo(zone or self.host_zone)).date() > due_on


def weeks(commitments: CommitmentQuerySet, *, at: dt.datetime) -> tuple[Week, ...]:
    """Count ``commitments`` at the end of each of twelve weeks, the last one ending at ``at``."""
    ends = week_ends(at)
    moved = Move.objects.filter(commitment=OuterRef("pk"), at__gt=ends[0])
    termed = Terms.objects.filter(commitment=OuterRef("pk"), at__gt=ends[0])
    has_changed = Exists(moved) | Exists(termed)
    kept = commitments.kept().order_by()
    quiet = _quiet(kept.exclude(has_changed), ends)
    lives = _lives(kept.filter(has_changed))
    return tuple(
        Week(
            ends_on=day_of(end),
            open=quiet["open"] + sum(life.status(end) in OPEN for life in lives),
            late=quiet[f"late_{place}"] + sum(life.is_late(end) for life in lives),
            done=quiet["done"] + sum(life.status(end) == Status.DONE for life in lives),
        )
        for place, end in enumerate(ends)
    )


def _quiet(commitments: CommitmentQuerySet, ends: Sequence[dt.datetime]) -> dict[str, int]:
    """What stood the same in all weeks, except that dates passed. One query."""
    late = {f"late_{place}": Count("pk", filter=past(DueBasis.AGREED, at=end)) for place, end in enumerate(ends)}
    return commitments.aggregate(
        open=Count("pk", filter=Q(status__in=OPEN)), done=Count("pk", filter=Q(status=Status.DONE)), **late
    )


def _lives(commitments: CommitmentQuerySet) -> list[_Life]:
    """Read the moves and terms of rows. Two queries."""
    found: dict[int, _Life] = {}
    moves = Move.objects.filter(commitment__in=commitments).order_by("at", "pk")
    for pk, host_zone, at, status in moves.values_list(
        "commitment", "commitment__host_agency__zone", "at", "to_status"
    ):
        life = found.setdefault(pk, _Life(host_zone))
        life.moved_at.append(at)
        life.statuses.append(status)
    terms = Terms.objects.filter(commitment__in=commitments).order_by("n")
    for pk, at, due_on, basis, zone in terms.values_list("commitment", "at", "due_on", "due_basis", "lead__zone"):
        if pk in found:
            found[pk].termed_at.append(at)
            found[pk].terms.append((due_on, basis, zone))
    return list(found.values())
