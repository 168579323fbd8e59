"""Written-out names in a sentence: "Sudin Sosial dan Bagian Perekonomian akan ...".

What is found here is only ever *offered*: the same words may name whoever receives, and two agencies may be
called alike. Spelling is made even on both sides ("Suku Dinas" = "Sudin", "Wilayah I" = "Wilayah 1"), so
that short, full and half-written names are found by the same comparison.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from commitments.reading.names import AgencyName

_WORD = re.compile(r"\w+")
_PAIRS = {
    ("suku", "dinas"): "sudin",
    ("pemerintah", "kota"): "pemkot",
    ("pemerintah", "kabupaten"): "pemkab",
    ("pemerintah", "provinsi"): "pemprov",
    ("kantor", "wilayah"): "kanwil",
}
_SPELLINGS = {
    "bag": "bagian", "adm": "administrasi", "wil": "wilayah", "kec": "kecamatan", "kel": "kelurahan",
    "perlindungan": "pelindungan", "kementrian": "kementerian", "kab": "kabupaten", "prov": "provinsi",
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6",
}  # fmt: skip
_SILENT = frozenset({"dan", "serta", "administrasi"})
_REGIONS = frozenset({"kota", "kabupaten", "provinsi", "daerah"})
_SHORTEST_CODE = 4  # letters; shorter codes without a digit are too often ordinary words


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: whose it may be, where it stands, and the words around it (lower case)."""

    codes: tuple[str, ...]
    start: int
    end: int
    before: str = ""
    after: str = ""
    is_joined: bool = False  # to the mention before it, as in "Sudin A dan Sudin B"


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


class NameSpotter:
    """Every name of the directory as a row of even words, found by its first word, longest first."""

    def __init__(self, agencies: Sequence[AgencyName]) -> None:
        self._owners: dict[tuple[str, ...], list[str]] = {}
        for agency in agencies:
            for name in (agency.name, agency.short_name, *agency.aliases):
                self._learn(_spelling(name), agency.code)
                self._learn(_without_region(_spelling(name)), agency.code)
        official = {word for agency in agencies for word in _spelling(agency.name)}
        for agency in agencies:
            for word in _abbreviations(agency, official):
                self._learn((word,), agency.code)
        self._by_head: dict[str, list[tuple[str, ...]]] = {}
        for spelling in sorted(self._owners, key=len, reverse=True):
            self._by_head.setdefault(spelling[0], []).append(spelling)

    def mentions(self, text: str) -> list[Mention]:
        """Return the names in ``text`` in its order; "Wilayah I dan II" names two agencies."""
        words = [*_words(text)]
        found: list[Mention] = []
        position = last = 0
        while position < len(words):
            name = self._name_at(words, position)
            if name is None:
                position += 1
                continue
            end = position + len(name)
            is_joined = bool(found) and position == last
            found.append(self._mention(words, position, end, name, is_joined=is_joined))
            while (
                end < len(words) and (sibling := (*name[:-1], words[end].text)) in self._owners and name[-1].isdigit()
            ):
                found.append(self._mention(words, end, end + 1, sibling, is_joined=True))
                end += 1
            position = last = end
        return found

    def _learn(self, name: tuple[str, ...], code: str) -> None:
        codes = self._owners.setdefault(name, []) if name else []
        if code not in codes:
            codes.append(code)

    def _name_at(self, words: list[_Word], position: int) -> tuple[str, ...] | None:
        for name in self._by_head.get(words[position].text, ()):
            if name == tuple(word.text for word in words[position : position + len(name)]):
                return name
        return None

    def _mention(self, words: list[_Word], start: int, end: int, name: tuple[str, ...], *, is_joined: bool) -> Mention:
        before = words[start - 1].text if start else ""
        after = words[end].text if end < len(words) else ""
        codes = tuple(self._owners[name])
        return Mention(codes, words[start].start, words[end - 1].end, before, after, is_joined)


@lru_cache(maxsize=8)
def spotter_of(agencies: tuple[AgencyName, ...]) -> NameSpotter:
    """The spotter of a directory, kept: a page reads with the same names again and again."""
    return NameSpotter(agencies)


def _words(text: str) -> Iterator[_Word]:
    """Yield the words of a text in even spelling; small words inside names are passed over."""
    waiting: _Word | None = None
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if waiting is not None and (pair := _PAIRS.get((waiting.text, word))):
            yield _Word(pair, waiting.start, match.end())
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        even = _SPELLINGS.get(word, word)
        waiting = None if even in _SILENT else _Word(even, match.start(), match.end())
    if waiting is not None:
        yield waiting


def _spelling(name: str) -> tuple[str, ...]:
    return tuple(word.text for word in _words(name))


def _without_region(name: tuple[str, ...]) -> tuple[str, ...]:
    """``dinas sosial kota contoh`` -> ``dinas sosial``; nothing when too little would be left."""
    cut = next((place for place, word in enumerate(name) if word in _REGIONS), len(name))
    return name[:cut] if 2 <= cut < len(name) else ()


def _abbreviations(agency: AgencyName, official: set[str]) -> Iterator[str]:
    """Yield the words that stand for an agency alone: BP3MI, Nakertrans, or its code."""
    yield from (word for word in _spelling(agency.short_name) if len(word) > 3 and word not in official)
    code = agency.code.casefold()
    if (len(code) >= _SHORTEST_CODE or any(letter.isdigit() for letter in code)) and code not in official:
        yield from (word for word in _spelling(code) if word == code)
