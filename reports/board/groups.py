"""The counts behind the dashboard: from the tallies where there are any, else of the commitments themselves.

Nothing above knows how they are found; a test holds both ways together.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.db.models.functions import Coalesce

from commitments.models import Commitment, DueBasis
from commitments.models.commitment import CommitmentQuerySet, past
from commitments.status import COUNTED, OPEN, Condition, Status
from config.workdays import day_of
from reports.board.delays import late_days
from reports.board.tallied import OTHERS, Tallied, count_beside, count_sorts, days_ahead

NEAR_DAYS = 14


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one lead (primary key; None: nobody; OTHERS: everybody who is not told apart) and condition.

    Of those that no tally tells, also one ``zone`` of the clock, and ``earliest``: the first date among those whose
    clock runs; None when none has a date.
    """

    lead: int | None
    condition: Condition
    count: int
    zone: str = ""
    earliest: dt.date | None = None


Seen = CommitmentQuerySet | Tallied


def groups(seen: Seen, *, at: dt.datetime) -> list[Group]:
    """Count ``seen`` by lead and condition as of ``at``; drafts are left out. One query, or a few."""
    if not isinstance(seen, Tallied):
        return _live_groups(seen, at=at)
    found = [Group(lead, condition, n) for (lead, condition), n in count_sorts(seen).items() if n]
    return found + [_as_told(group, seen) for group in _beyond_groups(seen, at=at)]


def _beyond_groups(seen: Tallied, *, at: dt.datetime) -> list[Group]:
    return _live_groups(seen.beyond, at=at) if seen.has_beyond else []


def _as_told(group: Group, seen: Tallied) -> Group:
    """The same group under the leads that are told apart."""
    return replace(group, lead=_lead_as_told(group.lead, seen))


def _lead_as_told(lead: int | None, seen: Seen) -> int | None:
    if lead is None or not isinstance(seen, Tallied) or seen.apart is None or lead in seen.apart:
        return lead
    return OTHERS


def _live_groups(commitments: CommitmentQuerySet, *, at: dt.datetime) -> list[Group]:
    found = (
        commitments.counted()
        .with_condition(at=at)
        .order_by()
        .annotate(keeper_zone=_zone())
        .values("lead", "keeper_zone", "condition")
        .annotate(count=Count("*"), earliest=Min("due_on", filter=~Q(status=Status.SUBMITTED)))
    )
    rows = found.values_list("lead", "condition", "count", "keeper_zone", "earliest")
    return [Group(lead, Condition(condition), n, zone, earliest) for lead, condition, n, zone, earliest in rows]


def _zone() -> Coalesce:
    """The zone of who keeps the clock: the lead, and without one the host."""
    return Coalesce("lead__zone", "host_agency__zone")


def longest_days(found: Iterable[Group], seen: Seen, *, at: dt.datetime) -> dict[int | None, int]:
    """Days the oldest late row of each lead is past its date; for claims until the clock was stopped."""
    longest = late_days(seen, seen.late) if isinstance(seen, Tallied) else {}
    running = [
        (group.lead, group.zone, group.earliest, at)
        for group in found
        if group.condition == Condition.LATE and group.earliest
    ]
    for lead, zone, due_on, clock in [*running, *_stopped(seen, at=at)]:
        days = (clock.astimezone(ZoneInfo(zone)).date() - due_on).days
        longest[lead] = max(days, longest.get(lead, 0))
    return longest


def _stopped(seen: Seen, *, at: dt.datetime) -> Iterable[tuple[int | None, str, dt.date, dt.datetime]]:
    """Lead, zone, date and instant of claims made too late, as far as no tally tells their days."""
    if not isinstance(seen, Tallied):
        return _live_stopped(seen, at=at)
    rows = _live_stopped(seen.beyond, at=at) if seen.has_beyond else []
    return [(_lead_as_told(lead, seen), *rest) for lead, *rest in rows]


def _live_stopped(commitments: CommitmentQuerySet, *, at: dt.datetime) -> Iterable[Any]:
    return (
        commitments.overdue(at=at)
        .filter(status=Status.SUBMITTED)
        .order_by()
        .annotate(keeper_zone=_zone())
        .values_list("lead", "keeper_zone", "due_on")
        .annotate(stopped_at=Max("submitted_at"))
    )


@dataclass(frozen=True, slots=True)
class Whole:
    """All that is counted; of it past an agreed date, open with a gap, and examples."""

    total: int
    late: int
    gaps: int
    examples: int


def whole(seen: Tallied) -> Whole:
    """Count all that is inside totals. Three queries, four with rows that the tallies do not tell."""
    more = _live_whole(seen.beyond, at=seen.at) if seen.has_beyond else Whole(0, 0, 0, 0)
    return Whole(
        total=more.total + sum(group["sum"] for group in seen.sums),
        late=more.late + sum(group["sum"] for group in seen.late),
        gaps=more.gaps + sum(group["lacking"] for group in seen.sums if group["status"] in OPEN),
        examples=more.examples + sum(group["examples"] for group in seen.sums),
    )


def _live_whole(commitments: CommitmentQuerySet, *, at: dt.datetime) -> Whole:
    found = commitments.counted().order_by().aggregate(
        total=Count("pk"), late=Count("pk", filter=past(DueBasis.AGREED, at=at)),
        gaps=Count("pk", filter=_any_gap()), examples=Count("pk", filter=Q(is_example=True)),
    )  # fmt: skip
    return Whole(**found)


@dataclass(frozen=True, slots=True)
class Owed:
    """What some leads owe: open, past an agreed date and for how many days at most, due soon, and the next date."""

    open: int
    late: int
    longest_days: int
    near: int
    next_due_on: dt.date | None


def owed(seen: Tallied, leads: frozenset[int]) -> Owed:
    """Count what agencies (keys), told apart, lead of what is ``seen``. Three queries, four when something is late."""
    today = day_of(seen.at)
    unfinished = [group for group in seen.sums if group["led"] in leads and group["status"] in OPEN]
    late = [group for group in seen.late if group["led"] in leads]
    near, next_due_on = days_ahead(seen, today=today, until=today + dt.timedelta(days=NEAR_DAYS), lead__in=leads)
    return Owed(
        open=sum(group["sum"] for group in unfinished),
        late=sum(group["sum"] for group in late),
        longest_days=max(late_days(seen, late).values(), default=0),
        near=near,
        next_due_on=next_due_on,
    )


def _any_gap() -> Q:
    linked = Commitment.clauses.through.objects.filter(commitment=OuterRef("pk"))
    return Q(status__in=OPEN) & (Q(lead=None) | Q(due_on=None) | Q(target=None) | ~Q(Exists(linked)))


def beside(seen: Seen, *, at: dt.datetime) -> dict[str, Any]:
    """Count what the matrix does not show: drafts, near dates, proposals past, gaps. One query, or a few."""
    if not isinstance(seen, Tallied):
        return _live_beside(seen, at=at)
    today = day_of(at)
    found = count_beside(seen, today=today, until=today + dt.timedelta(days=NEAR_DAYS))
    if not seen.has_beyond:
        return found
    more = _live_beside(seen.beyond, at=at)
    days = [day for day in (found.pop("next_due_on"), more.pop("next_due_on")) if day]
    return {name: found[name] + more[name] for name in found} | {"next_due_on": min(days, default=None)}


def _live_beside(commitments: CommitmentQuerySet, *, at: dt.datetime) -> dict[str, Any]:
    today = day_of(at)
    is_open, linked = Q(status__in=OPEN), Commitment.clauses.through.objects.filter(commitment=OuterRef("pk"))
    owner, date, target, scope = Q(lead=None), Q(due_on=None), Q(target=None), ~Q(Exists(linked))
    ahead = is_open & Q(due_on__gte=today)
    return (
        commitments.kept()
        .order_by()
        .aggregate(
            drafts=Count("pk", filter=Q(status=Status.DRAFT)),
            examples=Count("pk", filter=Q(is_example=True, status__in=(Status.DRAFT, *COUNTED))),
            past_proposal=Count("pk", filter=past(DueBasis.PROPOSED, at=at)),
            near=Count("pk", filter=ahead & Q(due_on__lte=today + dt.timedelta(days=NEAR_DAYS))),
            next_due_on=Min("due_on", filter=ahead),
            no_owner=Count("pk", filter=is_open & owner),
            no_date=Count("pk", filter=is_open & date),
            no_target=Count("pk", filter=is_open & target),
            no_scope=Count("pk", filter=is_open & scope),
            any_gap=Count("pk", filter=_any_gap()),
        )
    )
