"""Numbers in a text: digits, words (*lima*), both (*5 (lima)*), per cent, and what each of them counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from commitments.reading.spans import Span

_ONES = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000,
}  # fmt: skip
_SCALES = {"belas": (10, 0), "puluh": (0, 10), "ratus": (0, 100), "ribu": (0, 1000)}
_WORD = "|".join((*_ONES, *_SCALES))
SPELLED = rf"(?:{_WORD})(?:[ ]{{1,2}}(?:{_WORD})){{0,7}}"  # a number in words
_SPELLED = re.compile(rf"(?<![\w-]){SPELLED}(?![\w-])", re.IGNORECASE)
_DIGITS = re.compile(
    r"(?<![\w/.,-])(?P<whole>[0-9]{1,3}(?:\.[0-9]{3}){1,4}|[0-9]{1,9})(?:,(?P<part>[0-9]{1,4}))?(?![0-9])"
    r"(?![.,:][0-9])(?!-?[A-Za-z])(?!-[0-9]{3})"
)
_RATIO = re.compile(
    r"(?<![\w/.,-])(?:[0-9]{1,3}(?:\.[0-9]{3}){1,4}|[0-9]{1,7})/(?P<whole>[0-9]{1,3}(?:\.[0-9]{3}){1,4}|[0-9]{1,7})"
    r"(?P<part>)(?![\w/-])(?![.,:][0-9])"
)  # "4.125/7.500 keluarga"
_ORDINAL = re.compile(r"[ ]*(?:\||\t)|/[ ]")  # behind the number of a row of a table
_BOUND = re.compile(
    r"\b(?:(?P<over>(?:lebih|tak kurang|tidak kurang)(?: dari)?|di atas|melebihi|melampaui|minimal|sedikitnya"
    r"|setidaknya|paling sedikit|sekurang-kurangnya)|(?P<under>hampir|nyaris|mendekati|kurang dari|di bawah|tak sampai"
    r"|tidak sampai)|(?P<about>sekitar|kurang lebih|kira-kira|di kisaran))[ ]\Z",
    re.IGNORECASE,
)
_LOOSELY = Decimal("1.15")  # how far from the record *lebih dari* and *hampir* may be
_PERCENT = re.compile(r"[ ]?(?:%|persen\b|per[ ]cent\b)", re.IGNORECASE)
_SCALE = re.compile(r"[ ](?P<scale>ribu|juta|mil[iy]ar|triliun)\b", re.IGNORECASE)
_TIMES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_MONEY = re.compile(r"\bRp\.?[ ]?(?P<whole>[0-9]{1,3}(?:\.[0-9]{3}){1,5}|[0-9]{1,15})(?:,(?P<part>[0-9]{1,4}))?")
_ALL_OF = re.compile(
    rf"(?<![\w-])ke(?P<words>{'|'.join(_ONES)})"
    r"(?=[ ](?:komitmen|butir|poin|langkah|instansi|perangkat daerah)\b)",
    re.IGNORECASE,
)  # "kelima komitmen" is all five
_FRACTIONS = {
    "separuh": (1, 2), "setengah": (1, 2), "sepertiga": (1, 3), "dua pertiga": (2, 3), "seperempat": (1, 4),
    "tiga perempat": (3, 4), "seperlima": (1, 5),
}  # fmt: skip
_FRACTION = re.compile(
    rf"(?<![\w-])(?P<words>{'|'.join(_FRACTIONS)})"
    r"(?=(?:nya)?[ ](?:dari|komitmen|total|jumlah|seluruh|di[ ]?antaranya)\b)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(rf"[ ]\((?P<words>(?:{_WORD})(?:[ ](?:{_WORD})){{0,7}})\)", re.IGNORECASE)
_OF = re.compile(
    r"(?:[ ]+(?:komitmen|butir|instansi|kegiatan))?,?[ ]+dari[ ]+(?:(?:total|seluruh|sekurang-kurangnya)[ ]+)?"
    r"|[ ]+(?:[a-z-]{2,20}[ ]+){0,2}dari[ ]+(?:total|jumlah|target|sasaran|rencana)[ ]+(?:[a-z-]{3,20}[ ]+)?",
    re.IGNORECASE,
)
_OF_NOUN = re.compile(r"[ ][A-Za-z]{3,20}[ ]dari[ ]")  # "120 patok dari 310;", but not "120 orang dari 12 SMK"
_ENDS = re.compile(r"[ ]*(?:[.,;:)]|\Z)")
_IDIOM_BEFORE = re.compile(
    r"\b(?:salah|nomor|no\.?|pasal|ayat|bab|huruf|angka|lampiran|jalan|jl\.?|lantai|blok|rt|rw|gelombang"
    r"|angkatan)[ ]\Z",
    re.IGNORECASE,
)
_IDIOM_AFTER = re.compile(
    r"[ ](?:sama lain|per satu|pun\b|demi|pintu|kesatuan|arah|tangan|suara|hati|data\b|peta\b|kata\b|sisi|belah)",
    re.IGNORECASE,
)
_LAW = re.compile(r"\b(?:nomor|no\b\.?)[ ]?[\w./-]{1,40}(?:[ ]tahun[ ][0-9]{4})?", re.IGNORECASE)
_WEB = re.compile(r"\b(?:https?://|www\.)\S{1,300}", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:\b(?:pukul|jam|pkl\.?|waktu[ ]{0,20}:)[ ]"
    r"|(?<![0-9.,:])(?=[0-2]?[0-9][.:][0-5][0-9][ ]?(?:WI[BT]A?\b|waktu setempat)))"
    r"(?P<time>(?P<hour>[0-2]?[0-9])(?:[.:](?P<minute>[0-5][0-9]))?)(?![0-9])"
    r"(?P<late>[ ](?:WI[BT]A?[ ])?(?:siang|sore|petang|malam)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """One number as written. ``said_otherwise`` is its value in the brackets behind it when that differs.

    ``is_rough``: a share in words (*separuh*), equal to what rounds to the same whole per cent. ``bound``: ``over``,
    ``under`` or ``about`` where the words before it leave it open.
    """

    span: Span
    value: Decimal
    is_percent: bool = False
    said_otherwise: int | None = None
    is_rough: bool = False
    bound: str = ""

    def agrees(self, recorded: Decimal | int) -> bool:
        """Whether a recorded value is the written one, or as near as its words allow (*lebih dari 12.000*)."""
        low = 1 if self.bound in ("", "over") else 1 / _LOOSELY
        high = 1 if self.bound in ("", "under") else _LOOSELY
        return self.value * low <= recorded <= self.value * high


def find_numbers(flat: str, span: Span, taken: Sequence[Span] = ()) -> list[Number]:
    """The numbers of a stretch in order, without those in ``taken`` (days, codes), laws, times, addresses, idioms."""
    apart = (_LAW, _CLOCK, _WEB)
    closed = [*taken, *(Span(*found.span()) for rule in apart for found in rule.finditer(flat, span.start, span.end))]
    read = (
        *_money(flat, span),
        *_ratios(flat, span),
        *_digits(flat, span),
        *_shares(flat, span),
        *_all_of(flat, span),
        *_spelled(flat, span),
    )
    found = [number for number in read if not _within(number.span, closed)]
    numbers: list[Number] = []
    for number in sorted(found, key=lambda number: (number.span.start, -number.span.end)):
        if not numbers or number.span.start >= numbers[-1].span.end:
            bound = _BOUND.search(flat, max(span.start, number.span.start - 24), number.span.start)
            numbers.append(replace(number, bound=str(bound.lastgroup)) if bound else number)
    return numbers


def find_times(flat: str, span: Span) -> Iterator[tuple[Span, str]]:
    """Times of day as ``09.00``."""
    for found in _CLOCK.finditer(flat, span.start, span.end):
        hour = int(found["hour"])
        is_late = found["late"] is not None and hour < 11
        yield Span(*found.span("time")), f"{hour + 12 if is_late else hour:02}.{found['minute'] or '00'}"


def spelled_value(words: str) -> int | None:
    """The value of a number in words; None when the words make none."""
    total, chunk, last = 0, 0, 0
    for word in words.lower().split():
        if word in _ONES:
            last = _ONES[word]
            chunk += last
            continue
        added, factor = _SCALES[word]
        if not last and word != "ribu":
            return None
        if word == "ribu":
            total, chunk, last = total + max(chunk, 1) * 1000, 0, 0
            continue
        chunk += added if added else last * (factor - 1)
        last = 0
    return total + chunk


def is_part_of(flat: str, first: Number, second: Number) -> bool:
    """Whether two numbers are ``n dari m``."""
    between = flat[first.span.end : second.span.start]
    if between == "/":
        return True
    if len(between) > 60:
        return False
    return bool(_OF.fullmatch(between) or (_OF_NOUN.fullmatch(between) and _ENDS.match(flat, second.span.end)))


def _digits(flat: str, span: Span) -> Iterator[Number]:
    for found in _DIGITS.finditer(flat, span.start, span.end):
        if _IDIOM_BEFORE.search(flat, max(0, found.start() - 12), found.start()) or _is_year(flat, found):
            continue
        if found.start() == span.start and _ORDINAL.match(flat, found.end(), span.end):
            continue
        yield _completed(flat, *_scaled(flat, Span(*found.span()), _value(found)))


def _ratios(flat: str, span: Span) -> Iterator[Number]:
    """The second number of *4.125/7.500*; the first is read like any other."""
    for found in _RATIO.finditer(flat, span.start, span.end):
        place = Span(*found.span("whole"))
        yield _completed(flat, *_scaled(flat, place, _value(found)))


def _value(found: re.Match[str]) -> Decimal:
    return Decimal(found["whole"].replace(".", "") + (f".{found['part']}" if found["part"] else ""))


def _scaled(flat: str, span: Span, value: Decimal) -> tuple[Span, Decimal]:
    """*1,5 juta* as one number."""
    scale = _SCALE.match(flat, span.end)
    return (Span(span.start, scale.end()), value * _TIMES[scale["scale"].lower()]) if scale else (span, value)


def _money(flat: str, span: Span) -> Iterator[Number]:
    """Sums of money, which no commitment has."""
    for found in _MONEY.finditer(flat, span.start, span.end):
        yield Number(*_scaled(flat, Span(*found.span()), _value(found)))


def _shares(flat: str, span: Span) -> Iterator[Number]:
    """Shares in words: *separuh*, *dua pertiga*."""
    for found in _FRACTION.finditer(flat, span.start, span.end):
        part, whole = _FRACTIONS[found["words"].lower()]
        yield Number(Span(*found.span()), Decimal(part * 100) / whole, is_percent=True, is_rough=True)


def _all_of(flat: str, span: Span) -> Iterator[Number]:
    for found in _ALL_OF.finditer(flat, span.start, span.end):
        yield Number(Span(*found.span()), Decimal(_ONES[found["words"].lower()]))


def _is_year(flat: str, found: re.Match[str]) -> bool:
    """Whether four digits are a year: after *tahun*, a month, or alone between 1945 and 2099."""
    whole = found["whole"]
    return len(whole) == 4 and 1945 <= int(whole) <= 2099 and not _PERCENT.match(flat, found.end())


def _spelled(flat: str, span: Span) -> Iterator[Number]:
    for found in _SPELLED.finditer(flat, span.start, span.end):
        before = flat[max(0, found.start() - 12) : found.start()]
        if _IDIOM_BEFORE.search(before) or _IDIOM_AFTER.match(flat, found.end()):
            continue
        value = spelled_value(found[0])
        if value is not None:
            yield _completed(flat, *_scaled(flat, Span(*found.span()), Decimal(value)))


def _completed(flat: str, span: Span, value: Decimal) -> Number:
    """The number with the words in brackets and the sign of per cent behind it."""
    otherwise = None
    if brackets := _IN_BRACKETS.match(flat, span.end):
        spoken = spelled_value(brackets["words"])
        otherwise = spoken if spoken is not None and Decimal(spoken) != value else None
        span = Span(span.start, brackets.end())
    percent = _PERCENT.match(flat, span.end)
    if percent:
        span = Span(span.start, percent.end())
    return Number(span, value, is_percent=percent is not None, said_otherwise=otherwise)


def _within(span: Span, taken: Sequence[Span]) -> bool:
    return any(one.start <= span.start < one.end for one in taken)
