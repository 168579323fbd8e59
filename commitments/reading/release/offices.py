"""Offices in a text: those of the directory by any of their names, and others by how offices are named."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commitments.reading.names import AgencyName
from commitments.reading.release.office_words import (
    BUSINESS,
    COMMON_HEADS,
    DIRECTIONS,
    DIS,
    ENDS,
    GENERIC,
    HEADS,
    INNER,
    NEVER_ALONE,
    NO_NAMES,
    PLACE_WORDS,
    POSTS,
    SHORT_PLACES,
)
from commitments.reading.release.passages import Page, Passage, Shape
from commitments.reading.release.words import ACTIVE
from commitments.reading.spans import Span

_TOKEN = re.compile(r"[^\W_][\w'.]*(?:[-/&][\w']+)*")
_ACRONYM = re.compile(r"\(([A-Za-z][A-Za-z0-9/ -]{1,24})\)")
_ONE = {
    "sudis": "sudin", "perlindungan": "pelindungan", "&": "dan", "kab": "kabupaten", "prov": "provinsi",
    "propinsi": "provinsi", "walikota": "wali", "kementrian": "kementerian",
}  # fmt: skip
_TWO = {
    ("suku", "dinas"): "sudin", ("pemerintah", "kota"): "pemkot", ("pemerintah", "kabupaten"): "pemkab",
    ("pemerintah", "provinsi"): "pemprov", ("pemerintah", "daerah"): "pemda", ("kantor", "wilayah"): "kanwil",
}  # fmt: skip
_ROMAN = re.compile(r"(?:I{1,3}|IV|V|VI{0,3}|[1-9])\Z")
_LONGEST, _BRACKET = 16, 28  # words of a name; characters of a short name in brackets


@dataclass(frozen=True, slots=True)
class Mention:
    """One office named once; ``name`` is the text's, or the directory's when ``code`` is known."""

    span: Span
    name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Token:
    """A word and where it stands."""

    word: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The word in small letters, without a full stop at its end."""
        return self.word.lower().rstrip(".")

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital or a digit."""
        return self.word[0].isupper() or self.word[0].isdigit()


def tokens(flat: str, span: Span) -> list[Token]:
    """Return the words of a span."""
    found = (match for match in _TOKEN.finditer(flat, span.start, span.end))
    return [Token(match[0].rstrip("."), match.start(), match.start() + len(match[0].rstrip("."))) for match in found]


class Directory:
    """Every name of every agency, by the words it consists of."""

    def __init__(self, agencies: Sequence[AgencyName]) -> None:
        self._names: dict[tuple[str, ...], AgencyName | None] = {}
        for agency in agencies:
            for name in (agency.name, agency.short_name, *agency.aliases):
                self._learn(name, agency)
        self._longest: dict[str, int] = {}  # words of the longest name, by its first word
        for key in self._names:
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def _learn(self, name: str, agency: AgencyName) -> None:
        key = tuple(word for word, _ in _folded(tokens(name, Span(0, len(name)))))
        if not key or (len(key) == 1 and len(key[0]) < 3):
            return
        known = self._names.get(key, agency)
        # A name that two agencies share says neither.
        self._names[key] = agency if known is not None and known.code == agency.code else None

    def match(self, folded: Sequence[tuple[str, Token]], at: int) -> tuple[AgencyName, int] | None:
        """Return the agency whose longest name begins at a word, and how many words it takes."""
        for count in range(min(self._longest.get(folded[at][0], 0), len(folded) - at), 0, -1):
            key = tuple(word for word, _ in folded[at : at + count])
            if agency := self._names.get(key):
                return agency, count
        return None

    def lookup(self, name: str) -> AgencyName | None:
        """Return the agency with exactly this name."""
        return self._names.get(tuple(word for word, _ in _folded(tokens(name, Span(0, len(name))))))


class Mentions:
    """The mentions of a text in order, to be asked for those in a place."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.all = tuple(mentions)
        self._starts = [mention.span.start for mention in mentions]

    def within(self, span: Span) -> tuple[Mention, ...]:
        """Return those that begin inside a span."""
        return self.all[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def outside(self, span: Span | None) -> "Mentions":
        """Return those that do not begin inside a span."""
        if span is None:
            return self
        return Mentions([mention for mention in self.all if not span.start <= mention.span.start < span.end])


def find_offices(page: Page, directory: Directory) -> Mentions:
    """Return every mention of an office in the text, in order, without those in the furniture."""
    mentions = list[Mention]()
    acronyms = dict[str, str]()
    for passage in page.passages:
        if passage.shape is not Shape.CHROME:
            mentions += _Reader(page, passage, directory, acronyms).read()
    return Mentions(mentions)


def _folded(words: Sequence[Token]) -> list[tuple[str, Token]]:
    """Return the words in one spelling: "Suku Dinas" is "sudin", "Perlindungan" is "pelindungan".

    "(Kota) Administrasi" inside a name says nothing that tells offices apart: it goes with the word before it.
    """
    folded, skip = list[tuple[str, Token]](), False
    for token, following in zip(words, [*words[1:], None], strict=False):
        if skip:
            skip = False
        elif folded and _is_silent(folded[-1][1], token, following):
            folded[-1] = (folded[-1][0], Token(folded[-1][1].word, folded[-1][1].start, token.end))
        elif following and (pair := _TWO.get((token.low, following.low))):
            folded.append((pair, Token(token.word, token.start, following.end)))
            skip = True
        else:
            folded.append((_ONE.get(token.low, token.low), token))
    return folded


def _is_silent(before: Token, token: Token, following: Token | None) -> bool:
    if not before.is_capital or before.low in ENDS or token.start - before.end > _BRACKET:
        return False
    is_city = token.low == "kota" and following is not None and following.low == "administrasi"
    return token.low == "administrasi" or (is_city and token.start == before.end + 1)


class _Reader:
    """Reads one passage from left to right."""

    def __init__(self, page: Page, passage: Passage, directory: Directory, acronyms: dict[str, str]) -> None:
        flat, span = page.flat, passage.span
        self.text, self.flat, self.directory, self.acronyms = page.text, flat, directory, acronyms
        self.is_title = passage.shape is Shape.TITLE  # in a headline every word has a capital
        words = tokens(flat, span)
        brackets = [
            Span(span.start + m.start(), span.start + m.end()) for m in _ACRONYM.finditer(flat[span.start : span.end])
        ]
        inside = {place for bracket in brackets for place in range(bracket.start, bracket.end)}
        self.words = [token for token in words if token.start not in inside]
        self.folded = _folded(self.words)
        self.brackets = {bracket.start: bracket for bracket in brackets}

    def read(self) -> Iterator[Mention]:
        """Yield the offices of the passage."""
        position = 0
        while position < len(self.folded):
            known = self.directory.match(self.folded, position)
            taken = 0 if self.is_title else self._name_at(position)
            if known and known[1] >= min(taken, _LONGEST):
                yield from self._known(position, *known)
                position += known[1]
            elif taken:
                yield from self._unknown(position, taken)
                position += taken
            else:
                position += 1

    def _known(self, position: int, agency: AgencyName, count: int) -> Iterator[Mention]:
        span = self._span(position, count)
        yield Mention(span, agency.short_name or agency.name, agency.code)

    def _unknown(self, position: int, count: int) -> Iterator[Mention]:
        span = self._span(position, count)
        name = _called(" ".join(self.flat[span.start : span.end].split()))
        if name.lower().startswith(GENERIC) or name.lower() in NO_NAMES:
            return
        agency = self.directory.lookup(name)
        for single in _units(name):
            found = self.directory.lookup(single) or agency
            yield Mention(span, (found.short_name or found.name) if found else single, found.code if found else None)

    def _span(self, position: int, count: int) -> Span:
        start, end = self.folded[position][1].start, self.folded[position + count - 1][1].end
        after = end + 1 if self.flat[end : end + 1] == " " else end
        if bracket := self.brackets.get(after):
            short = self.flat[bracket.start + 1 : bracket.end - 1]
            if short.upper() == short or any(letter.isupper() for letter in short[1:]) or short.lower() in HEADS:
                self.acronyms.setdefault(short, self.flat[start:end])
                end = bracket.end
        return Span(start, end)

    def _name_at(self, position: int) -> int:
        """Return how many words the name of an office that begins here has, 0 when none does."""
        low, token = self.folded[position]
        if not token.is_capital or not self._opens(low, token, position):
            return 0
        count = 1
        while position + count < len(self.folded) and count < _LONGEST:
            if not (step := self._goes_on(position, count)):
                break
            count += step
        return 0 if count == 1 and low in NEVER_ALONE else count

    def _opens(self, low: str, token: Token, position: int) -> bool:
        if token.word in self.acronyms or low in DIS:
            return True
        if low in HEADS:
            following = self.folded[position + 1][1] if position + 1 < len(self.folded) else None
            if low == "kantor" and following and (following.low in HEADS or following.low in POSTS):
                return False
            return low not in COMMON_HEADS or bool(
                following and self._adjacent(token, following) and following.is_capital
            )
        return low.startswith("kemen") and len(low) > 6 and not low.startswith(("kemena", "kement"))

    def _goes_on(self, position: int, count: int) -> int:
        """Return how many further words belong to the name: 1, 2 (a linking word and its noun) or 0."""
        before, (low, token) = self.folded[position + count - 1][1], self.folded[position + count]
        gap = self.flat[before.end : token.start]
        if before.low in SHORT_PLACES and low not in DIRECTIONS:
            return 0
        if low in INNER and (gap.isspace() or (gap.strip() == "," and low in ("dan", "serta"))):
            return self._links(position, count)
        if not token.is_capital or (low in ENDS and not self._is_business(position + count)):
            return 0
        if low in POSTS or (token.word.isupper() and ACTIVE.fullmatch(low)):
            return 0
        if gap.strip() == ",":
            return self._after_comma(position, count)
        if not self._adjacent(before, token):
            return 0
        return 0 if self._is_new_office(position + count) else 1

    def _is_business(self, position: int) -> bool:
        """Whether a word that ends other names belongs to this one: "Penataan Ruang", "Dalam Negeri"."""
        low, before = self.folded[position][0], self.folded[position - 1][0]
        following = self.folded[position + 1][0] if position + 1 < len(self.folded) else ""
        return (low == "ruang" and before in ("penataan", "tata")) or (low == "dalam" and following == "negeri")

    def _adjacent(self, before: Token, token: Token) -> bool:
        gap = self.flat[before.end : token.start]
        if any(bar in self.text[before.end : token.start] for bar in "\t|"):
            return False
        return gap.isspace() or (gap.startswith(" (") and gap.rstrip().endswith(")")) or gap.strip() in ("-", "/", "&")

    def _is_new_office(self, position: int) -> bool:
        low, token = self.folded[position]
        return (
            low in HEADS and low not in PLACE_WORDS and low not in BUSINESS and low not in COMMON_HEADS
        ) or token.word in self.acronyms

    def _links(self, position: int, count: int) -> int:
        """Return 2 when "dan" (or the like) and the word after it go on with the name."""
        if position + count + 1 >= len(self.folded):
            return 0
        link, (low, token) = self.folded[position + count], self.folded[position + count + 1]
        is_space = low == "ruang" or low not in ENDS  # "Penataan Ruang"
        if not token.is_capital or low in POSTS or not is_space or low in HEADS or low in DIS:
            return 0
        if not self.flat[link[1].end : token.start].isspace():
            return 0
        if link[0] in ("dan", "serta"):
            previous = self.folded[position + count - 1][1].word
            return 2 if low in BUSINESS or (_ROMAN.match(token.word) and _ROMAN.match(previous)) else 0
        return 2 if link[0] in ("bidang", "jenderal", "urusan", "kelas", "tipe", "untuk") else 0

    def _after_comma(self, position: int, count: int) -> int:
        """Return 1 when a comma only divides the business of one office, as its "dan" further on shows."""
        low = self.folded[position + count][0]
        return 1 if low in BUSINESS and self._has_and(position + count) else 0

    def _has_and(self, position: int) -> bool:
        ahead = [low for low, _ in self.folded[position + 1 : position + 9]]
        stop = next((n for n, low in enumerate(ahead) if low in HEADS), len(ahead))
        for number, low in enumerate(ahead[:stop]):
            if low in ("dan", "serta") and number + 1 < len(ahead):
                return ahead[number + 1] in BUSINESS
        return False


def _called(name: str) -> str:
    """Return ``BP3MI Jakarta`` for ``Balai ... Indonesia (BP3MI) Jakarta``, where the short name can stand alone."""
    found = _ACRONYM.search(name)
    if found is None or found[1].split()[0].lower() not in HEADS:
        return name
    return f"{found[1]}{name[found.end() :]}"


def _units(name: str) -> Iterator[str]:
    """Yield ``X Wilayah I`` and ``X Wilayah II`` for ``X Wilayah I dan II``, any other name as it is."""
    words = name.split()
    numbers = [number for number, word in enumerate(words) if _ROMAN.match(word.rstrip(","))]
    if len(numbers) >= 2 and all(
        word in ("dan", "serta") for word in words[numbers[0] + 1 : numbers[-1]] if not _ROMAN.match(word.rstrip(","))
    ):
        before, after = words[: numbers[0]], words[numbers[-1] + 1 :]
        yield from (" ".join((*before, words[number].rstrip(","), *after)) for number in numbers)
    else:
        yield name
