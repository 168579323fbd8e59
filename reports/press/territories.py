"""Places of two words that go on otherwise than in the record: *Tanjung Laut* where all is about *Tanjung Rimba*."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from commitments.reading.release.office_words import ENDS, HEADS, PLACE_WORDS, POSTS
from commitments.reading.spans import Span
from reports.press.facts import Office, PressFacts
from reports.press.findings import Answer, no_data
from reports.press.posts import folded

_CAPITAL = r"[A-Z][a-z'-]+"
_WORD = re.compile(r"[^\W_][\w'-]*")
_NO_PLACE = HEADS | POSTS | PLACE_WORDS | ENDS | {"kota", "kabupaten", "provinsi", "administrasi"}


class Record:
    """Every word the facts hold, and every two words that stand beside each other there."""

    def __init__(self, facts: PressFacts) -> None:
        self._words, self._pairs = set[str](), set[tuple[str, str]]()
        for line in _lines(facts):
            words = _WORD.findall(folded(line))
            self._words.update(words)
            self._pairs.update(pairwise(words))

    def has(self, words: str) -> bool:
        """Whether a word, or two beside each other, stand there."""
        one, *more = _WORD.findall(folded(words)) or [""]
        return (one, more[0]) in self._pairs if more else one in self._words


class Territories:
    """The places the recorded names end with, seen in a text by their first word."""

    def __init__(self, facts: PressFacts, record: Record) -> None:
        offices = (*facts.offices, facts.issuer)
        self._places = {place.split()[0]: place for place in sorted(_places(offices, facts.city))}
        self._record = record
        self._rule = re.compile(
            rf"(?<![\w-])(?P<before>{_CAPITAL}[ ])?(?P<first>{'|'.join(map(re.escape, self._places)) or '(?!)'})"
            rf"[ ](?P<second>{_CAPITAL})(?![\w-])"
        )

    def find(self, flat: str, sentence: Span, closed: Sequence[int]) -> Iterator[tuple[Span, Answer]]:
        """Places that begin as a recorded one and go on otherwise. ``closed``: where names end that end for sure."""
        for found in self._rule.finditer(flat, sentence.start, sentence.end):
            pair = f"{found['first']} {found['second']}"
            is_behind = f"{found['before'] or ''}{found['first']}" in self._places.values()  # "Nusa Teluk Siapkan"
            if found.end("first") in closed:
                continue  # "BP3MI Jakarta Rapatkan Barisan"
            if not is_behind and found["second"].casefold() not in _NO_PLACE and not self._record.has(pair):
                place = Span(found.start("first"), found.end("second"))
                yield place, no_data(_("nama tempat ini berlanjut lain dari catatan"), self._places[found["first"]])


def _lines(facts: PressFacts) -> Iterator[str]:
    for office in (*facts.offices, facts.issuer):
        yield from (office.name, office.short_name, *office.aliases)
    for row in facts.rows:
        yield from (row.wording, row.unit)
    for quote in facts.quotes:
        yield from (quote.speaker, quote.words)
    for occasion in facts.occasions:
        yield from (occasion.place, occasion.kind)
    yield from (one.words for one in facts.people)
    yield from (facts.pact.kind, facts.pact.title) if facts.pact else ()
    yield facts.city


def _places(offices: Sequence[Office], city: str) -> Iterator[str]:
    """The last two words of the city, and those that the names of two offices share."""
    ends = [one.name.split()[-2:] for one in offices if len(one.name.split()) > 2]
    shared = [words for words in ends if ends.count(words) > 1]
    for words in (city.split()[-2:], *shared):
        is_place = len(words) == 2 and all(re.fullmatch(_CAPITAL, word) for word in words)
        if is_place and words[0].casefold() not in _NO_PLACE and words[1] != "Indonesia":
            yield " ".join(words)
