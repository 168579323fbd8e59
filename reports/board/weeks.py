"""Twelve weeks of what a person may see: the same weeks as in :mod:`reports.counting.trend`.

Tallies tell by how much each day was more. Of rows without tallies those that did not change since the first week are
counted as they are; of the others the Moves and Terms are read.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, starmap
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, Sum

from commitments.models import DayTally, DueBasis, Move, Terms
from commitments.models.commitment import CommitmentQuerySet, past
from commitments.status import OPEN, Status
from config.workdays import day_of
from reports.board.groups import Seen
from reports.board.ledgers import ledger
from reports.board.tallied import Tallied
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


def weeks(seen: Seen, *, at: dt.datetime) -> tuple[Week, ...]:
    """Count ``seen`` at the end of each of twelve weeks, the last one ending at ``at``. Three queries, or a few."""
    if not isinstance(seen, Tallied):
        return _live_weeks(seen, at=at)
    told = _told_weeks(seen)
    if all(status == Status.DRAFT for status in seen.untold):
        return told
    return tuple(starmap(_both, zip(told, _live_weeks(seen.beyond, at=at), strict=True)))


def _both(one: Week, other: Week) -> Week:
    return Week(one.ends_on, one.open + other.open, one.late + other.late, one.done + other.done)


def _told_weeks(seen: Tallied) -> tuple[Week, ...]:
    """Sum up the days to the end of each week; what is late now depends on the hour, too. Two queries."""
    ends = [day_of(end) for end in week_ends(seen.at)]
    grown = [[0, 0, 0] for _end in ends]
    for day, *more in ledger(DayTally, seen, "day", "open", "late", "done", day__lte=ends[-1]):
        week = grown[bisect_left(ends, day)]
        for place, n in enumerate(more):
            week[place] += n
    sums = accumulate(grown, lambda so_far, more: [a + b for a, b in zip(so_far, more, strict=True)])
    found = [Week(end, *told) for end, told in zip(ends, sums, strict=True)]
    return (*found[:-1], replace(found[-1], late=_late_now(seen)))


def _late_now(seen: Tallied) -> int:
    passed = seen.dates.filter(passes_at__lte=seen.at, due_basis=DueBasis.AGREED).order_by()
    return int(passed.aggregate(late=Sum("n", default=0))["late"])


def _live_weeks(commitments: CommitmentQuerySet, *, at: dt.datetime) -> tuple[Week, ...]:
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
