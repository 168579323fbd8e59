"""The words of the record, against which a name is held that no directory has."""

import re
from collections.abc import Iterator
from itertools import pairwise

from reports.press.facts import PressFacts
from reports.press.posts import folded

_WORD = re.compile(r"[^\W_][\w'-]*")


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
