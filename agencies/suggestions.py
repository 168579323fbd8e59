"""What may be meant while a name is being typed after ``@`` or ``#``: those in the room first, eight at most."""

import re
from collections.abc import Collection, Iterable, Sequence

from agencies.models import Clause
from agencies.names import AgencyEntry, folded, nearest

SHOWN = 8
_WORDS = re.compile(r"[\W_]+")


def agencies_like(text: str, entries: Sequence[AgencyEntry], *, here: Collection[str]) -> list[AgencyEntry]:
    """The agencies whose code or names begin (else: go on) like ``text``; ``here`` are the codes of those present.

    When nothing begins so, the nearest by spelling; without text those present, then the others.
    """
    word = folded(text.strip().removeprefix("@"))
    graded = [(grade, entry) for entry in entries if (grade := _grade(word, entry)) is not None]
    ordered = sorted(graded, key=lambda pair: (pair[1].code not in here, pair[0], pair[1].code))
    return [entry for _grade_, entry in ordered[:SHOWN]] or nearest(text, entries)


def clauses_like(text: str, clauses: Iterable[Clause]) -> list[Clause]:
    """The scope items whose number begins like ``text``, or whose words hold it, in the order of the agreement."""
    word = folded(text.strip().removeprefix("#"))
    rows = list(clauses)
    by_number = [clause for clause in rows if clause.number.casefold().startswith(word)]
    by_words = [clause for clause in rows if clause not in by_number and word in folded(clause.text)]
    return [*by_number, *by_words][:SHOWN]


def _grade(word: str, entry: AgencyEntry) -> int | None:
    """How well an agency fits: 0 by its code, 1 by the beginning of a word of a name, 2 by any part of a name."""
    if folded(entry.code).startswith(word):
        return 0
    names = [folded(name) for name in entry.called()]
    squeezed = _WORDS.sub("", word)
    if any(f" {name}".find(f" {word}") >= 0 or _WORDS.sub("", name).startswith(squeezed) for name in names):
        return 1
    return 2 if any(word in name for name in names) else None
