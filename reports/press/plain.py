"""A text in the words the finders know: without the marks of chats, abbreviations written out, spelled days as digits.

Every stretch that was put otherwise leads back to the words as they were typed.
"""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from commitments.reading.dates import MONTH_NAMES, MONTHS
from commitments.reading.spans import Span
from reports.press.numbers import SPELLED, spelled_value

_SHORT = {
    "yg": "yang", "dgn": "dengan", "utk": "untuk", "tdk": "tidak", "sdh": "sudah", "udah": "sudah", "blm": "belum",
    "belom": "belum", "tgl": "tanggal", "bln": "bulan", "thn": "tahun", "hr": "hari", "org": "orang", "pd": "pada",
    "dlm": "dalam", "kpd": "kepada", "jml": "jumlah", "ttg": "tentang", "sbg": "sebagai", "stlh": "setelah",
    "sblm": "sebelum", "krn": "karena", "dng": "dengan", "nunggu": "menunggu", "bs": "bisa", "ttd": "tanda tangan",
    "sampe": "sampai", "th": "tahun", "kmrn": "kemarin", "maks": "paling lambat",
    "smp": "sampai", "dpt": "dapat", "spy": "supaya", "trs": "terus", "bhw": "bahwa",
}  # fmt: skip
_NEVER_ALONE = frozenset(("smp",))  # a school where it has capitals, and no word of everyday
_MONTH = "|".join(sorted((name for name in MONTHS if name != "may"), key=len, reverse=True))
_HOURS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
    "sepuluh": 10, "sebelas": 11, "dua belas": 12,
}  # fmt: skip
_HOUR = "|".join(sorted(_HOURS, key=len, reverse=True))
_RULE = re.compile(
    r"(?P<mark>(?<![\w*~])[*_~]{1,2}(?=[^\s*_~])|(?<=[^\s*_~])[*_~]{1,2}(?![\w*~]))"
    rf"|(?<![\w.@/-])(?P<short>{'|'.join(_SHORT)})(?![\w@-]|[.]\w)"
    r"|(?P<of>(?:(?<=[0-9*][ ])dr(?=[ ])|(?<=[a-zA-Z][ ])dr(?=[ ](?:target|total|jumlah|seluruh|sasaran|[0-9]))))"
    r"|(?<=[0-9])(?P<times>x)(?!\w)"
    r"|(?:(?<=[a-z],[ ])|(?<=tgl[ ])|(?<=tanggal[ ])|(?<=hingga[ ])|(?<=sampai[ ])|(?<=lambat[ ])|(?<=s/d[ ]))"
    r"(?P<bare>(?:[1-9]|[12][0-9]|3[01])/(?:[1-9]|1[0-2]))(?=[ ]?[\u2013\u2014,.;)-]|[ ]?\Z)(?![.,][0-9])"
    rf"|\b(?P<ending>(?:pengh?ujung|ujung)(?=[ ](?:bulan[ ])?(?:{_MONTH})\b))"
    rf"|(?<![\w-])(?P<day>{SPELLED})(?=[ ](?:{_MONTH})\b)"
    rf"|\b(?P<in>(?:{_MONTH})[ ](?:tahun[ ])?)(?P<year>dua[ ]ribu[ ]{SPELLED})(?![\w-])"
    rf"|\b(?P<month>{_MONTH})[ ]tahun[ ](?P<which>ini|depan|lalu)\b"
    rf"|\b(?P<at>(?:pukul|jam)[ ])(?:(?P<half>setengah)[ ])?(?P<hour>{_HOUR})(?![\w-])(?![ ](?:puluh|ratus|hari))"
    rf"(?:[ ](?:lewat|lebih)[ ](?P<minutes>seperempat|{SPELLED})(?:[ ]menit)?)?",
    re.IGNORECASE,
)
_FIXED = {"mark": "", "times": " kali", "of": "dari", "ending": "akhir"}
_TURNS = {"ini": 0, "depan": 1, "lalu": -1}


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain words. ``cuts``: of each stretch put otherwise, where it begins and ends here and in the typed text."""

    text: str
    cuts: tuple[tuple[int, int, int, int], ...]

    def back(self, span: Span) -> Span:
        """The typed words that a stretch stands for."""
        start = self._typed(span.start, bisect_right(self.cuts, (span.start, len(self.text) + 1)), is_end=False)
        return Span(start, max(start, self._typed(span.end, bisect_left(self.cuts, (span.end,)), is_end=True)))

    def _typed(self, place: int, cut: int, *, is_end: bool) -> int:
        if not cut:
            return place
        _begins, ends, typed_from, typed_to = self.cuts[cut - 1]
        if place < ends:
            return typed_to if is_end else typed_from
        return typed_to + place - ends


def plainly(typed: str, as_of: dt.date) -> Plain:
    """Put a text in plain words; ``as_of`` tells which year *tahun ini* is."""
    pieces, cuts, last, length = list[str](), list[tuple[int, int, int, int]](), 0, 0
    for found in _RULE.finditer(typed):
        put = _put(found, as_of)
        if put is None:
            continue
        length += found.start() - last
        pieces += [typed[last : found.start()], put]
        cuts.append((length, length + len(put), *found.span()))
        length, last = length + len(put), found.end()
    return Plain("".join((*pieces, typed[last:])), tuple(cuts))


def _put(found: re.Match[str], as_of: dt.date) -> str | None:
    """The plain words for what was found; None where they stay."""
    if fixed := next((name for name in _FIXED if found[name]), ""):
        return _FIXED[fixed]
    if found["short"]:
        return _written_out(found["short"])
    if found["bare"]:
        return f"({found['bare']})"
    if found["day"]:
        return _digits(found["day"], 1, 31)
    if found["year"]:
        year = _digits(found["year"], 2000, 2099)
        return f"{found['in']}{year}" if year else None
    if found["month"]:
        return f"{MONTH_NAMES[MONTHS[found['month'].lower()] - 1]} {as_of.year + _TURNS[found['which'].lower()]}"
    return _clock(found)


def _written_out(short: str) -> str | None:
    """An abbreviation in its own case; none is one in capitals, which are names."""
    if short.isupper() or (short.lower() in _NEVER_ALONE and not short.islower()):
        return None
    words = _SHORT[short.lower()]
    return words.capitalize() if short[0].isupper() else words


def _digits(words: str, least: int, most: int) -> str | None:
    value = spelled_value(words)
    return str(value) if value is not None and least <= value <= most else None


def _clock(found: re.Match[str]) -> str | None:
    """*Pukul setengah sepuluh* is *pukul 09.30*."""
    hour, minutes = _HOURS[" ".join(found["hour"].lower().split())], found["minutes"]
    past: int | None = 0
    if found["half"]:
        hour, past = hour - 1, 30
    elif minutes:
        past = 15 if minutes.lower() == "seperempat" else spelled_value(minutes)
    return f"{found['at']}{hour:02}.{past:02}" if past is not None and past < 60 else None
