"""From the short code that is typed to the agency that is meant; never a silent guess.

A code, or a name or alias written as one word, finds its agency when exactly one has it. Anything
else is answered with the nearest ones, for the writer to choose from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from commitments.reading.remarks import Remark, error

_NEAREST = 3
_LONGEST = 40  # characters of a typed code that are compared and repeated
_SEARCHES = 100  # per reading: a pasted novel full of @ must not become a search of everything for everything


@dataclass(frozen=True, slots=True)
class AgencyName:
    """How one agency may be called: its code, its names and the names it is known by."""

    code: str
    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The code with the name people use, as in ``@naker (Sudin Nakertrans)``."""
        return f"@{self.code} ({self.short_name or self.name})"


def squeezed(name: str) -> str:
    """Return ``name`` as one lower-case word without punctuation."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


class AgencyFinder:
    """The agencies of one reading, indexed by every name they have."""

    def __init__(self, agencies: Sequence[AgencyName]) -> None:
        self.agencies = tuple(agencies)
        self._by_code = {agency.code.casefold(): agency for agency in agencies}
        self._by_name: dict[str, dict[str, AgencyName]] = {}
        for agency in agencies:
            for name in (agency.short_name, agency.name, *agency.aliases):
                self._by_name.setdefault(squeezed(name), {})[agency.code] = agency
        self._labels = [(label, agency) for agency in agencies for label in _labels(agency)]
        self._searches_left = _SEARCHES

    def find(self, typed: str) -> AgencyName | Remark:
        """Return the one agency called ``typed`` (without ``@``), or the error that names the nearest."""
        if agency := self._by_code.get(typed.casefold()):
            return agency
        namesakes = [*self._by_name.get(squeezed(typed), {}).values()]
        if len(namesakes) == 1:
            return namesakes[0]
        said = f"@{typed[:_LONGEST]}"
        if namesakes:
            return _with_choices(error("agency_ambiguous", typed=said, others=_listed(namesakes)), namesakes)
        nearest = self._nearest(squeezed(typed)[:_LONGEST])
        if not nearest:
            return error("agency_unknown_alone", typed=said)
        if len(nearest) == 1:
            return _with_choices(error("agency_unknown", typed=said, nearest=nearest[0].said), nearest)
        others = _listed(nearest[1:])
        return _with_choices(error("agency_unknown_more", typed=said, nearest=nearest[0].said, others=others), nearest)

    def _nearest(self, word: str) -> list[AgencyName]:
        """Return the agencies with the smallest edit distance over all their names, nearest first."""
        if self._searches_left <= 0:
            return []
        self._searches_left -= 1
        scores = process.extract(
            word, [label for label, _ in self._labels], scorer=Levenshtein.normalized_similarity, limit=60
        )
        ranked = sorted((-score, self._labels[index][1].code, index) for _, score, index in scores)
        found = {self._labels[index][1].code: self._labels[index][1] for _, _, index in ranked}
        return [*found.values()][:_NEAREST]


def _labels(agency: AgencyName) -> Iterator[str]:
    yield squeezed(agency.code)
    for name in (agency.short_name, agency.name, *agency.aliases):
        yield squeezed(name)
        yield from (squeezed(word) for word in name.split() if len(word) >= 4)


def _listed(agencies: Sequence[AgencyName]) -> str:
    return ", ".join(agency.said for agency in agencies)


def _with_choices(remark: Remark, agencies: Sequence[AgencyName]) -> Remark:
    return remark.offering(*(agency.code for agency in agencies))
