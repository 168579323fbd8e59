"""What happened to commitments in which month (WIB): made known, verified, given another date.

A page counts commitments and not events, so of several changes of a date only the first one of a month, of a
quarter, of a half-year and of a year is noted: summed up over such a period each commitment is counted once.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from commitments.models import Commitment, Terms
from commitments.status import Status
from config.workdays import day_of

SHARED, DONE = "shared", "done"
SHIFTED_IN = {1: "shifted", 3: "shifted_in_quarter", 6: "shifted_in_half", 12: "shifted_in_year"}
"""Months of a period, and the number that counts each commitment once in it."""
Events = Counter[tuple[dt.date, str]]
"""How many there are in a month (its first day), by the name of the sum in ``MonthTally``."""


def month_of(at: dt.datetime) -> dt.date:
    """The first day of the month of an instant."""
    return day_of(at).replace(day=1)


def told_from(at: dt.datetime) -> dt.date:
    """The first month that pages ask for ``at`` an instant: that of a period of last year."""
    return dt.date(day_of(at).year - 1, 1, 1)


@dataclass(slots=True)
class Dates:
    """The dates of one commitment as they were said: when each version was written, and its date, oldest first."""

    shared_at: dt.datetime | None = None
    versions: list[tuple[dt.datetime, dt.date | None]] = field(default_factory=list)

    def followed_by(self, at: dt.datetime, due_on: dt.date | None) -> "Dates":
        """The same with one more version."""
        return Dates(self.shared_at, [*self.versions, (at, due_on)])

    def shifts(self) -> Events:
        """In which months a known date was changed, each as the first change of one or more periods."""
        found: Events = Counter()
        changed = sorted({month_of(at) for at in self._shifted_at()})
        for length, name in SHIFTED_IN.items():
            first: dict[tuple[int, int], dt.date] = {}
            for month in changed:
                first.setdefault((month.year, (month.month - 1) // length), month)
            found.update((month, name) for month in first.values())
        return found

    def _shifted_at(self) -> Iterator[dt.datetime]:
        """When it was changed or taken away; naming a first date, or editing a draft, is no change."""
        if self.shared_at is None:
            return
        drafted = sum(at <= self.shared_at for at, _due_on in self.versions)
        named: dt.date | None = None
        last: dt.date | None = None
        for at, due_on in self.versions[max(0, drafted - 1) :]:
            if named is not None and due_on not in (named, last):
                yield at
            named, last = due_on or named, due_on


def dates_of(commitments: Collection[int]) -> dict[int, Dates]:
    """What Terms tell of these commitments (keys), by key. One query."""
    found: dict[int, Dates] = defaultdict(Dates)
    written = Terms.objects.filter(commitment__in=commitments).order_by("commitment", "n")
    for pk, at, due_on, shared_at in written.values_list("commitment", "at", "due_on", "commitment__shared_at"):
        found[pk].shared_at = shared_at
        found[pk].versions.append((at, due_on))
    return found


def events_of(row: Commitment) -> Events:
    """In which month it was made known, and verified, as the row itself tells."""
    found: Events = Counter()
    if row.shared_at is not None:
        found[month_of(row.shared_at), SHARED] = 1
    if row.status == Status.DONE and row.closed_at is not None:
        found[month_of(row.closed_at), DONE] = 1
    return found
