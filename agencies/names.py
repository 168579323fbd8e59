"""The registry of agency names: a snapshot of every name, and the agencies nearest to a typed one."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process

from agencies.models import Agency

MOST_LETTERS = 80  # of a typed name that are compared


@dataclasses.dataclass(frozen=True)
class AgencyEntry:
    """How one agency may be called; former names count too."""

    pk: int
    code: str
    name: str
    short_name: str
    aliases: tuple[str, ...] = ()

    def called(self) -> Iterator[str]:
        """Every name, the code first."""
        yield from (self.code, self.short_name, self.name, *self.aliases)


def snapshot(agencies: Iterable[Agency] | None = None) -> list[AgencyEntry]:
    """Load the names of the given agencies (default: all active ones); two queries."""
    rows = Agency.objects.active().prefetch_related("aliases").order_by("code") if agencies is None else agencies
    return [
        AgencyEntry(
            agency.pk, agency.code, agency.name, agency.short_name, tuple(alias.name for alias in agency.aliases.all())
        )
        for agency in rows
    ]


def nearest(text: str, entries: Sequence[AgencyEntry], n: int = 3) -> list[AgencyEntry]:
    """Return at most ``n`` agencies whose names look most like ``text``, the nearest first; [] for no text."""
    word = text.strip().removeprefix("@").casefold()[:MOST_LETTERS]
    if not word:
        return []
    names = [(name.casefold(), entry) for entry in entries for name in entry.called()]
    scores = process.extract(word, [name for name, _entry in names], scorer=fuzz.WRatio, limit=len(names))
    ranked = sorted((-score, names[index][1].code, index) for _name, score, index in scores)
    found: dict[str, AgencyEntry] = {}
    for _score, code, index in ranked:
        found.setdefault(code, names[index][1])
        if len(found) == n:
            break
    return list(found.values())


def called_exactly(text: str, entries: Sequence[AgencyEntry]) -> AgencyEntry | None:
    """The one agency that bears this name, whatever its capitals and blanks; None when none or several do."""
    word = folded(text.strip().removeprefix("@"))
    found = {entry.pk: entry for entry in entries if any(folded(name) == word for name in entry.called())}
    return next(iter(found.values())) if len(found) == 1 else None


def folded(text: str) -> str:
    """A name as it is compared: small letters, single blanks."""
    return " ".join(text.casefold().split())
