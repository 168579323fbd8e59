"""Places of two words that go on otherwise than in the record: *Tanjung Laut* where all is about *Tanjung Rimba*."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.reading.release.office_words import ENDS, HEADS, PLACE_WORDS, POSTS
from commitments.reading.spans import Span
from reports.press.facts import Office, PressFacts
from reports.press.findings import Answer, no_data
from reports.press.record import Record

_CAPITAL = r"[A-Z][a-z'-]+"
_NO_PLACE = HEADS | POSTS | PLACE_WORDS | ENDS | {"kota", "kabupaten", "provinsi", "administrasi"}


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


def _places(offices: Sequence[Office], city: str) -> Iterator[str]:
    """The last two words of the city, and those that the names of two offices share."""
    ends = [one.name.split()[-2:] for one in offices if len(one.name.split()) > 2]
    shared = [words for words in ends if ends.count(words) > 1]
    for words in (city.split()[-2:], *shared):
        is_place = len(words) == 2 and all(re.fullmatch(_CAPITAL, word) for word in words)
        if is_place and words[0].casefold() not in _NO_PLACE and words[1] != "Indonesia":
            yield " ".join(words)
