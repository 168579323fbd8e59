"""How long dates are past, and which come next."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from commitments.ages import AGES
from reports.counting.rows import ReportRow

AHEAD_DAYS = 30


@dataclass(frozen=True, slots=True)
class AgeFigures:
    """Late commitments of one age; the four groups sum to all that are late."""

    key: str
    label: str
    count: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upcoming:
    """An open commitment whose date comes within :data:`AHEAD_DAYS` days, the day itself included."""

    code: str
    due_on: dt.date
    due_basis: str


def aging(rows: Iterable[ReportRow]) -> tuple[AgeFigures, ...]:
    """Group late rows by the calendar days their agreed date is past, youngest group first."""
    late = [row for row in rows if row.is_late]
    found = []
    for age in AGES:
        codes = tuple(row.code for row in late if row.days_past in age)
        found.append(AgeFigures(age.key, str(age.label), len(codes), codes))
    return tuple(found)


def upcoming(rows: Iterable[ReportRow], *, on: dt.date) -> tuple[Upcoming, ...]:
    """Open rows due on ``on`` or within the next :data:`AHEAD_DAYS` days, nearest first."""
    last = on + dt.timedelta(days=AHEAD_DAYS)
    found = [
        Upcoming(row.code, row.due_on, row.due_basis)
        for row in rows
        if row.is_open and row.due_on is not None and on <= row.due_on <= last
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.code)))
