"""What one person may see, counted for the pages: every number carries the filter that opens exactly its rows.

Takes a queryset that was narrowed by ``visible_to``; counts in the database, at constant cost. What a report
prints is counted in :mod:`reports.counting.figures`; both use the same conditions, and a test holds them together.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency
from commitments.status import COUNTED, Condition, Status
from config.templatetags.waktu import tanggal
from reports.board.groups import NEAR_DAYS, Group, Seen, Whole, beside, groups, longest_days
from reports.board.numbers import Filter, Number
from reports.board.tallied import Leads, Tallied, in_order

COLUMNS = (Condition.NOT_STARTED, Condition.RUNNING, Condition.BLOCKED, Condition.SUBMITTED, Condition.DONE)
NOBODY = "-"


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

    @property
    def late_words(self) -> str:
        """How many are late, in words."""
        n = self.late.count
        return ngettext("%(n)s melewati tenggat", "%(n)s melewati tenggat", n) % {"n": n}

    @property
    def longest_words(self) -> str:
        """For how long the oldest is late, in words."""
        days = self.longest_days
        return ngettext("%(days)s hari", "%(days)s hari", days) % {"days": days}


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
    """A person's commitments as of ``at``. The matrix, with ``hidden`` rows, sums to ``total``; drafts stand apart."""

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
    hidden: int = 0

    @property
    def leads(self) -> int:
        """How many rows the whole matrix has."""
        return len(self.rows) + self.hidden

    @property
    def labels(self) -> tuple[str, ...]:
        """The conditions of the columns in words."""
        return tuple(str(column.label) for column in self.columns)

    @property
    def late(self) -> Number:
        """Past an agreed date."""
        return self.totals.late

    def sentence(self, *, waiting: int = 0) -> str:
        """Count what is late and what waits for the reader; never name or rank an agency."""
        if not self.totals.total.count:
            words = _("Belum ada komitmen.")
        else:
            words = late_words(self.late.count, self.totals.longest_days, self.next_due_on)
        if waiting:
            words += " " + _("%(n)d menunggu keputusan Anda.") % {"n": waiting}
        return words


@dataclass(frozen=True, slots=True)
class Headline:
    """The two numbers of a tile: how many there are, and how many are past an agreed date."""

    total: Number
    late: Number
    is_example: bool


def overview(seen: Seen, *, own: frozenset[int], at: dt.datetime, within: Filter | None = None) -> Overview:
    """Count ``seen`` (commitments, or their tallies) as of ``at``: own agencies (keys) first, then partners by name.

    ``within`` is the filter that gave ``seen``; every number repeats it. The leads that tallies tell apart have a row,
    and the totals are of all. Four queries, or a dozen over tallies.
    """
    base = within or Filter()
    found = groups(seen, at=at)
    days = longest_days(found, seen, at=at)
    has_unmet = any(group.condition == Condition.UNMET for group in found)
    columns = (*COLUMNS, Condition.UNMET) if has_unmet else COLUMNS
    of_lead: dict[int | None, list[Group]] = {}
    for group in found:
        of_lead.setdefault(group.lead, []).append(group)
    shown, leads = _shown(seen, of_lead, own)
    rows = tuple(
        _row(agency, of_lead.get(agency.pk if agency else None, []), base, columns=columns, own=own, days=days)
        for agency in shown
    )
    totals = AgencyRow(
        code="",
        name=_("Jumlah"),
        is_own=False,
        longest_days=max(days.values(), default=0),
        **_numbers(_counts(found), base, columns),
    )
    told = _with_the_rest(seen, rows, totals, columns, base, at=at)
    return replace(told, hidden=leads - len(shown))


def _shown(
    seen: Seen, of_lead: Mapping[int | None, list[Group]], own: frozenset[int]
) -> tuple[list[Agency | None], int]:
    """The agencies that have a row, at last None for what nobody leads; and how many there are in all. One query."""
    if isinstance(seen, Tallied):
        leads = seen.leads
    else:
        rows = tuple(in_order(Agency.objects.filter(pk__in=[pk for pk in of_lead if pk]), own))
        leads = Leads(rows, len(rows))
    shown: list[Agency | None] = list(leads.shown)
    is_unled = None in of_lead
    if is_unled and leads.has_room:
        shown.append(None)
    return shown, leads.all + is_unled


def headline(found: Whole) -> Headline:
    """The numbers of a tile, each with its filter."""
    numbers = _numbers({}, Filter(), ())
    return Headline(
        total=Number(found.total, numbers["total"].filter),
        late=Number(found.late, numbers["late"].filter),
        is_example=bool(found.examples),
    )


def _name_of(agency: Agency | None) -> str:
    return agency.short_name if agency else _("belum ada penanggung jawab")


def _row(
    agency: Agency | None,
    found: Iterable[Group],
    base: Filter,
    *,
    columns: tuple[Condition, ...],
    own: frozenset[int],
    days: Mapping[int | None, int],
) -> AgencyRow:
    lead = agency.pk if agency else None
    counts = _counts(found)
    code = agency.code if agency else NOBODY
    return AgencyRow(
        code=code,
        name=_name_of(agency),
        is_own=lead in own,
        longest_days=days.get(lead, 0),
        **_numbers(counts, base.also(("penanggung_jawab", code)), columns),
    )


def _counts(found: Iterable[Group]) -> dict[Condition, int]:
    counts: dict[Condition, int] = {}
    for group in found:
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
    seen: Seen,
    rows: tuple[AgencyRow, ...],
    totals: AgencyRow,
    columns: tuple[Condition, ...],
    base: Filter,
    *,
    at: dt.datetime,
) -> Overview:
    """Add what the matrix does not show: drafts, near dates, proposals past, gaps."""
    rest = beside(seen, at=at)

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


def late_words(late: int, longest_days: int, next_due_on: dt.date | None) -> str:
    """How many commitments are late and the longest for how many days, or that none is, and which date comes next."""
    if late:
        words = ngettext(
            "%(n)d komitmen melewati tenggat selama %(days)d hari.",
            "%(n)d komitmen melewati tenggat, terlama %(days)d hari.",
            late,
        )
        return words % {"n": late, "days": longest_days}
    words = _("Tidak ada komitmen yang melewati tenggat.")
    if next_due_on:
        words += " " + _("Tenggat terdekat %(day)s.") % {"day": tanggal(next_due_on)}
    return words
