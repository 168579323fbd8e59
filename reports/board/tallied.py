"""What one person may see, counted from the tallies: sums of few rows, however many commitments there are.

The tallies know host, lead and agreement of a commitment. Rows that a person reads for another reason (supporting
it, or having been there when a line without owner was noted) are few and are counted as they are.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import RawSQL

from agencies.models import Agency, User
from commitments.ages import AGES, Age, aged
from commitments.models import Commitment, Contribution, DateTally, DueBasis, Tally
from commitments.models.commitment import CommitmentQuerySet, reached_by, told_in
from commitments.models.tally import seen_by
from commitments.status import COUNTED, OPEN, Condition, Status
from meetings.models import Attendance, Meeting

RUNNING = (Status.NOT_STARTED, Status.RUNNING, Status.BLOCKED)
"""Open statuses in which the clock runs."""
SUPPORTED, MEETING = "supported", "meeting"  # sorted after the status of a draft
MOST_KEYS = 500
COUNTS = {"told": Count("*"), "examples": Count("pk", filter=Q(is_example=True))}
IS_DRAFT = Q(status=Status.DRAFT)
LACKING = ("dateless", "targetless", "scopeless", "lacking", "examples")


class Tallied:
    """Tallies of what a person may see ``at`` an instant, not before the last settling.

    ``where`` narrows it by conditions on agreement, lead or host agency. What no page asks for is not prepared.
    """

    def __init__(self, user: User, *, at: dt.datetime, **where: Any) -> None:
        self.user, self.at, self.where = user, at, where
        self.shown = seen_by(user)

    @property
    def totals(self) -> QuerySet[Any, Any]:
        """Sorts of commitments, each commitment once."""
        return Tally.objects.whole().filter(self.shown, **self.where)

    @property
    def dates(self) -> QuerySet[Any, Any]:
        """Sorts of open commitments with a date."""
        return DateTally.objects.filter(self.shown, **self.where)

    @property
    def clauses(self) -> QuerySet[Any, Any]:
        """Sorts of commitments, each commitment once for every scope item."""
        return Tally.objects.by_clause().filter(self.shown, **self.where)

    @property
    def covered(self) -> CommitmentQuerySet:
        """The commitments that are tallied."""
        return Commitment.objects.kept().filter(self.shown, ~IS_DRAFT, **self.where)

    @property
    def beyond(self) -> CommitmentQuerySet:
        """Shared commitments that the tallies do not tell."""
        return Commitment.objects.kept().filter(self._is_beyond, **self.where)

    @property
    def drafts(self) -> CommitmentQuerySet:
        """Drafts of the person's own agencies; they are never tallied."""
        return Commitment.objects.kept().filter(self._is_own_draft, **self.where)

    @cached_property
    def reached(self) -> list[int] | RawSQL:
        """Keys of others' commitments that own agencies support, or may read as present. One query, or two.

        Mostly they are few. The database cannot know that of an agency with many others below it, and in one question
        with the commitments it would read them all. Of more than :data:`MOST_KEYS` the question itself.
        """
        if len(self._beside) > MOST_KEYS:
            return reached_by(self.user.rights.own)
        meetings = [key for what, key, _more in self._beside if what == MEETING]
        present = [key for (key,) in told_in(meetings)] if meetings else []
        return [key for what, key, _more in self._beside if what == SUPPORTED] + present

    @cached_property
    def _beside(self) -> list[tuple[str, int, int]]:
        """What no tally tells: the number of own drafts and of examples among them; keys of the rest. One query.

        The drafts come first, and of the keys only enough to see that they are too many.
        """
        own, none = self.user.rights.own, Value(0)
        drafts = self.drafts.order_by().values("status").annotate(**COUNTS).values_list("status", *COUNTS)
        supported = Contribution.objects.filter(agency__in=own).exclude(commitment__host_agency__in=own).order_by()
        attended = Attendance.objects.filter(agency__in=own).exclude(meeting__host_agency__in=own).order_by()
        invited = Meeting.objects.filter(counterpart__in=own).exclude(host_agency__in=own).order_by()
        told = drafts.union(
            supported.values_list(Value(SUPPORTED), "commitment", none),
            attended.values_list(Value(MEETING), "meeting", none),
            invited.values_list(Value(MEETING), "pk", none),
        )
        return list(told.order_by("status")[: MOST_KEYS + 1])

    @property
    def _is_beyond(self) -> Q:
        return Q(pk__in=self.reached) & ~self.shown & ~IS_DRAFT

    @property
    def _is_own_draft(self) -> Q:
        return IS_DRAFT & Q(host_agency__in=self.user.rights.own)

    def agreements(self) -> QuerySet[Any, Any]:
        """Keys of the agreements under which there is anything."""
        told, *live = (rows.order_by().values("agreement") for rows in (self.totals, self.beyond, self.drafts))
        return told.union(*live)

    @cached_property
    def untold(self) -> dict[str, tuple[int, int]]:
        """How many commitments of each status the tallies do not tell, drafts too, and the examples.

        One query, or three with rows that are read for another reason.
        """
        found = self.beyond.order_by().values("status").annotate(**COUNTS).values_list("status", *COUNTS)
        drafts = [row for row in self._beside if row[0] == Status.DRAFT]
        return {status: (n, examples) for status, n, examples in [*drafts, *found]}

    @property
    def drafted(self) -> tuple[int, int]:
        """How many drafts there are, and how many of them are examples."""
        return self.untold.get(Status.DRAFT, (0, 0))

    @property
    def has_beyond(self) -> bool:
        """Whether there are rows inside totals that the tallies do not tell."""
        return any(status in self.untold for status in COUNTED)

    @cached_property
    def sums(self) -> list[dict[str, Any]]:
        """How many of each host, lead, keeper and status, and what of them is lacking. One query."""
        found = self.totals.order_by().values("host_agency", "lead", "status")
        return _with_keeper(found.annotate(sum=Sum("n"), **{name: Sum(name) for name in LACKING}))

    @cached_property
    def past(self) -> list[dict[str, Any]]:
        """How many of each host, lead, keeper, status and basis are past their date, claims by days. One query."""
        found = self.dates.filter(passes_at__lte=self.at).order_by()
        sorts = found.values("host_agency", "lead", "status", "due_basis", "days_past")
        return _with_keeper(sorts.annotate(sum=Sum("n")))

    @cached_property
    def late(self) -> list[dict[str, Any]]:
        """Those of :attr:`past` whose date was agreed."""
        return [group for group in self.past if group["due_basis"] == DueBasis.AGREED and group["sum"]]


def _with_keeper(groups: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add who keeps the clock: the lead, and without one the host."""
    return [group | {"keeper": group["lead"] or group["host_agency"]} for group in groups]


def tallied(user: User, *, at: dt.datetime, **where: Any) -> Tallied:
    """Return what ``user`` may see, narrowed by conditions on agreement, lead or host agency."""
    return Tallied(user, at=at, **where)


@dataclass(frozen=True, slots=True)
class Sort:
    """Rows of one lead (None: nobody), one keeper of the clock, one condition."""

    lead: int | None
    keeper: int
    condition: Condition


def count_sorts(seen: Tallied) -> Counter[Sort]:
    """Count by lead, keeper and condition: late ones are taken out of their status."""
    counts: Counter[tuple[int | None, int, str]] = Counter()  # of plain values: there are many groups, and few sorts
    for group in seen.sums:
        counts[group["lead"], group["keeper"], group["status"]] += group["sum"]
    for group in seen.late:
        counts[group["lead"], group["keeper"], group["status"]] -= group["sum"]
        counts[group["lead"], group["keeper"], Condition.LATE.value] += group["sum"]
    return Counter({Sort(lead, keeper, Condition(name)): n for (lead, keeper, name), n in counts.items()})


def late_days(seen: Tallied, late: Iterable[dict[str, Any]]) -> dict[int | None, int]:
    """Most days that what is ``late`` (of :attr:`Tallied.late`) is past, by lead; of claims until they were made.

    At most two queries, a few steps a lead.
    """
    found: dict[int | None, int] = {}
    running: dict[bool, set[int]] = {True: set(), False: set()}
    for group in late:
        if group["status"] == Status.SUBMITTED:
            found[group["lead"]] = max(group["days_past"], found.get(group["lead"], 0))
        else:
            running[group["lead"] is not None].add(group["keeper"])
    led, unled = Q(lead=OuterRef("pk")), Q(lead=None, host_agency=OuterRef("pk"))
    for keeper, days in _running_days(seen, led, running[True]).items():
        found[keeper] = max(days, found.get(keeper, 0))
    without = _running_days(seen, unled, running[False]).values()
    return found | ({None: max(*without, found.get(None, 0))} if without else {})


def _running_days(seen: Tallied, kept: Q, keepers: set[int]) -> dict[int, int]:
    """Days since the first agreed date of the open rows of each keeper (key), on its calendar. Drafts are not open."""
    if not keepers:
        return {}
    rows = Commitment.objects.filter(kept, seen.shown, due_basis=DueBasis.AGREED, **seen.where).order_by("due_on")
    first = [Subquery(rows.filter(status=status).values("due_on")[:1]) for status in RUNNING]
    found = Agency.objects.filter(pk__in=keepers).order_by().values_list("pk", "zone", *first)
    return {
        pk: (seen.at.astimezone(ZoneInfo(zone)).date() - min(known)).days
        for pk, zone, *days in found
        if (known := [day for day in days if day])
    }


def days_ahead(seen: Tallied, *, today: dt.date, until: dt.date, **where: Any) -> tuple[int, dt.date | None]:
    """How many dates there are from ``today`` to ``until``, and the first one from today on. One query."""
    found = seen.dates.filter(due_on__gte=today, **where).order_by("due_on").values("due_on").annotate(sum=Sum("n"))
    days = list(found.filter(sum__gt=0).values_list("due_on", "sum")[: (until - today).days + 1])
    return sum(n for day, n in days if day <= until), days[0][0] if days else None


def count_beside(seen: Tallied, *, today: dt.date, until: dt.date) -> dict[str, Any]:
    """Count drafts, gaps, proposals past and dates from ``today`` to ``until``. Two queries."""
    drafts, examples = seen.drafted
    near, next_due_on = days_ahead(seen, today=today, until=until)
    unfinished = [group for group in seen.sums if group["status"] in OPEN]
    return {
        "drafts": drafts,
        "examples": examples + sum(group["examples"] for group in seen.sums),
        "past_proposal": sum(group["sum"] for group in seen.past if group["due_basis"] == DueBasis.PROPOSED),
        "near": near,
        "next_due_on": next_due_on,
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
    """Count for agencies (keys) in which a person decides, and those for which they keep commitments."""

    def near(agencies: frozenset[int], status: Status) -> int:
        of_status = (group for group in seen.sums if group["status"] == status)
        return sum(group["sum"] for group in of_status if agencies & {group["host_agency"], group["lead"]})

    kept = (group for group in seen.sums if group["host_agency"] in keeping and group["status"] in OPEN)
    return Turns(
        claims=near(deciding, Status.SUBMITTED),
        blocked=near(keeping, Status.BLOCKED),
        lacking=sum(group["lacking"] for group in kept),
    )


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
