"""Dates as offices write them, and how they are written back.

Two readers: ``read_date`` for the ``/…`` token of a commitment line (a date that lies ahead) and
``read_typed_date`` for a date field of a form. Day comes before month, always; a date is never
guessed from a month alone. A year that is not written is chosen and must be echoed in full.
"""

import calendar
import datetime as dt
import difflib
import re
from dataclasses import dataclass

from commitments.reading.remarks import Remark, error, warning

MONTH_NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
MONTH_NAMES_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
WEEKDAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

_OTHER_MONTHS = {  # older Indonesian spellings, common abbreviations, English
    "pebruari": 2, "peb": 2, "mrt": 3, "agt": 8, "ags": 8, "agus": 8, "sept": 9, "oktb": 10, "nopember": 11, "nop": 11,
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8, "aug": 8,
    "october": 10, "oct": 10, "december": 12, "dec": 12,
}  # fmt: skip
MONTHS: dict[str, int] = {
    **{name.lower(): n for n, name in enumerate(MONTH_NAMES, start=1)},
    **{name.lower(): n for n, name in enumerate(MONTH_NAMES_SHORT, start=1)},
    **_OTHER_MONTHS,
}
_ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS: dict[str, int] = {
    **{name.lower(): n for n, name in enumerate(WEEKDAY_NAMES)},
    **{name: n for n, name in enumerate(_ENGLISH_WEEKDAYS)},
    "jum'at": 4, "ahad": 6,
}  # fmt: skip
_FREQUENCIES = {"minggu": "/ahad atau /+1m", "triwulan": "/tw2", "semester": "/semester1"}
_PARTS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_FIRST_YEAR, _LAST_YEAR = 2000, 2099

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_SEP = r"[-/.]?"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_NUMERIC = re.compile(rf"(?P<day>[0-9]{{1,2}})[-/.](?P<month>[0-9]{{1,2}})(?:[-/.]{_YEAR})?")
_NAMED = re.compile(rf"(?P<day>[0-9]{{1,2}}){_SEP}(?P<month>{_MONTH})(?:{_SEP}{_YEAR})?")
_BARE = re.compile(rf"[0-9]{{1,2}}|(?P<month>{_MONTH})(?:{_SEP}{_YEAR})?")
_AHEAD = re.compile(r"\+(?P<count>[0-9]{1,3})(?P<unit>h|hari|m|minggu|pekan|b|bln|bulan|t|thn|tahun)")
_QUARTER = re.compile(rf"(?:akhir)?(?:tw|triwulan){_SEP}(?P<part>[1-4]|i{{1,3}}|iv)(?:{_SEP}{_YEAR})?")
_HALF = re.compile(rf"(?:akhir)?(?:semester|smt|sem){_SEP}(?P<part>[12]|i{{1,2}})(?:{_SEP}{_YEAR})?")
_END = re.compile(rf"akhir{_SEP}(?:(?P<word>bulan|tahun)|(?P<month>{_MONTH})(?:{_SEP}{_YEAR})?|(?P<only>[0-9]{{4}}))")
_LIKE_A_DATE = re.compile(
    rf"[+]?[0-9]|(?:{_MONTH}|{_WEEKDAY}|tw|triwulan|semester|smt)(?:{_SEP}[0-9]|\Z)|sem[0-9]|akhir{_SEP}(?:bulan|tahun|tw|{_MONTH}|[0-9])"
)
# A date written as several words, such as "30 juni 2026" or "tw 2"; a year is only taken when it is near.
DATE_PHRASE = re.compile(
    rf"(?:[0-9]{{1,2}}\s+(?:{_MONTH})|[0-9]{{1,2}}{_SEP}(?:{_MONTH})|[0-9]{{1,2}}[-/.][0-9]{{1,2}}"
    rf"|akhir\s+(?:bulan|tahun|{_MONTH})|(?:tw|triwulan|semester)\s*(?:[1-4]|i{{1,3}}|iv)|hari\s+ini)"
    rf"(?:\s+20[2-9][0-9])?(?=[.,;:!?)\]]*(?:\s|\Z))",
    re.IGNORECASE,
)
_TYPED_WEEKDAY = re.compile(rf"(?P<weekday>{_WEEKDAY})-(?P<rest>.+)")
_WORDS = {"hariini": 0, "hari-ini": 0, "besok": 1, "lusa": 2}
_TYPED_WORDS = {"hari-ini": 0, "hariini": 0, "kemarin": -1, "besok": 1, "lusa": 2}
_LONGEST = 40  # no date is written longer than this


@dataclass(frozen=True, slots=True)
class DateReading:
    """The date a text names, or the remark that says why not; neither when it names no date at all."""

    on: dt.date | None = None
    remark: Remark | None = None

    @property
    def is_date(self) -> bool:
        """Whether the text was meant as a date, readable or not."""
        return self.on is not None or (self.remark is not None and self.remark.is_error)


NOT_A_DATE = DateReading()


def long_date(day: dt.date) -> str:
    """Return ``Rabu, 28 Januari 2026``."""
    return f"{WEEKDAY_NAMES[day.weekday()]}, {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def short_date(day: dt.date) -> str:
    """Return ``28 Jan 2026``."""
    return f"{day.day} {MONTH_NAMES_SHORT[day.month - 1]} {day.year}"


def read_date(text: str, *, after: dt.date) -> DateReading:
    """Read the token of a commitment line (with or without its ``/``).

    Relative words count from ``after``, the day of the meeting, and a missing year is that of the next
    occurrence on or after it. A weekday is the next one *after* that day. Words that do not look like
    a date give ``NOT_A_DATE``; what begins like one and cannot be read gives an error.
    """
    typed = text.strip().removeprefix("/")
    word = typed.lower().replace("\u2019", "'")
    if len(word) <= _LONGEST:
        if word in _FREQUENCIES:
            return DateReading(remark=warning("date_or_frequency", typed=typed, example=_FREQUENCIES[word]))
        for reader in (_read_ahead, _read_word, _read_period, _read_end, _read_bare, _read_day):
            if reading := reader(word, after):
                return reading
    if not _LIKE_A_DATE.match(word):
        return NOT_A_DATE
    return DateReading(remark=error("date_token_unreadable", typed=typed[:_LONGEST], example=_nearest_example(word)))


def read_typed_date(text: str, *, today: dt.date, ahead: bool = False) -> DateReading:
    """Read a date field: ``2026-01-28``, ``28/1/2026``, ``Rabu, 28 Januari 2026``, ``28jan``, ``kemarin``.

    A missing year is the one nearest to ``today``, or with ``ahead`` the next occurrence on or after it.
    A weekday that contradicts the date is an error, never a correction.
    """
    typed = " ".join(text.split())
    if not typed:
        return DateReading(remark=error("date_missing"))
    if len(typed) > _LONGEST:
        return _unreadable(typed, today)
    word = re.sub(r" ?[-/., ] ?", "-", typed.lower().replace("\u2019", "'"))
    if (days := _TYPED_WORDS.get(word)) is not None:
        return _within_range(_add_days(today, days), typed)
    named = _TYPED_WEEKDAY.fullmatch(word)
    parts = _parts_of(named["rest"] if named else word)
    if parts is None:
        return _unreadable(typed, today)
    guess = _next_year if ahead else _nearest_year
    reading = _dated(parts, guess(parts.month, parts.day, today), typed)
    return _with_weekday(reading, WEEKDAYS[named["weekday"]]) if named else reading


# --- readers of one form each: a reading, or None when the word has another form ---------------


@dataclass(frozen=True, slots=True)
class _Parts:
    """Day, month and year as written, not yet known to exist."""

    day: int
    month: int
    year: int | None
    is_numeric: bool


def _parts_of(word: str) -> _Parts | None:
    if (found := _ISO.fullmatch(word) or _NUMERIC.fullmatch(word) or _NAMED.fullmatch(word)) is None:
        return None
    month = MONTHS.get(found["month"]) or int(found["month"])
    return _Parts(int(found["day"]), month, _year_of(found["year"]), found.re is _NUMERIC)


def _dated(parts: _Parts, guess: int, typed: str) -> DateReading:
    """Return the date, in the year ``guess`` when none is written, or why it does not exist."""
    year = guess if parts.year is None else parts.year
    if parts.is_numeric and 1 <= parts.day <= 12 < parts.month <= 31:
        return DateReading(remark=error("date_order", typed=typed, example=f"{parts.month}-{parts.day}"))
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return DateReading(remark=error("date_year", typed=typed))
    if not 1 <= parts.month <= 12:
        return DateReading(remark=error("date_impossible", typed=typed, example="30jun"))
    last = calendar.monthrange(year, parts.month)[1]
    if not 1 <= parts.day <= last:
        example = f"{last}{MONTH_NAMES_SHORT[parts.month - 1].lower()}{parts.year or ''}"
        return DateReading(remark=error("date_impossible", typed=typed, example=example))
    return DateReading(dt.date(year, parts.month, parts.day))


def _with_weekday(reading: DateReading, weekday: int) -> DateReading:
    """Return the reading, or an error when its date falls on another weekday."""
    if reading.on is None or reading.on.weekday() == weekday:
        return reading
    falls_on, typed = WEEKDAY_NAMES[reading.on.weekday()], WEEKDAY_NAMES[weekday]
    return DateReading(remark=error("weekday_mismatch", date=_spelled(reading.on), weekday=falls_on, typed=typed))


def _read_day(word: str, after: dt.date) -> DateReading | None:
    if (parts := _parts_of(word)) is None:
        return None
    return _dated(parts, _next_year(parts.month, parts.day, after), word)


def _read_bare(word: str, _after: dt.date) -> DateReading | None:
    """Refuse a day without month and a month without day: neither is a date, and none is guessed."""
    if (found := _BARE.fullmatch(word)) is None:
        return None
    if found["month"]:
        return DateReading(remark=error("date_incomplete", typed=word, example=f"15{word} atau akhir{word}"))
    example = f"{word}jun" if 1 <= int(word) <= 30 else "30jun"
    return DateReading(remark=error("date_incomplete", typed=word, example=example))


def _read_word(word: str, after: dt.date) -> DateReading | None:
    days = _WORDS.get(word)
    if days is None and word in WEEKDAYS:
        days = (WEEKDAYS[word] - after.weekday() - 1) % 7 + 1
    return None if days is None else _within_range(_add_days(after, days), word)


def _read_ahead(word: str, after: dt.date) -> DateReading | None:
    if (found := _AHEAD.fullmatch(word)) is None:
        return None
    count, unit = int(found["count"]), found["unit"][0]
    if unit in "hmp":
        return _within_range(_add_days(after, count * (1 if unit == "h" else 7)), word)
    return _within_range(_add_months(after, count * (1 if unit == "b" else 12)), word)


def _read_period(word: str, after: dt.date) -> DateReading | None:
    for pattern, months in ((_QUARTER, 3), (_HALF, 6)):
        if found := pattern.fullmatch(word):
            return _month_end(_year_of(found["year"]), _PARTS[found["part"]] * months, after, word)
    return None


def _read_end(word: str, after: dt.date) -> DateReading | None:
    if (found := _END.fullmatch(word)) is None:
        return None
    if found["word"] == "bulan":
        return _month_end(after.year, after.month, after, word)
    month = MONTHS[found["month"]] if found["month"] else 12
    return _month_end(_year_of(found["year"] or found["only"]), month, after, word)


# --- the calendar ------------------------------------------------------------------------------


def _year_of(digits: str | None) -> int | None:
    if digits is None:
        return None
    return int(digits) + (_FIRST_YEAR if len(digits) == 2 else 0)


def _next_year(month: int, day: int, after: dt.date) -> int:
    return after.year + ((month, day) < (after.month, after.day))


def _nearest_year(month: int, day: int, today: dt.date) -> int:
    def distance(year: int) -> float:
        # A day that may not exist is near enough to its neighbours to choose a year.
        return abs((year - today.year) * 12 + month - today.month + (day - today.day) / 31)

    return min((today.year, today.year - 1, today.year + 1), key=distance)


def _month_end(year: int | None, month: int, after: dt.date, typed: str) -> DateReading:
    year = year if year is not None else _next_year(month, 31, after)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return _within_range(None, typed)
    return DateReading(dt.date(year, month, calendar.monthrange(year, month)[1]))


def _add_days(day: dt.date, days: int) -> dt.date | None:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def _add_months(day: dt.date, months: int) -> dt.date | None:
    years, month = divmod(day.month - 1 + months, 12)
    if (year := day.year + years) > _LAST_YEAR:
        return None
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _within_range(day: dt.date | None, typed: str) -> DateReading:
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return DateReading(remark=error("date_year", typed=typed))
    return DateReading(day)


# --- words for remarks -------------------------------------------------------------------------


def _spelled(day: dt.date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _unreadable(typed: str, today: dt.date) -> DateReading:
    return DateReading(remark=error("date_unreadable", typed=typed[:_LONGEST], example=_spelled(today)))


def _nearest_example(word: str) -> str:
    """Return a spelling close to ``word``: ``30jum`` -> ``30jun``."""
    found = re.fullmatch(rf"(?P<day>[0-9]{{1,2}}){_SEP}(?P<month>[a-z]{{2,12}})(?P<rest>{_SEP}(?:[0-9]{{4}})?)", word)
    if found and (close := difflib.get_close_matches(found["month"], MONTHS, n=1, cutoff=0.6)):
        return f"{found['day']}{close[0]}{found['rest']}"
    return "30jun, 30-6-2026, atau tw2"
