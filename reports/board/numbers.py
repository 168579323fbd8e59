"""A number of a page and the filter that opens exactly its rows."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.http import urlencode


@lru_cache(maxsize=4096)  # a page repeats the same few pairs under hundreds of numbers
def _written(pair: tuple[str, str]) -> str:
    return urlencode([pair])


@dataclass(frozen=True, slots=True)
class Filter:
    """The address part that opens rows on the page of commitments."""

    pairs: tuple[tuple[str, str], ...] = ()

    def also(self, *pairs: tuple[str, str]) -> "Filter":
        """This filter, narrowed further."""
        return Filter(self.pairs + pairs)

    @property
    def query(self) -> str:
        """As it stands after the question mark."""
        return "&".join(map(_written, self.pairs))


@dataclass(frozen=True, slots=True)
class Number:
    """A count and the way to its rows."""

    count: int
    filter: Filter

    @property
    def query(self) -> str:
        """The filter as it stands in an address."""
        return self.filter.query
