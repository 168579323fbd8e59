"""A date in a cell, in the many ways offices fill one: "30/06/2026", "TW II", "s.d. Juni", "1 Mei s.d. 30 Juni".

Only what names a day, or the end of a named period, becomes a date. A month alone does when the writer says so
(``month_ends``). A year that is not written is completed and said. Everything else stays words.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace

from commitments.reading.dates import MONTHS, DateReading, long_date, read_date, read_typed_date
from commitments.reading.remarks import Level, Remark, note

LONGEST = 120  # characters of a cell that is read
_SHOWN = 60
_YEARS = range(2000, 2100)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NOTHING = frozenset({"", "-", "--", "\u2013", "\u2014", ".", "..", "..."})
_BRACKETS = re.compile(r" ?\([^()]*\)")
_MIDNIGHT = re.compile(r" 0?0[.:]00(?:[.:]00)?\Z")
_TIME = re.compile(r" [0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2})?(?: wi(?:b|ta|t))?\Z", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad),? ")
_BEFORE = re.compile(
    r"(?:paling (?:lambat|lama)|selambat-?lambatnya|selambatnya|sebelum|maks(?:imal|imum)?\.?|s\.?[/ ]?d\.?"
    r"|sampai(?: dengan)?|hingga|target|tenggat|batas waktu|per|pada|tanggal|tgl\.?)(?:[: ]{1,2}|(?=[0-9]))"
)
_RANGE = re.compile(r" (?:s\.?[/ ]?d\.?|sampai(?: dengan)?|hingga|-|\u2013|\u2014) | ?\u2013 ?")
_DAYS = re.compile(rf"[0-9]{{1,2}} ?[-\u2013] ?(?P<last>[0-9]{{1,2}} (?:{_MONTH})(?: [0-9]{{4}})?)")
_NUMBERS = re.compile(
    r"[0-9]{1,2}[/.][0-9]{1,2}(?:[/.][0-9]{2,4})? ?- ?(?P<last>[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4})"
)
_EITHER_WAY = re.compile(r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4}")
_MONTHS = re.compile(rf"(?:{_MONTH}) ?[-/] ?(?P<last>(?:{_MONTH})(?: [0-9]{{4}})?)")
_MONTH_ALONE = re.compile(rf"(?:bulan )?(?P<month>{_MONTH})[ ./-]?(?P<year>20[0-9]{{2}})?")
_PERIOD = re.compile(
    r"(?:akhir )?(?:(?P<quarter>tri ?wulan|tw|kuartal|kw|q)|(?P<half>semester|smt|sem))[ .-]{0,3}(?:ke[- ]?)?"
    r"(?P<part>[1-4]|i{1,3}|iv|pertama|kedua|ketiga|keempat)"
    r"(?:[ ,./-]{1,3}(?:(?:tahun|thn|th|t\.?a)\.? ?)?(?P<year>20[0-9]{2}))?"
)
_PARTS = {"pertama": "1", "kedua": "2", "ketiga": "3", "keempat": "4"}
_END = re.compile(rf"akhir (?P<whole>tahun|bulan)?(?: ini)? ?(?P<rest>(?:(?:{_MONTH}) ?)?(?:20[0-9]{{2}})?)")
_MEANS_A_DAY = re.compile(r"[0-9]|akhir ")


@dataclass(frozen=True, slots=True)
class CellDate:
    """The date of a cell. ``is_whole`` when nothing of the cell is lost with it; else its words belong in the note."""

    on: dt.date | None = None
    is_whole: bool = True
    is_month: bool = False  # a month alone, which may be read as its end
    remarks: tuple[Remark, ...] = ()


class DateReader:
    """Reads the date cells of one table.

    ``year`` is the one its heading names, if any. ``is_month_first``: another date of the column can only be month
    before day, so that one like ``06/07/2026`` may be either and stays words.
    """

    def __init__(
        self, *, base: dt.date, year: int | None = None, month_ends: bool = False, is_month_first: bool = False
    ) -> None:
        self._base = dt.date(year, 1, 1) if year in _YEARS and year is not None else base
        self._month_ends, self._is_month_first = month_ends, is_month_first

    def read(self, text: str) -> CellDate:
        """Read one cell. Never raises."""
        typed = " ".join(text.split())
        if typed.casefold() in _NOTHING:
            return CellDate()
        if len(typed) > LONGEST:
            return _kept(typed)
        lines = [line for part in text.split("\n") if (line := " ".join(part.split()))]
        found = [self._one(line) for line in lines]
        days = {day.on for day in found}
        if len(lines) == 1 or (len(days) == 1 and None not in days):
            return found[0]
        return self._one(typed) if len(lines) == 2 and days == {None} else _kept(typed)

    def _one(self, typed: str) -> CellDate:
        """Read one line of a cell."""
        whole = _MIDNIGHT.sub("", typed).strip(" .,;")
        bare = _TIME.sub("", _BRACKETS.sub("", whole)).strip(" .,;")
        word = bare.casefold().replace("\u2019", "'").replace("`", "'")
        last = _last_of_range(word)
        if self._is_month_first and _EITHER_WAY.fullmatch(last or word):
            return _kept(typed)
        day = self._day(last or word, typed)
        if day.on is None:
            return day
        remarks = list(day.remarks)
        if last:
            remarks.append(note("table_range", typed=typed[:_SHOWN], date=long_date(day.on)))
        is_whole = whole == bare and not last and "sebelum" not in word
        return replace(day, is_whole=is_whole, remarks=tuple(remarks))

    def _day(self, word: str, typed: str) -> CellDate:
        word = _unled(word)
        if month := _MONTH_ALONE.fullmatch(word):
            return self._month(month, typed)
        reading = self._read(word, self._base)
        if reading.on is None:
            return _kept(typed, reading.remark)
        other_year = self._base.replace(year=self._base.year + (1 if self._base.year < 2090 else -1), day=1)
        if self._read(word, other_year).on == reading.on:
            return CellDate(reading.on)
        return CellDate(reading.on, remarks=(_completed(typed, reading.on),))

    def _month(self, month: re.Match[str], typed: str) -> CellDate:
        """A month alone: its last day, but only when the writer asked for that."""
        if not self._month_ends:
            return CellDate(is_whole=False, is_month=True, remarks=(note("table_month", typed=typed[:_SHOWN]),))
        day = read_date(f"akhir-{month['month']}{month['year'] or ''}", after=self._base).on
        if day is None:
            return _kept(typed)
        return CellDate(day, is_month=True, remarks=(_completed(typed, day),))

    def _read(self, word: str, base: dt.date) -> DateReading:
        if period := _PERIOD.fullmatch(word):
            name = "tw" if period["quarter"] else "semester"
            return read_date(
                f"{name}{_PARTS.get(period['part'], period['part'])}-{period['year'] or ''}".strip("-"), after=base
            )
        if (end := _END.fullmatch(word)) and (end["whole"] or end["rest"]):
            return read_date("akhir-" + (end["rest"].strip().replace(" ", "-") or end["whole"]), after=base)
        if not _MEANS_A_DAY.match(_WEEKDAY.sub("", word)):
            return DateReading()
        return read_typed_date(word, today=base, ahead=True)


def _last_of_range(word: str) -> str:
    """The end of a range such as ``1 mei s.d. 30 juni 2026``; empty when the words are no range."""
    for pattern in (_DAYS, _NUMBERS, _MONTHS):
        if found := pattern.fullmatch(_unled(word)):
            return str(found["last"])
    parts = _RANGE.split(word)
    return parts[1] if len(parts) == 2 and parts[0] and not _BEFORE.fullmatch(f"{parts[0]} ") else ""


def _unled(word: str) -> str:
    """Return the words without what only leads up to the date, such as ``paling lambat tanggal``."""
    for _turn in range(4):
        if (found := _BEFORE.match(word)) is None or found.end() == len(word):
            break
        word = word[found.end() :]
    return word


def _kept(typed: str, reason: Remark | None = None) -> CellDate:
    """No date: the words stay, and the reason is said where the reader had one of its own."""
    telling = reason is not None and reason.code in ("weekday_mismatch", "date_impossible", "date_order", "date_year")
    why = replace(reason, level=Level.NOTE) if telling and reason else note("table_date", typed=typed[:_SHOWN])
    return CellDate(is_whole=False, remarks=(why,))


def _completed(typed: str, day: dt.date) -> Remark:
    return note("table_completed", typed=typed[:_SHOWN], date=long_date(day))
