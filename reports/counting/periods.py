"""Periods of a report: quarter, half-year, year, month; all days are calendar days in WIB, both ends inclusive."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config.workdays import WIB

ROMAN = ("I", "II", "III", "IV")
_WRITTEN = re.compile(r"(?P<year>20[0-9]{2})(?:-(?:TW(?P<quarter>[1-4])|S(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with the code that stands in addresses and the words that stand on paper."""

    code: str
    label: str
    starts_on: dt.date
    ends_on: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def __str__(self) -> str:
        return self.label


def read_period(text: str) -> Period:
    """Return the period written ``2026-TW1``, ``2026-S1``, ``2026`` or ``2026-03``.

    Raises ValueError with a sentence for the screen when it is written in no such way.
    """
    found = _WRITTEN.fullmatch(text.strip().upper())
    if found is None:
        raise ValueError(_("Periode ditulis 2026-TW1, 2026-S1, 2026-03, atau 2026."))
    year = int(found["year"])
    if found["quarter"]:
        return quarter(year, int(found["quarter"]))
    if found["half"]:
        return half(year, int(found["half"]))
    if found["month"]:
        return month(year, int(found["month"]))
    return Period(str(year), _("Tahun %(year)d") % {"year": year}, *_days(year, 1, 12))


def quarter(year: int, n: int) -> Period:
    """Return the ``n``-th quarter (1 to 4) of a year."""
    label = _("Triwulan %(part)s %(year)d") % {"part": ROMAN[n - 1], "year": year}
    return Period(f"{year}-TW{n}", label, *_days(year, 3 * n - 2, 3 * n))


def half(year: int, n: int) -> Period:
    """Return the ``n``-th half (1 or 2) of a year."""
    label = _("Semester %(part)s %(year)d") % {"part": ROMAN[n - 1], "year": year}
    return Period(f"{year}-S{n}", label, *_days(year, 6 * n - 5, 6 * n))


def month(year: int, n: int) -> Period:
    """Return the ``n``-th month of a year."""
    return Period(f"{year}-{n:02d}", date_format(dt.date(year, n, 1), "F Y"), *_days(year, n, n))


def current_periods(today: dt.date) -> list[Period]:
    """Return the choices of a form: this quarter first, then those before it, half-years, years and months.

    Five quarters, so that the same quarter of last year stays within reach.
    """
    year, now = today.year, (today.month - 1) // 3
    quarters = [quarter(*_back(year, now, back, 4)) for back in range(5)]
    halves = [half(*_back(year, (today.month - 1) // 6, back, 2)) for back in range(2)]
    years = [read_period(str(year - back)) for back in range(2)]
    months = [month(*_back(year, today.month - 1, back, 12)) for back in range(4)]
    return [*quarters, *halves, *years, *months]


def start_instant(period: Period) -> dt.datetime:
    """Return the first instant of the period, in WIB."""
    return dt.datetime.combine(period.starts_on, dt.time(), tzinfo=WIB)


def end_instant(period: Period) -> dt.datetime:
    """Return the last microsecond of the period, in WIB."""
    return dt.datetime.combine(period.ends_on, dt.time.max, tzinfo=WIB)


def _days(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _back(year: int, index: int, steps: int, parts: int) -> tuple[int, int]:
    """Return year and 1-based number of the part ``steps`` before the 0-based ``index``."""
    years, part = divmod(year * parts + index - steps, parts)
    return years, part + 1
