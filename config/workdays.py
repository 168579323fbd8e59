"""Office days: the day of an instant, and working days over a set of days off that the caller reads.

Monday to Friday, without national holidays and shared leave (*cuti bersama*). The days themselves are
fixed every year by a joint decree of three ministers (SKB 3 Menteri); the ``holidays`` library carries
them and its dates of coming years may be estimates, hence the table.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

NATIONAL = "libur nasional"
SHARED_LEAVE = "cuti bersama"
WIB = ZoneInfo("Asia/Jakarta")
_SATURDAY = 5


def day_of(instant: dt.datetime) -> dt.date:
    """Return the calendar day of an instant in WIB, by which offices, notices and reports count."""
    return instant.astimezone(WIB).date()


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or the last one of a shorter month."""
    month = day.month - 1 + months
    year, first = day.year + month // 12, month % 12 + 1
    following = dt.date(year + first // 12, first % 12 + 1, 1)
    return min(dt.date(year, first, 1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. Days that fall outside the years of the table count as they fall in the week."""

    days_off: frozenset[dt.date] = frozenset()

    def is_workday(self, day: dt.date) -> bool:
        """Whether offices work on ``day``."""
        return day.weekday() < _SATURDAY and day not in self.days_off

    def last_on_or_before(self, day: dt.date) -> dt.date:
        """Return ``day``, or the last working day before it."""
        return self._nearest(day, step=-1)

    def first_on_or_after(self, day: dt.date) -> dt.date:
        """Return ``day``, or the first working day after it."""
        return self._nearest(day, step=1)

    def add(self, day: dt.date, count: int) -> dt.date:
        """Return the ``count``-th working day after ``day``; the day itself is not counted, nought gives it back.

        Raises ValueError for a negative count.
        """
        if count < 0:
            raise ValueError(f"cannot count {count} working days ahead")
        for _ in range(count):
            day = self._nearest(day + dt.timedelta(days=1), step=1)
        return day

    def _nearest(self, day: dt.date, *, step: int) -> dt.date:
        while not self.is_workday(day):
            day += dt.timedelta(days=step)
        return day


class DayOff(NamedTuple):
    """One day off: when, its name, and whether it is a national holiday or shared leave."""

    on: dt.date
    name: str
    kind: str


def national_days_off(years: Iterable[int]) -> list[DayOff]:
    """Return the days off of ``years`` in order, one row a day; a holiday goes before shared leave."""
    wanted = tuple(years)
    if not wanted:
        return []
    found: dict[dt.date, DayOff] = {}
    for category, kind in (("government", SHARED_LEAVE), ("public", NATIONAL)):
        calendar = holidays.country_holidays("ID", categories=(category,), language="id", years=wanted)
        found.update({on: DayOff(on, name, kind) for on, name in calendar.items()})
    return [found[on] for on in sorted(found)]
