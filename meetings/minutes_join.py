"""Two people wrote the same agenda: what they did in different places is joined.

Pure: three lists of rows are compared by what they say. ``base`` is what both began with, so that what only one
of them changed, added or removed is known.
"""

import dataclasses
from collections.abc import Sequence
from difflib import SequenceMatcher


@dataclasses.dataclass(frozen=True)
class Hunk:
    """A stretch of the base, from ``start`` to ``end``, and the rows that stand there now."""

    start: int
    end: int
    rows: tuple[str, ...]


def joined(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """The rows with the changes of both, or None where both changed the same stretch differently.

    Rows added by both at one place stand one after the other, theirs first.
    """
    own, others = _hunks(base, mine), _hunks(base, theirs)
    if any(_collide(one, other) for one in own for other in others):
        return None
    changes = sorted({*others, *own}, key=lambda hunk: (hunk.start, hunk.end, hunk in own))
    found: list[str] = []
    place = 0
    for hunk in changes:
        found += [*base[place : hunk.start], *hunk.rows]
        place = hunk.end
    return [*found, *base[place:]]


def _hunks(base: Sequence[str], now: Sequence[str]) -> list[Hunk]:
    steps = SequenceMatcher(None, base, now, autojunk=False).get_opcodes()
    return [Hunk(a, b, tuple(now[c:d])) for tag, a, b, c, d in steps if tag != "equal"]


def _collide(one: Hunk, other: Hunk) -> bool:
    """Whether two changes touch the same rows of the base; the same change made twice does not."""
    if one == other:
        return False
    if one.start == one.end and other.start == other.end:
        return False
    if one.start == one.end or other.start == other.end:
        added, changed = (one, other) if one.start == one.end else (other, one)
        return changed.start < added.start < changed.end
    return max(one.start, other.start) < min(one.end, other.end)
