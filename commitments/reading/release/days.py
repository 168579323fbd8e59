"""Days in a text: as written, with weekday and year where they are given, and what they come to.

A year is never made up. It is taken from the same day written in full elsewhere, from the day of
publication, or from the year in the name of the event when the weekday agrees; otherwise it stays open.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from commitments.reading.dates import MONTHS, WEEKDAY_NAMES, WEEKDAYS
from commitments.reading.spans import Span

_M = "|".join(sorted(MONTHS, key=len, reverse=True))
_W = "|".join(sorted((name for name in WEEKDAYS if name != "may"), key=len, reverse=True))
_PREFIX = (
    rf"(?:\b(?P<weekday>{_W})\b(?:[ ](?:pagi|siang|sore|malam))?[ ]{{0,2}}[,/]?[ ]{{0,2}}\(?[ ]?)?(?:tanggal[ ]"
    rf"|tgl\.?[ ])?"
)
_RANGE = r"(?:[ ]?(?:-|\u2013|s\.?/?d\.?|sampai(?:[ ]dengan)?|hingga|dan|&)[ ]?(?P<until>[0-9]{1,2}))?"
_SHORT_YEAR = (  # "29 jan 26", but not "29 Januari 26 orang"
    r"[2-4][0-9](?=\s|[,.;)]|\Z)(?![ ](?:orang|kali|ton|unit|persen|rumah|desa|kg|km|siswa|warga|peserta|paket"
    r"|kepala|buah))"
)
_NAMED = re.compile(
    rf"{_PREFIX}(?<![0-9])(?<![0-9][/.])(?P<day>[0-9]{{1,2}}){_RANGE}[ ]{{1,2}}(?:bulan[ ])?(?P<month>{_M})\b\.?"
    rf"(?:[ ](?:tahun[ ])?(?P<year>(?:19|20)[0-9]{{2}}|{_SHORT_YEAR})\b)?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    rf"{_PREFIX}(?P<open>\([ ]?)?(?<![0-9/.-])(?P<day>[0-9]{{1,2}})[/.-](?P<month>[0-9]{{1,2}})"
    r"(?:[/.-](?P<year>(?:19|20)[0-9]{2}|[0-9]{2}))?(?![0-9/:.-]*[0-9])(?P<close>[ ]?\))?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![0-9-])(?P<year>20[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9-])")
_SPLIT_DIGITS = re.compile(r"[0-9][/.-][0-9]")
_TO_NEXT = re.compile(r"[ ]?(?:-|\u2013|s\.?/?d\.?|sampai(?: dengan)?|hingga)[ ]?\Z", re.IGNORECASE)
_EVENT_YEAR = re.compile(r"\btahun[ ](?P<year>20[0-9]{2})\b", re.IGNORECASE)
_NOT_EVENT_YEAR = re.compile(
    r"(?:nomor|no\b|anggaran|data|korban|sejak|hingga|sampai|uu|target|periode)[^,.;]{0,24}\Z", re.IGNORECASE
)
_PERIOD = re.compile(
    r"\b(?:akhir[ ])?(?:(?P<quarter>triwulan|tw)|(?P<half>semester|smt))[ ]?(?:ke-?)?(?P<part>iv|i{1,3}|[1-4]"
    r"|pertama|kedua|ketiga|keempat)\b"
    r"(?:[ ](?:tahun[ ])?(?P<year>20[0-9]{2})\b)?",
    re.IGNORECASE,
)
_MONTH_END = re.compile(
    rf"\bakhir[ ](?:bulan[ ])?(?P<month>{_M})\b(?:[ ](?:tahun[ ])?(?P<year>20[0-9]{{2}})\b)?", re.IGNORECASE
)
_THIS_END = re.compile(
    r"\bakhir[ ](?P<unit>bulan|tahun)(?:[ ]ini)?\b(?!\s+(?:depan|lalu|anggaran))(?:[ ](?P<year>20[0-9]{2})\b)?",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    rf"\b(?:(?:minggu|pekan|bulan|tahun)[ ](?:depan|ini)|(?:awal|pertengahan|bulan)[ ](?:{_M})\b(?:[ ]20[0-9]{{2}})?"
    rf"|(?:{_M})[ ]20[0-9]{{2}}\b|(?:[0-9]{{1,3}}|satu|dua|tiga|empat|lima|enam|tujuh)(?:[ ]\([a-z]+\))?[ ](?:hari"
    rf"|minggu|pekan|bulan)[ ](?:kerja|ke depan|mendatang|sejak|setelah|lagi))",
    re.IGNORECASE,
)
_TOMORROW = re.compile(r"\b(?:besok|esok hari|keesokan hari(?:nya)?)\b", re.IGNORECASE)
_PARTS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4}
_FIRST, _LAST = 1945, 2099


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written. ``year`` and ``weekday`` (Monday is 0) are None where they are not given."""

    span: Span
    day: int
    month: int
    year: int | None
    weekday: int | None
    until: int | None = None  # the last day of "20 s.d. 22 Januari"

    def in_year(self, year: int) -> dt.date | None:
        """Return the date in a year, or None where the calendar has none."""
        if not _FIRST <= year <= _LAST or not 1 <= self.month <= 12:
            return None
        return (
            dt.date(year, self.month, self.day) if 1 <= self.day <= calendar.monthrange(year, self.month)[1] else None
        )

    @property
    def on(self) -> dt.date | None:
        """The date, when the year is written."""
        return self.in_year(self.year) if self.year else None

    def agrees(self, on: dt.date) -> bool:
        """Whether no weekday is written or the written one is the date's."""
        return self.weekday is None or self.weekday == on.weekday()

    @property
    def weekday_name(self) -> str:
        """The written weekday, empty when there is none."""
        return "" if self.weekday is None else WEEKDAY_NAMES[self.weekday]


@dataclass(frozen=True, slots=True)
class Due:
    """When something is to be done: the words, and the day when they name one."""

    span: Span
    on: dt.date | None


def find_days(flat: str, span: Span | None = None) -> list[Day]:
    """Return the days written in a span, in order."""
    span = span or Span(0, len(flat))
    if not any(letter.isdigit() for letter in flat[span.start : span.end]):
        return []
    patterns = (_ISO, _NAMED, _NUMERIC) if _SPLIT_DIGITS.search(flat, span.start, span.end) else (_NAMED,)
    found = [_day(match) for pattern in patterns for match in pattern.finditer(flat, span.start, span.end)]
    days = list[Day]()
    for day in sorted((day for day in found if day), key=lambda day: (day.span.start, -day.span.end)):
        if not days or day.span.start >= days[-1].span.end:
            days.append(day)
    return [_with_range_year(flat, day, following) for day, following in zip(days, [*days[1:], None], strict=False)]


def event_years(flat: str, sentence: Span) -> list[int]:
    """Return the years a sentence gives to its event ("Rapat Koordinasi Tahun 2019"), not to laws or budgets."""
    return [
        int(found["year"])
        for found in _EVENT_YEAR.finditer(flat, sentence.start, sentence.end)
        if not _NOT_EVENT_YEAR.search(flat, max(sentence.start, found.start() - 40), found.start())
    ]


def find_due(flat: str, span: Span, *, held_on: dt.date | None, days: Iterable[Day]) -> Due | None:
    """Return when the words of a span are to be done; a past day is the day of something else.

    Words such as "minggu depan" name no day: they are returned without one.
    """
    for day in days:
        if day.span.start < span.start or day.span.end > span.end:
            continue
        last = replace(day, day=day.until, weekday=None) if day.until and day.until > day.day else day
        on = last.on or _same_year(last, held_on)
        if held_on is None or on is None or on >= held_on:
            return Due(day.span, on if on is None or last.agrees(on) else None)
    for pattern, reader in ((_PERIOD, _period), (_MONTH_END, _month_end), (_THIS_END, _this_end)):
        if found := pattern.search(flat, span.start, span.end):
            return Due(Span(*found.span()), reader(found, held_on))
    if held_on and (tomorrow := _TOMORROW.search(flat, span.start, span.end)):
        return Due(Span(*tomorrow.span()), held_on + dt.timedelta(days=1))
    found = _LOOSE.search(flat, span.start, span.end)
    return Due(Span(*found.span()), None) if found else None


def _day(found: re.Match[str]) -> Day | None:
    parts = found.groupdict()
    month = parts["month"].lower()
    weekday = WEEKDAYS[parts["weekday"].lower()] if parts.get("weekday") else None
    year = int(parts["year"]) if parts.get("year") else None
    if found.re is _NUMERIC and not _is_date(parts, year, weekday):
        return None
    if year is not None and year < 100:
        year += 2000
    number = MONTHS.get(month) or int(month)
    end = found.end() if "(" in found[0] or not found[0].endswith(")") else found.end() - 1
    until = int(parts["until"]) if parts.get("until") else None
    day = Day(Span(found.start(), end), int(parts["day"]), number, year, weekday, until)
    return day if 1 <= number <= 12 and day.in_year(year or 2024) else None


def _is_date(parts: dict[str, str | None], year: int | None, weekday: int | None) -> bool:
    """Whether two or three numbers are a date and not a fraction, a score or a paragraph."""
    in_brackets = bool(parts.get("open")) and bool(parts.get("close"))
    return weekday is not None or in_brackets or (year is not None and (year > 99 or "1" <= str(year)[0] <= "4"))


def _with_range_year(flat: str, day: Day, following: Day | None) -> Day:
    """Give the first day of "28 Februari s.d. 2 Maret 2026" the year of the second."""
    if (
        day.year is None
        and following
        and following.year
        and _TO_NEXT.fullmatch(flat[day.span.end : following.span.start])
    ):
        return replace(day, year=following.year)
    return day


def _same_year(day: Day, held_on: dt.date | None) -> dt.date | None:
    """Return the day in the year of the meeting when it lies on or after it."""
    on = day.in_year(held_on.year) if held_on else None
    return on if on and held_on and on >= held_on else None


def _end_of(year: int | None, month: int, held_on: dt.date | None) -> dt.date | None:
    year = year or (held_on.year if held_on and held_on.month <= month else None)
    return dt.date(year, month, calendar.monthrange(year, month)[1]) if year else None


def _period(found: re.Match[str], held_on: dt.date | None) -> dt.date | None:
    part = found["part"].lower()
    number = _PARTS.get(part) or int(part)
    months = 3 if found["quarter"] else 6
    return (
        _end_of(int(found["year"]) if found["year"] else None, number * months, held_on)
        if number * months <= 12
        else None
    )


def _month_end(found: re.Match[str], held_on: dt.date | None) -> dt.date | None:
    return _end_of(int(found["year"]) if found["year"] else None, MONTHS[found["month"].lower()], held_on)


def _this_end(found: re.Match[str], held_on: dt.date | None) -> dt.date | None:
    if found["year"]:
        return dt.date(int(found["year"]), 12, 31) if found["unit"].lower() == "tahun" else None
    if held_on is None:
        return None
    return _end_of(held_on.year, held_on.month if found["unit"].lower() == "bulan" else 12, held_on)
