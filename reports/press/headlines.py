"""Offices in a headline that no record has. Every word has a capital there, so only what opens a name can tell."""

import re
from collections.abc import Iterator, Sequence

from commitments.reading.release.office_words import COMMON_HEADS, DIS, HEADS, PLACE_WORDS, SHORT_PLACES
from commitments.reading.release.offices import Mention
from commitments.reading.release.words import word_set
from commitments.reading.spans import Span
from reports.press.facts import PressFacts
from reports.press.record import EVERYDAY, Record

_VERBS = word_set(
    """
    gandeng gelar siap dorong bahas sepakati teken terima dukung percepat perkuat bentuk buka ajak jalin hadiri pimpin
    tinjau lindungi cegah latih beri bantu kawal jaga komit bersama kunjungi sambut dampingi mulai ikut apresiasi sasar
    """
)
_WORD = re.compile(r"[^\W_][\w'-]*")
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9]{2,9}\Z")
_MINISTRY = re.compile(
    r"(?:Kemen(?!teri|angan)[a-z0-9A-Z]{2,}|Kem(?:naker|lu|han|kes|dag|dikbud|kominfo|kumham|sos))\Z"
)
_OPENS = (HEADS - COMMON_HEADS - PLACE_WORDS) | DIS


class Headlines:
    """The words of the record, against which the names in a headline are held."""

    def __init__(self, facts: PressFacts, record: Record) -> None:
        self._record = record
        names = [name for one in (*facts.offices, facts.issuer) for name in (one.name, one.short_name)]
        self._heads = {name.split()[0].casefold() for name in names if len(name.split()) > 1} - PLACE_WORDS

    def find(self, flat: str, sentence: Span, taken: Sequence[Span]) -> Iterator[Mention]:
        """Names of offices outside ``taken`` that begin like one and stand nowhere in the record."""
        words = list(_WORD.finditer(flat, sentence.start, sentence.end))
        is_shouted = sentence.of(flat).isupper()
        for place, word in enumerate(words):
            span = Span(*word.span())
            if any(one.start <= span.start < one.end for one in taken):
                continue
            if place + 1 < len(words) and self._opens(word[0], words[place + 1][0]):
                span = Span(word.start(), words[place + 1].end())
                if not self._record.has(span.of(flat)):
                    yield Mention(span, span.of(flat), None)
            elif not is_shouted and self._is_unknown(word[0]):
                yield Mention(span, word[0], None)

    def _opens(self, word: str, following: str) -> bool:
        """Whether a word opens a name and no verb follows; behind an abbreviation only a known region is sure."""
        low = word.casefold()
        if low in COMMON_HEADS - PLACE_WORDS and _ABBREVIATION.match(following) and self._record.has(following):
            return True  # "Balai POM", where the record has a "Loka POM"
        is_sure = not _ABBREVIATION.match(word) or following.casefold() in SHORT_PLACES
        is_name = following[0].isupper() and following.casefold() not in _VERBS and not following.endswith("kan")
        return word[0].isupper() and (low in _OPENS or low in self._heads) and is_name and is_sure

    def _is_unknown(self, word: str) -> bool:
        """Whether an abbreviation (*UBM*, *Disbun*, *Kemenkumham*) stands nowhere in the record."""
        low = word.casefold()
        is_short = _ABBREVIATION.match(word) is not None or low in DIS or _MINISTRY.match(word) is not None
        is_plain = low in EVERYDAY
        return is_short and word[0].isupper() and not is_plain and not self._record.has(low)
