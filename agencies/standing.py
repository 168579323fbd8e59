"""Standing: which agencies stand where to a thing. Pure, so that every model can say it."""

import dataclasses
from typing import Protocol


@dataclasses.dataclass(frozen=True)
class Standing:
    """Which agencies stand where to one thing (primary keys)."""

    host: frozenset[int] = frozenset()
    lead: frozenset[int] = frozenset()
    contributors: frozenset[int] = frozenset()
    present: frozenset[int] = frozenset()
    parties: frozenset[int] = frozenset()
    agreement: int | None = None
    is_draft: bool = False
    admin_everywhere: bool = False


class Thing(Protocol):
    """Anything a person can have a scope on."""

    def standing(self) -> Standing:
        """Which agencies stand where to this thing."""
