"""Names that look like those of the record and are not in it: *BPSDM Wanasari*, *Paguyuban Perangkat Desa*."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.reading.release.office_words import ENDS, HEADS, PLACE_WORDS, POSTS
from commitments.reading.release.offices import Directory, Mention
from commitments.reading.release.words import word_set
from commitments.reading.spans import Span
from reports.press.facts import Office, PressFacts
from reports.press.findings import Answer, no_data
from reports.press.posts import folded

_CAPITAL = r"[A-Z][A-Za-z'-]*"
_BRACKETS = re.compile(r"\((?P<name>[A-Z][\w .&'-]{2,80})\)")
_TAIL = re.compile(
    rf"[ ](?:(?:Kabupaten|Kota|Kab\.|Provinsi|Administrasi|Cabang|Daerah)[ ]){{0,2}}(?P<place>{_CAPITAL})"
)
_SMALL = word_set("dan di ke dari untuk dengan pada bagi serta atau yang oleh dalam per demi agar jadi antara tentang")


class Strangers:
    """The words by which a name of another office is seen: first words and places of the recorded names."""

    def __init__(self, facts: PressFacts, directory: Directory) -> None:
        self._directory = directory
        offices = (*facts.offices, facts.issuer)
        names = [name for one in offices for name in (one.name, one.short_name, *one.aliases) if name]
        self._names = {one.code: _words_of(one) for one in offices}
        self._ends = {
            one.code: {folded(name).split()[-1] for name in (one.name, one.short_name) if name} for one in offices
        }
        self._short = {one.code: one.short_name or one.name for one in offices}
        self._people = {word.strip(".,").casefold() for person in facts.people for word in person.words.split()}
        places = {word for word in _places(offices, facts.city) if word.casefold() not in HEADS | POSTS}
        heads = {name.split()[0] for name in names if len(name.split()) > 1}
        heads = {head for head in heads if len(head) > 4 and head[1:].islower() and head.casefold() not in PLACE_WORDS}
        self._rule = re.compile(
            rf"(?<![\w-])(?P<name>(?:[A-Z][A-Z0-9]{{2,9}}(?=[ ](?:{_any(places)})(?!\w))|(?:{_any(heads)})(?=[ ][A-Z]))"
            rf"(?:[ ]{_CAPITAL}){{1,6}})"
        )

    def find(self, flat: str, sentence: Span, taken: Sequence[Span]) -> Iterator[Mention]:
        """Names of offices that no reader saw, outside ``taken``: alone in brackets, or like the recorded names."""
        closed = list(taken)
        for rule in (_BRACKETS, self._rule):
            for found in rule.finditer(flat, sentence.start, sentence.end):
                place = Span(*found.span("name"))
                agency = self._directory.lookup(found["name"])
                is_name = agency or rule is self._rule or found["name"].split()[0].casefold() in HEADS
                if is_name and not any(one.start < place.end and place.start < one.end for one in closed):
                    closed.append(place)
                    yield Mention(place, found["name"], agency.code if agency else None)

    def other_place(self, code: str, span: Span, flat: str, sentence: Span) -> Answer | None:
        """A recorded office called by a short name and then given a place that its names do not have."""
        known = self._names.get(code)
        found = _TAIL.match(flat, span.end, sentence.end)
        if known is None or found is None or is_headline(sentence.of(flat)):
            return None
        written, place = set(folded(span.of(flat)).split()), found["place"].casefold()
        is_short = not self._ends[code] & written
        is_other = place in known or place in self._people or place in HEADS | POSTS | ENDS | PLACE_WORDS
        if is_other or not is_short or found["place"].isupper():
            return None
        return no_data(_("nama instansi ini berlanjut lain dari catatan"), self._short[code], "")


def _words_of(office: Office) -> set[str]:
    return {word for name in (office.name, office.short_name, *office.aliases) for word in folded(name).split()}


def _places(offices: Sequence[Office], city: str) -> Iterator[str]:
    """Words of the city, and the last words that two offices share."""
    yield from (word for word in city.split() if word not in ("Kota", "Kabupaten"))
    last = [name.split()[-1] for one in offices if len((name := one.short_name or one.name).split()) > 1]
    yield from (word for word in last if last.count(word) > 1 and word[0].isupper())


def _any(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def is_headline(words: str) -> bool:
    """Whether every word but the small ones has a capital, so that a capital tells nothing; a full stop ends prose."""
    if words.rstrip().endswith((".", ":")) or ", " in words:
        return False
    return all(word[0].isupper() or word in _SMALL for word in re.findall(r"[^\W\d_][\w'-]*", words[:400]))
