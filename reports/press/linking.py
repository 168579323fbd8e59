"""Which commitment a sentence speaks of, and with which of its words: by the code, or by the words they share."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from commitments.reading.release.days import find_days
from commitments.reading.release.words import word_set
from commitments.reading.spans import Span
from reports.press.facts import Row
from reports.press.numbers import find_numbers, is_part_of

_WORD = re.compile(r"[^\W_][\w-]*")
_CODE = re.compile(r"\bK-[0-9]{4}-[0-9]{3,9}\b")
_PLAIN = word_set(
    """
    dan serta atau yang untuk dalam dengan bersama oleh pada bagi para akan telah sudah dari ini itu tersebut secara
    agar guna di ke antara antar antarinstansi seluruh setiap sebagai melalui terhadap tentang mengenai terkait adalah
    ialah yaitu yakni komitmen kegiatan pelaksanaan penyelenggaraan kepada bahwa juga lain selain sebanyak
    """
)
_PREFIXES = (
    "memper",
    "diper",
    "menge",
    "meng",
    "meny",
    "mem",
    "men",
    "me",
    "penge",
    "peng",
    "peny",
    "pem",
    "pen",
    "per",
    "pe",
    "ber",
    "di",
    "ter",
    "ke",
    "se",
)
_SUFFIXES = ("isasi", "kannya", "annya", "nya", "kan", "an", "i")
_DETAILS = frozenset(("di", "ke", "bagi", "untuk", "pada", "dalam", "melalui", "bersama", "setiap", "sebelum"))
_DETAIL = 0.5  # weight of a word behind the first of these, where places and people stand
_LIGHT = 0.4  # weight of a word that opens many commitments, against a word that names the thing
LEAST = 0.5  # share of a wording's weight that must be found
_EVERYDAY = frozenset(("orang", "kali", "kegiatan", "unit", "hari", "bulan", "tahun", "persen", "komitmen", "dokumen"))
_CANDIDATES = 40  # commitments compared with one sentence


@dataclass(frozen=True, slots=True)
class Region:
    """Words of a sentence that speak of a commitment; several when their wordings are alike."""

    span: Span
    rows: tuple[Row, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Known:
    row: Row
    weights: Mapping[str, float]  # of the stems of its wording
    weight: float
    length: int


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A word without its usual beginnings and endings, so that *mengoptimalkan* meets *optimalisasi*."""
    low = word.lower().replace("perlindungan", "pelindungan")
    if low.startswith("pekerja"):
        return "pekerja"  # not work, but who does it
    for suffix in _SUFFIXES:
        if low.endswith(suffix) and len(low) - len(suffix) >= 4:
            low = low[: -len(suffix)]
            break
    for prefix in _PREFIXES:
        if low.startswith(prefix) and len(low) - len(prefix) >= 4:
            low = low[len(prefix) :]
            break
    return low.removesuffix("k") if len(low) > 4 else low  # "penjaja-kan" or "penjajak-an": nobody knows


_FAINT = frozenset(
    stem(word)
    for word in word_set(
        """
        optimalisasi penguatan peningkatan kolaborasi sinergi koordinasi dukungan pengembangan penyusunan penyediaan
        pembentukan pekerja migran indonesia pmi cpmi pelindungan
        """
    )
)
"""Words that open many commitments, or that every text of this field has."""


def _known(row: Row, stems: Sequence[tuple[str, float]], spread: Mapping[str, int]) -> _Known:
    weights = {key: share / spread[key] for key, share in reversed(stems)}
    return _Known(row, weights, sum(weights.values()), len(stems))


def _stems(wording: str) -> Iterator[tuple[str, float]]:
    """The stems of the words that carry meaning, in order, each with its share: less for details after the thing."""
    share, count = 1.0, 0
    for word in _WORD.findall(wording):
        low = word.lower()
        if low in _DETAILS and count > 1:
            share = _DETAIL
        if low in _PLAIN:
            continue
        key, count = stem(word), count + 1
        yield key, share * (_LIGHT if key in _FAINT or word.isdecimal() else 1.0)


def _amounts(row: Row) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in (row.realised, row.target) if value)


class Rows:
    """All commitments of the facts, to be found in sentences. A word that many share weighs little."""

    def __init__(self, rows: Sequence[Row]) -> None:
        stems = [(row, list(_stems(row.wording))) for row in rows]
        spread = Counter(key for _row, found in stems for key in {key for key, _share in found})
        self._by_code = {row.code: row for row in rows}
        self._by_unit: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if row.unit and row.unit.lower() not in _EVERYDAY:
                self._by_unit[row.unit.lower()].append(row)
        self._by_amounts: dict[tuple[Decimal, ...], list[Row]] = defaultdict(list)
        for row in (row for row in rows if row.target and row.realised):
            self._by_amounts[_amounts(row)].append(row)
        self._units = re.compile(
            rf"[ ](?P<unit>{'|'.join(re.escape(unit) for unit in self._by_unit)})(?!\w)", re.IGNORECASE
        )
        self._labels = re.compile(
            rf"(?<!\w)(?P<unit>{'|'.join(re.escape(unit) for unit in self._by_unit)})[ ]?:", re.IGNORECASE
        )
        self._known = [_known(row, found, spread) for row, found in stems]
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_date: dict[dt.date, list[_Known]] = defaultdict(list)
        for known in self._known:
            for on in filter(None, {known.row.due_on, known.row.closed_on}):
                self._by_date[on].append(known)
        for number, known in enumerate(self._known):
            for key in known.weights:
                self._by_key[key].append(number)

    def regions(self, flat: str, sentence: Span) -> list[Region]:
        """Where a sentence speaks of commitments, in order; regions do not overlap."""
        words = [
            (stem(found[0]), Span(*found.span()))
            for found in _WORD.finditer(flat, sentence.start, sentence.end)
            if found[0].lower() not in _PLAIN
        ]
        found = [region for known in self._candidates(words) if (region := self._region(known, words))]
        found += self._coded(flat, sentence)
        return _apart(found or list(self._measured(flat, sentence)) or list(self._dated(flat, sentence, words)))

    def _dated(self, flat: str, sentence: Span, words: Sequence[tuple[str, Span]]) -> Iterator[Region]:
        """In a sentence that has too few words of any commitment: one of its words and a date that is its alone."""
        keys = {key for key, _span in words}
        for day in find_days(flat, sentence):
            known = self._by_date.get(day.on, []) if day.on else []
            if len(known) == 1 and not keys.isdisjoint(known[0].weights):
                yield Region(day.span, (known[0].row,), LEAST)

    def _measured(self, flat: str, sentence: Span) -> Iterator[Region]:
        """In a sentence that shares no words with a commitment: amounts that only one of them has."""
        numbers = find_numbers(flat, sentence)
        for number in numbers if self._by_unit else ():
            found = self._units.match(flat, number.span.end, sentence.end)
            rows = self._by_unit[found["unit"].lower()] if found else []
            rows = [row for row in rows if number.value in _amounts(row)]
            if len(rows) == 1:
                yield Region(number.span, (rows[0],), LEAST)
        for found in self._labels.finditer(flat, sentence.start, sentence.end) if self._by_unit else ():
            rows = self._by_unit[found["unit"].lower()]
            if len(rows) == 1:
                yield Region(Span(*found.span("unit")), (rows[0],), LEAST)
        for part, whole in zip(numbers, numbers[1:], strict=False):
            rows = self._by_amounts.get((part.value, whole.value), [])
            if len(rows) == 1 and is_part_of(flat, part, whole):
                yield Region(Span(part.span.start, whole.span.end), (rows[0],), LEAST)

    def _coded(self, flat: str, sentence: Span) -> list[Region]:
        return [
            Region(Span(*found.span()), (self._by_code[found[0]],), 2.0)
            for found in _CODE.finditer(flat, sentence.start, sentence.end)
            if found[0] in self._by_code
        ]

    def _candidates(self, words: Sequence[tuple[str, Span]]) -> list[_Known]:
        weights: dict[int, float] = defaultdict(float)
        for key in {key for key, _span in words}:
            for number in self._by_key.get(key, ()):
                weights[number] += self._known[number].weights[key]
        likely = [number for number, weight in weights.items() if weight >= LEAST * self._known[number].weight]
        likely.sort(key=lambda number: -weights[number])
        return [self._known[number] for number in likely[:_CANDIDATES]]

    def _region(self, known: _Known, words: Sequence[tuple[str, Span]]) -> Region | None:
        """The shortest stretch of about the wording's length that holds most of it; None when too little."""
        places = [place for place, (key, _span) in enumerate(words) if key in known.weights]
        reach, best = known.length + known.length // 2 + 3, (0.0, 0, 0)
        for first, start in enumerate(places):
            seen: set[str] = set()
            weight = 0.0
            for place in places[first:]:
                if place - start >= reach:
                    break
                if words[place][0] not in seen:
                    seen.add(words[place][0])
                    weight += known.weights[words[place][0]]
                    if (weight, start - place) > (best[0], best[1] - best[2]):
                        best = (weight, start, place)
        score = best[0] / known.weight if known.weight else 0.0
        enough = len(known.weights) == 1 or best[2] > best[1]
        if score < LEAST or not enough:
            return None
        return Region(Span(words[best[1]][1].start, words[best[2]][1].end), (known.row,), score)


def _apart(regions: Sequence[Region]) -> list[Region]:
    """The best regions that do not overlap; equally good ones on the same words become one with several rows."""
    taken: list[Region] = []
    for region in sorted(regions, key=lambda region: (-region.score, -len(region.span))):
        rival = next((one for one in taken if _overlap(one.span, region.span)), None)
        if rival is None:
            taken.append(region)
        elif rival.score - region.score < 0.05 and _same(rival.span, region.span):
            taken[taken.index(rival)] = Region(rival.span, (*rival.rows, *region.rows), rival.score)
    return sorted(taken, key=lambda region: region.span)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _same(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared * 10 >= max(len(one), len(other)) * 6


def taken_up(words: str, rows: Sequence[Row]) -> bool:
    """Whether a sentence that begins with these words goes on about a commitment: *Pertukaran itu ...*."""
    first = stem(words.split()[0]) if words.split() else ""
    return any(first == stem(word) for row in rows for word in _WORD.findall(row.wording)[:3])


def nearest_first(regions: Sequence[Region], place: int) -> list[Region]:
    """Regions as near as they stand to a place: the last one before it first, then those before, then those after."""
    before = [one for one in regions if one.span.start <= place]
    return [*reversed(before), *(one for one in regions if one.span.start > place)]
