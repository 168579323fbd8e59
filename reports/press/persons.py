"""Names of people without a post beside them: *Kartika Dewanti dan Uus Setiabudi sepakat*."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.reading.spans import Span
from reports.press.findings import Answer, no_data, verified
from reports.press.posts import Official

_NAME_WORD = re.compile(r"[A-Z][a-z'-]+")
_MOST = 5  # words of a name


class Persons:
    """The recorded names, seen in a text by their first word."""

    def __init__(self, known: Sequence[Official]) -> None:
        named = [(one, _NAME_WORD.findall(one.words.partition(",")[2])) for one in known if len(one.name) > 1]
        written = [(one, [word for word in words if word.casefold() in one.name]) for one, words in named]
        self._known = [(one, words) for one, words in written if len(words) > 1]
        first = "|".join(sorted({re.escape(words[0]) for _one, words in self._known})) or r"(?!)"
        self._rule = re.compile(rf"(?<![\w-])(?:{first})(?:[ ][A-Z][a-z'-]+){{1,{_MOST - 1}}}(?![\w-])")

    def find(self, flat: str, sentence: Span, taken: Sequence[Span]) -> Iterator[tuple[Span, Answer]]:
        """Names outside ``taken`` that begin as a recorded one, and whether they go on like it."""
        for found in self._rule.finditer(flat, sentence.start, sentence.end):
            place = Span(*found.span())
            if not any(one.start < place.end and place.start < one.end for one in taken):
                yield place, self._judge(found[0].split())

    def _judge(self, said: Sequence[str]) -> Answer:
        alike = [(one, words) for one, words in self._known if words[0] == said[0]]
        for one, words in alike:
            if words[: len(said)] == list(said[: len(words)]):
                return verified(_("nama sesuai catatan"), one.source)
        return no_data(_("nama ini tidak tercatat"), alike[0][0].words, alike[0][0].source)
