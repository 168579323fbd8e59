"""Which commitments stand under which scope item: the one place that tells it, for pages and for reports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from agencies.models import Clause

Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Under(Generic[Key]):
    """What stands under one scope item: linked to it (``own``), and with its sub-items (``whole``), each once."""

    clause: Clause
    own: frozenset[Key]
    whole: frozenset[Key]

    @property
    def count(self) -> int:
        """How many are linked to the item itself."""
        return len(self.own)

    @property
    def below(self) -> int:
        """How many more stand under its sub-items."""
        return len(self.whole) - len(self.own)

    @property
    def has_any(self) -> bool:
        """Whether anything was promised here or below."""
        return bool(self.whole)


def under(clauses: Sequence[Clause], linked: Iterable[tuple[int, Key]]) -> dict[int, Under[Key]]:
    """Tell every scope item (by primary key, in the order given) from its links: (scope item, commitment)."""
    own: dict[int, set[Key]] = defaultdict(set)
    for clause, commitment in linked:
        own[clause].add(commitment)
    below = children(clauses)
    whole: dict[int, frozenset[Key]] = {}

    def gather(clause: Clause) -> frozenset[Key]:
        whole[clause.pk] = frozenset(own[clause.pk]).union(*(gather(child) for child in below.get(clause.pk, ())))
        return whole[clause.pk]

    for top in below.get(None, ()):
        gather(top)
    return {one.pk: Under(one, frozenset(own[one.pk]), whole[one.pk]) for one in clauses}


def children(clauses: Iterable[Clause]) -> Mapping[int | None, Sequence[Clause]]:
    """Scope items by the one they stand under; those at the top by None."""
    below: dict[int | None, list[Clause]] = defaultdict(list)
    for clause in clauses:
        below[clause.parent_id].append(clause)
    return below


def with_any(found: Mapping[int, Under[Key]]) -> int:
    """How many scope items have a commitment, of their own or under a sub-item."""
    return sum(one.has_any for one in found.values())


def and_above(found: Iterable[Key], above: Mapping[Key, Key | None]) -> set[Key]:
    """These scope items, and all of which they are a part; ``above`` tells what each stands under, if anything."""
    seen: set[Key] = set()
    for key in found:
        one: Key | None = key
        while one and one not in seen:
            seen.add(one)
            one = above.get(one)
    return seen
