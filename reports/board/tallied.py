"""What one person may see, counted from the tallies: sums of few rows, however many commitments there are.

The tallies know host, lead and agreement of a commitment. Rows that a person reads for another reason (supporting
it, or having been there when a line without owner was noted) are few and are counted as they are.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from agencies.models import Agency, User
from commitments.ages import AGES, Age, aged
from commitments.models import Commitment, DateTally, DueBasis, Tally
from commitments.models.commitment import CommitmentQuerySet, reached_by
from commitments.models.tally import seen_by
from commitments.status import OPEN, Condition, Status

RUNNING = (Status.NOT_STARTED, Status.RUNNING, Status.BLOCKED)
"""Open statuses in which the clock runs."""
KEEPER = Coalesce("lead", "host_agency")
LACKING = ("dateless", "targetless", "scopeless", "lacking", "examples")


@dataclass(frozen=True)
class Tallied:
    """Tallies of what a person may see ``at`` an instant, not before the last settling.

    ``covered`` are the commitments they count, ``beyond`` the others; drafts are never tallied.
    """

    at: dt.datetime
    totals: QuerySet[Any, Any]
    dates: QuerySet[Any, Any]
    clauses: QuerySet[Any, Any]
    covered: CommitmentQuerySet
    beyond: CommitmentQuerySet
    drafts: CommitmentQuerySet

    def agreements(self) -> QuerySet[Any, Any]:
        """Keys of the agreements under which there is anything."""
        told, *live = (rows.order_by().values("agreement") for rows in (self.totals, self.beyond, self.drafts))
        return told.union(*live)

    @cached_property
    def has_beyond(self) -> bool:
        """Whether there are rows that the tallies do not tell. One query."""
        return self.beyond.exists()

    @cached_property
    def sums(self) -> list[dict[str, Any]]:
        """How many of each lead, keeper and status, and what of them is lacking. One query."""
        found = self.totals.order_by().annotate(keeper=KEEPER).values("lead", "keeper", "status")
        return list(found.annotate(sum=Sum("n"), **{name: Sum(name) for name in LACKING}))

    @cached_property
    def past(self) -> list[dict[str, Any]]:
        """How many of each lead, keeper, status and basis are past their date, claims by their days. One query."""
        found = self.dates.filter(passes_at__lte=self.at).order_by().annotate(keeper=KEEPER)
        return list(found.values("lead", "keeper", "status", "due_basis", "days_past").annotate(sum=Sum("n")))

    @cached_property
    def late(self) -> list[dict[str, Any]]:
        """Those of :attr:`past` whose date was agreed."""
        return [group for group in self.past if group["due_basis"] == DueBasis.AGREED and group["sum"]]


def tallied(user: User, *, at: dt.datetime, **where: Any) -> Tallied:
    """Return what ``user`` may see, narrowed by conditions on agreement, lead or host agency."""
    shown, rows = seen_by(user), Commitment.objects.kept()
    own = user.rights.own
    return Tallied(
        at,
        totals=Tally.objects.whole().filter(shown, **where),
        dates=DateTally.objects.filter(shown, **where),
        clauses=Tally.objects.by_clause().filter(shown, **where),
        covered=rows.filter(shown, **where).exclude(status=Status.DRAFT),
        beyond=rows.filter(pk__in=reached_by(own)).exclude(shown).exclude(status=Status.DRAFT).filter(**where),
        drafts=rows.filter(status=Status.DRAFT, host_agency__in=own, **where),
    )


@dataclass(frozen=True, slots=True)
class Sort:
    """Rows of one lead (None: nobody), one keeper of the clock, one condition."""

    lead: int | None
    keeper: int
    condition: Condition


def count_sorts(seen: Tallied) -> Counter[Sort]:
    """Count by lead, keeper and condition: late ones are taken out of their status."""
    counts: Counter[Sort] = Counter()
    for group in seen.sums:
        counts[Sort(group["lead"], group["keeper"], Condition(group["status"]))] += group["sum"]
    for group in seen.late:
        counts[Sort(group["lead"], group["keeper"], Condition(group["status"]))] -= group["sum"]
        counts[Sort(group["lead"], group["keeper"], Condition.LATE)] += group["sum"]
    return counts


def earliest_dates(seen: Tallied) -> dict[tuple[int | None, int], dt.date]:
    """The first agreed date of each late lead and keeper whose clock runs; at most two queries, a few steps a lead."""
    rows = seen.covered.filter(due_basis=DueBasis.AGREED)
    led = _first_dates(rows.filter(lead=OuterRef("pk")), {group["keeper"] for group in seen.late if group["lead"]})
    unled = _first_dates(
        rows.filter(lead=None, host_agency=OuterRef("pk")),
        {group["keeper"] for group in seen.late if not group["lead"]},
    )
    return {(pk, pk): day for pk, day in led.items()} | {(None, pk): day for pk, day in unled.items()}


def _first_dates(rows: CommitmentQuerySet, agencies: set[int]) -> dict[int, dt.date]:
    if not agencies:
        return {}
    first = [Subquery(rows.filter(status=status).order_by("due_on").values("due_on")[:1]) for status in RUNNING]
    found = Agency.objects.filter(pk__in=agencies).order_by().values_list("pk", *first)
    return {pk: min(known) for pk, *days in found if (known := [day for day in days if day])}


def stopped_days(seen: Tallied) -> dict[int | None, int]:
    """Most days that a waiting claim of each lead came too late."""
    found: dict[int | None, int] = {}
    for group in seen.late:
        if group["status"] == Status.SUBMITTED:
            found[group["lead"]] = max(group["days_past"], found.get(group["lead"], 0))
    return found


def count_beside(seen: Tallied, *, today: dt.date, until: dt.date) -> dict[str, Any]:
    """Count drafts, gaps, proposals past and dates from ``today`` to ``until``. Two queries, or three."""
    drafts = seen.drafts.order_by().aggregate(n=Count("pk"), examples=Count("pk", filter=Q(is_example=True)))
    days = seen.dates.order_by("due_on").values("due_on").annotate(sum=Sum("n")).filter(sum__gt=0)
    days = days.values_list("due_on", "sum")
    near = list(days.filter(due_on__range=(today, until)))
    unfinished = [group for group in seen.sums if group["status"] in OPEN]
    return {
        "drafts": drafts["n"],
        "examples": drafts["examples"] + sum(group["examples"] for group in seen.sums),
        "past_proposal": sum(group["sum"] for group in seen.past if group["due_basis"] == DueBasis.PROPOSED),
        "near": sum(n for _day, n in near),
        "next_due_on": next((day for day, _n in near or days.filter(due_on__gt=until)[:1]), None),
        "no_owner": sum(group["sum"] for group in unfinished if group["lead"] is None),
        "no_date": sum(group["dateless"] for group in unfinished),
        "no_target": sum(group["targetless"] for group in unfinished),
        "no_scope": sum(group["scopeless"] for group in unfinished),
        "any_gap": sum(group["lacking"] for group in unfinished),
    }


@dataclass(frozen=True, slots=True)
class Turns:
    """Whose turn it is: claims near a supervisor's agencies, blocked rows near, rows with a gap kept by one's own."""

    claims: int
    blocked: int
    lacking: int


def count_turns(seen: Tallied, *, deciding: frozenset[int], keeping: frozenset[int]) -> Turns:
    """Count for agencies (keys) in which a person decides, and those for which they keep commitments. One query."""

    def near(agencies: frozenset[int]) -> Q:
        return Q(host_agency__in=agencies) | Q(lead__in=agencies)

    found = seen.totals.order_by().aggregate(
        claims=Sum("n", filter=near(deciding) & Q(status=Status.SUBMITTED), default=0),
        blocked=Sum("n", filter=near(keeping) & Q(status=Status.BLOCKED), default=0),
        lacking=Sum("lacking", filter=Q(host_agency__in=keeping, status__in=OPEN), default=0),
    )
    return Turns(**found)


def count_ages(seen: Tallied) -> list[int]:
    """Count the late by age, the oldest last. Two queries."""
    told = {f"age_{place}": Sum("n", filter=_aged(age, at=seen.at), default=0) for place, age in enumerate(AGES)}
    live = {f"age_{place}": Count("pk", filter=aged(age, at=seen.at)) for place, age in enumerate(AGES)}
    passed = seen.dates.filter(passes_at__lte=seen.at, due_basis=DueBasis.AGREED).order_by().aggregate(**told)
    beyond = seen.beyond.order_by().aggregate(**live)
    return [passed[name] + beyond[name] for name in told]


def _aged(age: Age, *, at: dt.datetime) -> Q:
    """Sorts whose date is past for as many days as ``age`` says, as :func:`commitments.ages.aged` counts them."""
    stopped, running = Q(days_past__gte=age.first), Q(passes_at__lte=at - dt.timedelta(days=age.first - 1))
    if age.last is not None:
        stopped &= Q(days_past__lte=age.last)
        running &= Q(passes_at__gt=at - dt.timedelta(days=age.last))
    is_claim = Q(status=Status.SUBMITTED)
    return (is_claim & stopped) | (~is_claim & running)
