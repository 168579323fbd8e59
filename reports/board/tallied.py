"""What one person may see, counted from the tallies: sums of few rows, however many commitments there are.

The tallies know host, lead and agreement of a commitment. Rows that a person reads for another reason (supporting
it, or having been there when a line without owner was noted) are few and are counted as they are.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When, Window
from django.db.models.expressions import RawSQL

from agencies.models import Agency, User
from commitments.ages import AGES, Age, aged
from commitments.models import Commitment, Contribution, DateTally, DueBasis, Tally
from commitments.models.commitment import CommitmentQuerySet, reached_by, told_in
from commitments.models.tally import seen_by
from commitments.status import COUNTED, OPEN, Condition, Status
from config.gaps import Outside
from meetings.models import Attendance, Meeting

OTHERS = 0
"""The key under which all leads are counted that are not told apart."""
SUPPORTED, MEETING = "supported", "meeting"  # sorted after the status of a draft
MOST_KEYS = 500
COUNTS = {"told": Count("*"), "examples": Count("host_agency", filter=Q(is_example=True))}
IS_DRAFT = Q(status=Status.DRAFT)
LACKING = ("dateless", "targetless", "scopeless", "lacking", "examples")


@dataclass(frozen=True, slots=True)
class Near:
    """Agencies (keys) in which a person decides about claims, and those for which they keep commitments."""

    deciding: frozenset[int] = frozenset()
    keeping: frozenset[int] = frozenset()

    @property
    def is_turn(self) -> Q:
        """Sorts that wait for these agencies, as host or as lead."""
        claims, blocked = Q(status=Status.SUBMITTED), Q(status=Status.BLOCKED)
        return (claims & _is_near(self.deciding)) | (blocked & _is_near(self.keeping))

    @property
    def is_kept(self) -> Q:
        """Sorts of what these agencies keep."""
        return Q(host_agency__in=self.keeping)


def _is_near(agencies: frozenset[int]) -> Q:
    return Q(host_agency__in=agencies) | Q(lead__in=agencies)


@dataclass(frozen=True, slots=True)
class Leads:
    """The leads that are ``shown``, own ones first, then by name; how many there are in all.

    ``has_room``: what nobody leads can stand behind them.
    """

    shown: tuple[Agency, ...]
    all: int
    has_room: bool = True


def in_order(agencies: "QuerySet[Agency]", own: frozenset[int]) -> "QuerySet[Agency]":
    """What a row shows of agencies: own ones (keys) first, then by name."""
    is_other = Case(When(pk__in=own, then=0), default=1)
    return agencies.only("code", "short_name").order_by(is_other, "short_name", "pk")


class Tallied:
    """Tallies of what a person may see ``at`` an instant, not before the last settling.

    Own agencies and at ``most`` so many partners, the first by name, are told apart as leads: everybody else is one
    sum. ``near`` are the agencies whose turns are counted. ``where`` narrows it by conditions on agreement, lead or
    host agency. What no page asks for is not prepared.
    """

    def __init__(
        self, user: User, *, at: dt.datetime, most: int | None = None, near: "Near | None" = None, **where: Any
    ) -> None:
        self.user, self.at, self.most, self.where = user, at, most, where
        self.near = near or Near()
        self.shown = seen_by(user)

    @property
    def totals(self) -> QuerySet[Any, Any]:
        """Sorts of commitments, each commitment once."""
        return Tally.objects.filter(self.shown, **self.where)

    @property
    def dates(self) -> QuerySet[Any, Any]:
        """Sorts of open commitments with a date."""
        return DateTally.objects.filter(self.shown, **self.where)

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
        kept = self.drafts.order_by().annotate(what=Value(Status.DRAFT.value)).values("what")
        drafts = kept.annotate(**COUNTS).values_list("what", *COUNTS)
        supported = Contribution.objects.filter(Outside("commitment__host_agency", own), agency__in=own).order_by()
        attended = Attendance.objects.filter(Outside("meeting__host_agency", own), agency__in=own).order_by()
        invited = Meeting.objects.filter(Outside("host_agency", own), counterpart__in=own).order_by()
        told = drafts.union(
            supported.values_list(Value(SUPPORTED), "commitment", none),
            attended.values_list(Value(MEETING), "meeting", none),
            invited.values_list(Value(MEETING), "pk", none),
        )
        return list(told.order_by("what")[: MOST_KEYS + 1])

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
    def leads(self) -> Leads:
        """The leads that are told apart. One query, or a few."""
        own = self.user.rights.own
        told = self.totals.order_by().values("lead").annotate(sum=Sum("n")).filter(sum__gt=0)
        is_lead = Q(pk__in=told.values("lead"))
        if self.has_beyond:
            is_lead |= Q(pk__in=self.beyond.counted().order_by().values("lead"))
        found = in_order(Agency.objects.filter(is_lead), own).annotate(all=Window(Count("*")))
        rows = list(found if self.most is None else found[: self.most + len(own) or 1])
        partners = [agency for agency in rows if agency.pk not in own][: self.most]
        ours = [agency for agency in rows if agency.pk in own]
        has_room = self.most is None or len(partners) < self.most
        return Leads((*ours, *partners), getattr(rows[0], "all") if rows else 0, has_room)  # noqa: B009

    @cached_property
    def apart(self) -> frozenset[int] | None:
        """Keys of the leads that are told apart; None means all."""
        if self.most == 0:
            return self.user.rights.own
        if self.most is None or len(self.leads.shown) == self.leads.all:
            return None
        return frozenset(agency.pk for agency in self.leads.shown)

    def _led(self, where: Q) -> Case | F:
        """The lead that is told apart, among sorts ``where`` leads count; nothing where there is none."""
        if self.apart is None:
            return F("lead")
        return Case(When(where, lead__in=self.apart, then=F("lead")), When(where, lead=None, then=None), default=OTHERS)

    @cached_property
    def sums(self) -> list[dict[str, Any]]:
        """How many of each lead (that is told apart) and status, and what of them is lacking. One query.

        ``is_turn``: they wait for agencies that are near; ``is_kept``: these keep them.
        """
        found = self.totals.order_by().annotate(
            led=self._led(Q()), is_turn=_flag(self.near.is_turn), is_kept=_flag(self.near.is_kept)
        )
        sorts = found.values("led", "status", "is_turn", "is_kept")
        return list(sorts.annotate(sum=Sum("n"), **{name: Sum(name) for name in LACKING}))

    @cached_property
    def past(self) -> list[dict[str, Any]]:
        """How many of each status and basis are past their date, agreed ones by lead, claims by days. One query.

        ``host`` stands where no lead that is told apart keeps the clock.
        """
        agreed, is_kept = Q(due_basis=DueBasis.AGREED), Q(lead__isnull=False)
        days: Case | F = F("days_past")
        if self.apart is not None:
            is_kept = Q(lead__in=self.apart) | Q(status=Status.SUBMITTED) | ~agreed
            days = Case(When(agreed, then=days), default=0)
        found = self.dates.filter(passes_at__lte=self.at).order_by().annotate(
            led=self._led(agreed), host=Case(When(is_kept, then=None), default=F("host_agency")), days=days,
        )  # fmt: skip
        return list(found.values("led", "host", "status", "due_basis", "days").annotate(sum=Sum("n")))

    @cached_property
    def late(self) -> list[dict[str, Any]]:
        """Those of :attr:`past` whose date was agreed."""
        return [group for group in self.past if group["due_basis"] == DueBasis.AGREED and group["sum"]]


def _flag(holds: Q) -> Case:
    return Case(When(holds, then=True), default=False)


def tallied(user: User, *, at: dt.datetime, most: int | None = None, near: Near | None = None, **where: Any) -> Tallied:
    """Return what ``user`` may see, narrowed by conditions on agreement, lead or host agency."""
    return Tallied(user, at=at, most=most, near=near, **where)


def count_sorts(seen: Tallied) -> Counter[tuple[int | None, Condition]]:
    """Count by lead (None: nobody) and condition: late ones are taken out of their status."""
    counts: Counter[tuple[int | None, str]] = Counter()
    for group in seen.sums:
        counts[group["led"], group["status"]] += group["sum"]
    for group in seen.late:
        counts[group["led"], group["status"]] -= group["sum"]
        counts[group["led"], Condition.LATE.value] += group["sum"]
    return Counter({(lead, Condition(name)): n for (lead, name), n in counts.items()})


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
        "no_owner": sum(group["sum"] for group in unfinished if group["led"] is None),
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


def count_turns(seen: Tallied) -> Turns:
    """Count what waits for the agencies that are near. One query, shared with all sums."""
    turns = [group for group in seen.sums if group["is_turn"]]
    kept = [group for group in seen.sums if group["is_kept"] and group["status"] in OPEN]
    return Turns(
        claims=sum(group["sum"] for group in turns if group["status"] == Status.SUBMITTED),
        blocked=sum(group["sum"] for group in turns if group["status"] == Status.BLOCKED),
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
