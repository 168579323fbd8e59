"""Numbers on the pages of a lower app that only an upper one can count.

The upper app registers one provider for a kind of page when it is loaded; the page's view asks for its numbers
without knowing who counts them. So nothing is counted twice and no import points upward.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

Provider = Callable[[Any, Any, dt.datetime], dict[str, Any]]
_PROVIDERS: dict[str, Provider] = {}


def provide(page: str, provider: Provider) -> None:
    """Register who counts for a kind of page: called with its thing, the person and the instant."""
    _PROVIDERS[page] = provider


def numbers_of(page: str, thing: Any, user: Any, *, at: dt.datetime) -> dict[str, Any]:
    """Return what the page's template shows of ``thing`` to a person. KeyError when nobody counts for the page."""
    return _PROVIDERS[page](thing, user, at)
