"""Scope items of an agreement counted: how many commitments in which condition, how far, and how far they should be."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agencies.models import Agreement
from commitments import pace
from commitments.status import BEGUN, COUNTED_CONDITIONS, Condition
from commitments.words import share
from reports.counting.rows import ReportRow
from reports.counting.under import Under, under

_UNDERWAY = (Condition.RUNNING, Condition.BLOCKED, Condition.SUBMITTED)
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """A mean in whole percent over ``counted`` of ``total`` commitments; None when none can be measured."""

    percent: int | None
    counted: int
    total: int


@dataclass(frozen=True, slots=True)
class ClauseFigures:
    """One scope item: its commitments in disjoint conditions that sum to ``total``; ``below`` more under sub-items.

    ``parent``: number of the item it is a part of; empty at the top.
    ``realised``: how much of their targets was reported, each at most whole, over rows with a target.
    ``expected``: how much would be if work went evenly from the day of the promise to its date, over rows with
    a target and a date. ``is_moving``: something under it, or under a sub-item, was begun, reported or done.
    """

    number: str
    text: str
    citation: str
    parent: str
    total: int
    below: int
    by_condition: dict[Condition, int]
    realised: Share
    expected: Share
    is_moving: bool
    codes: tuple[str, ...]
    is_example: bool

    @property
    def done(self) -> int:
        """Verified."""
        return self.by_condition[Condition.DONE]

    @property
    def late(self) -> int:
        """Past an agreed date."""
        return self.by_condition[Condition.LATE]

    @property
    def running(self) -> int:
        """Begun and not late: under way, blocked, or with a verifier."""
        return sum(self.by_condition[condition] for condition in _UNDERWAY)

    @property
    def not_started(self) -> int:
        """Not begun and not late."""
        return self.by_condition[Condition.NOT_STARTED]

    @property
    def unmet(self) -> int:
        """Closed undone."""
        return self.by_condition[Condition.UNMET]


def clause_figures(agreement: Agreement, rows: Sequence[ReportRow], *, on: dt.date) -> tuple[ClauseFigures, ...]:
    """Count every scope item in its order; ``on`` is the day progress is expected for. One query."""
    clauses = list(agreement.clauses.all())
    keys = {clause.number: clause.pk for clause in clauses}
    numbers: dict[int | None, str] = {clause.pk: clause.number for clause in clauses}
    links = ((keys[number], row.code) for row in rows for number in row.clause_numbers if number in keys)
    by_code = {row.code: row for row in rows}
    return tuple(
        _figures(one, by_code, parent=numbers.get(one.clause.parent_id, ""), on=on)
        for one in under(clauses, links).values()
    )


def _figures(stands: Under[str], by_code: Mapping[str, ReportRow], *, parent: str, on: dt.date) -> ClauseFigures:
    rows = [by_code[code] for code in sorted(stands.own)]
    clause, counts = stands.clause, Counter(row.condition for row in rows)
    return ClauseFigures(
        number=clause.number,
        text=clause.text,
        citation=clause.citation,
        parent=parent,
        total=stands.count,
        below=stands.below,
        by_condition={condition: counts[condition] for condition in COUNTED_CONDITIONS},
        realised=realised_share(rows),
        expected=expected_share(rows, on=on),
        is_moving=any(by_code[code].status in BEGUN for code in stands.whole),
        codes=tuple(row.code for row in rows),
        is_example=clause.is_example,
    )


def realised_share(rows: Sequence[ReportRow]) -> Share:
    """Mean of what was reported of each target; a target passed counts as whole, none reported as nothing."""
    shares = [min(row.share or Decimal(0), WHOLE) for row in rows if row.target]
    return _mean(shares, len(rows))


def expected_share(rows: Sequence[ReportRow], *, on: dt.date) -> Share:
    """Mean of what even work would have reached by ``on``, over rows with a target and a date."""
    shares = [
        expected_percent(begun_on=row.origin_on, due_on=row.due_on, on=on) for row in rows if row.target and row.due_on
    ]
    return _mean(shares, len(rows))


def expected_percent(*, begun_on: dt.date, due_on: dt.date, on: dt.date) -> Decimal:
    """Percent of a promise that even work from ``begun_on`` to ``due_on`` reaches by the end of ``on``."""
    return Decimal(pace.share_on(on, begun_on=begun_on, due_on=due_on)) / pace.MILLION


def _mean(shares: Iterable[Decimal], total: int) -> Share:
    counted = list(shares)
    percent = share(sum(counted, Decimal(0)), WHOLE * len(counted)) if counted else None
    return Share(percent, len(counted), total)
