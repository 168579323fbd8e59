"""How often a stranger may try: counted in the shared cache, so that all web processes count together."""

import contextlib
import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

from config.templatetags.waktu import zone_label


@dataclass(frozen=True)
class Throttle:
    """At most ``most`` tries of one key within ``window``; the window begins with the first try.

    The end of the window and the number of tries in it are two entries, both written by what a cache does at once:
    ``add`` and ``incr``. So none of two tries at the same moment goes uncounted.
    """

    name: str
    most: int
    window: dt.timedelta

    def refused_until(self, key: str, *, at: dt.datetime) -> dt.datetime | None:
        """When this key may try again; None when it may now."""
        until = cache.get(self._head(key))
        if until is None or until <= at:
            return None
        ends: dt.datetime = until
        return ends if cache.get(self._tries(key, ends), 0) >= self.most else None

    def count(self, key: str, *, at: dt.datetime) -> None:
        """Note one try."""
        until = self._window(key, at=at)
        tries, left = self._tries(key, until), _seconds(until - at)
        if not cache.add(tries, 1, timeout=left):
            with contextlib.suppress(ValueError):  # forgotten a moment ago: its window is over
                cache.incr(tries)

    def _window(self, key: str, *, at: dt.datetime) -> dt.datetime:
        """When the window of a try ends: of two first tries at once, one opens it for both."""
        head, mine = self._head(key), at + self.window
        known = cache.get(head)
        if known is not None and known <= at:
            cache.delete(head)
        cache.add(head, mine, timeout=_seconds(self.window))
        until: dt.datetime = cache.get(head, mine)
        return until

    def _head(self, key: str) -> str:
        return f"{self.name}:{key}"

    def _tries(self, key: str, until: dt.datetime) -> str:
        return f"{self.name}:{key}:{until.timestamp():.6f}"


def _seconds(length: dt.timedelta) -> int:
    return max(1, int(length.total_seconds()))


def clock_words(instant: dt.datetime) -> str:
    """``10.42 WIB`` where the reader is."""
    local = timezone.localtime(instant)
    return f"{local:%H.%M} {zone_label(local)}"
