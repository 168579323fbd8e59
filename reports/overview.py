"""What one person may see, counted for the pages: every number carries the filter that opens exactly its rows.

Takes a queryset that was narrowed by ``visible_to``; counts in the database, at constant cost. What a report
prints is counted in :mod:`reports.figures`; both use the same conditions, and a test holds them together.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency
from commitments.models import Commitment, DueBasis
from commitments.models.commitment import CommitmentQuerySet, past
from commitments.status import COUNTED, OPEN, Condition, Status
from config.templatetags.waktu import tanggal
from config.workdays import day_of

COLUMNS = (Condition.NOT_STARTED, Condition.RUNNING, Condition.BLOCKED, Condition.SUBMITTED, Condition.DONE)
NEAR_DAYS = 14
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Filter:
    """The address part that opens rows on the page of commitments."""

    pairs: tuple[tuple[str, str], ...] = ()

    def also(self, *pairs: tuple[str, str]) -> "Filter":
        """This filter, narrowed further."""
        return Filter(self.pairs + pairs)

    @property
    def query(self) -> str:
        """As it stands after the question mark."""
        return urlencode(self.pairs)


@dataclass(frozen=True, slots=True)
class Number:
    """A count and the way to its rows."""

    count: int
    filter: Filter

    @property
    def query(self) -> str:
        """The filter as it stands in an address."""
        return self.filter.query


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the matrix under its condition."""

    condition: Condition
    number: Number

    @property
    def label(self) -> str:
        """The condition in words."""
        return str(self.condition.label)


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """The commitments one agency leads, by condition; ``code`` is ``-`` for those nobody leads.

    ``longest_days``: calendar days the oldest agreed date is past, in the lead's zone; 0 when none is.
    """

    code: str
    name: str
    is_own: bool
    late: Number
    longest_days: int
    cells: tuple[Cell, ...]
    total: Number


@dataclass(frozen=True, slots=True)
class GapNumbers:
    """Open commitments that lack something; ``any`` lack at least one of the four."""

    owner: Number
    date: Number
    target: Number
    scope: Number
    any: Number


@dataclass(frozen=True, slots=True)
class Overview:
    """A person's commitments as of ``at``. The matrix sums to ``total``; drafts stand apart."""

    at: dt.datetime
    columns: tuple[Condition, ...]
    rows: tuple[AgencyRow, ...]
    totals: AgencyRow
    drafts: Number
    past_proposal: Number
    near: Number
    next_due_on: dt.date | None
    gaps: GapNumbers
    is_example: bool

    @property
    def late(self) -> Number:
        """Past an agreed date."""
        return self.totals.late

    def sentence(self, *, waiting: int = 0) -> str:
        """Count what is late and what waits for the reader; never name or rank an agency."""
        words = _late_words(self)
        if waiting:
            words += " " + _("%(n)d menunggu keputusan Anda.") % {"n": waiting}
        return words


@dataclass(frozen=True, slots=True)
class Headline:
    """The two numbers of a tile: how many there are, and how many are past an agreed date."""

    total: Number
    late: Number
    is_example: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of one lead (None: nobody), one keeper of the clock, one condition."""

    lead: int | None
    keeper: int
    condition: Condition
    count: int
    earliest: dt.date | None


def overview(
    commitments: CommitmentQuerySet, *, own: frozenset[int], at: dt.datetime, within: Filter | None = None
) -> Overview:
    """Count ``commitments`` as of ``at``: own agencies (primary keys) first, then partners by name.

    ``within`` is the filter that gave ``commitments``; every number repeats it. Four queries.
    """
    base = within or Filter()
    groups = _groups(commitments, at=at)
    agencies = Agency.objects.in_bulk({pk for group in groups for pk in (group.lead, group.keeper) if pk})
    days = _longest_days(groups, agencies, commitments, at=at)
    has_unmet = any(group.condition == Condition.UNMET for group in groups)
    columns = (*COLUMNS, Condition.UNMET) if has_unmet else COLUMNS
    rows = [
        _row(agencies.get(lead or 0), groups, base, columns=columns, own=own, days=days.get(lead, 0))
        for lead in {group.lead for group in groups}
    ]
    rows.sort(key=lambda row: (not row.is_own, row.code == NOBODY, row.name))
    return _with_the_rest(commitments, tuple(rows), columns, base, at=at)


def headline(commitments: CommitmentQuerySet, *, at: dt.datetime) -> Headline:
    """Count ``commitments`` for a tile, as of ``at``. One query."""
    late = Q(condition=Condition.LATE.value)
    found = (
        commitments.counted()
        .with_condition(at=at)
        .order_by()
        .aggregate(n=Count("*"), late=Count("pk", filter=late), examples=Count("pk", filter=Q(is_example=True)))
    )
    numbers = _numbers({}, Filter(), ())
    return Headline(
        total=Number(found["n"], numbers["total"].filter),
        late=Number(found["late"], numbers["late"].filter),
        is_example=bool(found["examples"]),
    )


def _groups(commitments: CommitmentQuerySet, *, at: dt.datetime) -> list[_Group]:
    found = (
        commitments.counted()
        .with_condition(at=at)
        .order_by()
        .annotate(keeper=Coalesce("lead", "host_agency"))
        .values("lead", "keeper", "condition")
        .annotate(n=Count("*"), earliest=Min("due_on", filter=~Q(status=Status.SUBMITTED)))
    )
    return [
        _Group(group["lead"], group["keeper"], Condition(group["condition"]), group["n"], group["earliest"])
        for group in found
    ]


def _longest_days(
    groups: Iterable[_Group], agencies: dict[int, Agency], commitments: CommitmentQuerySet, *, at: dt.datetime
) -> dict[int | None, int]:
    """Days the oldest late row of each lead is past its date; for claims until the clock was stopped."""
    stopped = (
        commitments.overdue(at=at)
        .filter(status=Status.SUBMITTED)
        .order_by()
        .annotate(keeper=Coalesce("lead", "host_agency"))
        .values_list("lead", "keeper", "due_on")
        .annotate(stopped_at=Max("submitted_at"))
    )
    running = [
        (group.lead, group.keeper, group.earliest, at)
        for group in groups
        if group.condition == Condition.LATE and group.earliest
    ]
    longest: dict[int | None, int] = {}
    for lead, keeper, due_on, clock in [*running, *stopped]:
        days = (clock.astimezone(agencies[keeper].clock).date() - due_on).days
        longest[lead] = max(days, longest.get(lead, 0))
    return longest


def _row(
    agency: Agency | None,
    groups: Iterable[_Group],
    base: Filter,
    *,
    columns: tuple[Condition, ...],
    own: frozenset[int],
    days: int,
) -> AgencyRow:
    lead = agency.pk if agency else None
    counts = _counts(group for group in groups if group.lead == lead)
    code = agency.code if agency else NOBODY
    return AgencyRow(
        code=code,
        name=agency.short_name if agency else _("belum ada penanggung jawab"),
        is_own=lead in own,
        longest_days=days,
        **_numbers(counts, base.also(("penanggung_jawab", code)), columns),
    )


def _counts(groups: Iterable[_Group]) -> dict[Condition, int]:
    counts: dict[Condition, int] = {}
    for group in groups:
        counts[group.condition] = counts.get(group.condition, 0) + group.count
    return counts


def _numbers(counts: dict[Condition, int], base: Filter, columns: tuple[Condition, ...]) -> dict[str, Any]:
    """The numbers of one row of the matrix, each with its filter."""

    def number(condition: Condition) -> Number:
        return Number(counts.get(condition, 0), base.also(("kondisi", condition.value)))

    counted = base.also(*(("status", status.value) for status in COUNTED))
    return {
        "late": number(Condition.LATE),
        "cells": tuple(Cell(condition, number(condition)) for condition in columns),
        "total": Number(sum(counts.values()), counted),
    }


def _with_the_rest(
    commitments: CommitmentQuerySet,
    rows: tuple[AgencyRow, ...],
    columns: tuple[Condition, ...],
    base: Filter,
    *,
    at: dt.datetime,
) -> Overview:
    """Add what the matrix does not show: drafts, near dates, proposals past, gaps."""
    rest = _rest(commitments, at=at)
    sums = {
        condition: sum(cell.number.count for row in rows for cell in row.cells if cell.condition == condition)
        for condition in columns
    } | {Condition.LATE: sum(row.late.count for row in rows)}
    totals = AgencyRow(
        code="",
        name=_("Jumlah"),
        is_own=False,
        longest_days=max((row.longest_days for row in rows), default=0),
        **_numbers(sums, base, columns),
    )

    def number(name: str, *pairs: tuple[str, str]) -> Number:
        return Number(rest[name], base.also(*pairs))

    return Overview(
        at=at,
        columns=columns,
        rows=rows,
        totals=totals,
        drafts=number("drafts", ("status", Status.DRAFT.value)),
        past_proposal=number("past_proposal", ("tenggat", "lewat-usulan")),
        near=number("near", ("tenggat", str(NEAR_DAYS))),
        next_due_on=rest["next_due_on"],
        gaps=GapNumbers(
            owner=number("no_owner", ("celah", "pemilik")),
            date=number("no_date", ("celah", "tenggat")),
            target=number("no_target", ("celah", "target")),
            scope=number("no_scope", ("celah", "ruang-lingkup")),
            any=number("any_gap", ("celah", "ada")),
        ),
        is_example=bool(rest["examples"]),
    )


def _rest(commitments: CommitmentQuerySet, *, at: dt.datetime) -> dict[str, Any]:
    today = day_of(at)
    is_open, linked = Q(status__in=OPEN), Commitment.clauses.through.objects.filter(commitment=OuterRef("pk"))
    owner, date, target, scope = Q(lead=None), Q(due_on=None), Q(target=None), ~Q(Exists(linked))
    ahead = is_open & Q(due_on__gte=today)
    return (
        commitments.kept()
        .order_by()
        .aggregate(
            drafts=Count("pk", filter=Q(status=Status.DRAFT)),
            examples=Count("pk", filter=Q(is_example=True)),
            past_proposal=Count("pk", filter=past(DueBasis.PROPOSED, at=at)),
            near=Count("pk", filter=ahead & Q(due_on__lte=today + dt.timedelta(days=NEAR_DAYS))),
            next_due_on=Min("due_on", filter=ahead),
            no_owner=Count("pk", filter=is_open & owner),
            no_date=Count("pk", filter=is_open & date),
            no_target=Count("pk", filter=is_open & target),
            no_scope=Count("pk", filter=is_open & scope),
            any_gap=Count("pk", filter=is_open & (owner | date | target | scope)),
        )
    )


def _late_words(seen: Overview) -> str:
    late, day = seen.late.count, seen.next_due_on
    if late:
        words = ngettext(
            "%(n)d komitmen melewati tenggat selama %(days)d hari.",
            "%(n)d komitmen melewati tenggat, terlama %(days)d hari.",
            late,
        )
        return words % {"n": late, "days": seen.totals.longest_days}
    if not seen.totals.total.count:
        return _("Belum ada komitmen.")
    words = _("Tidak ada komitmen yang melewati tenggat.")
    if day:
        words += " " + _("Tenggat terdekat %(day)s.") % {"day": tanggal(day)}
    return words
