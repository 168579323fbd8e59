"""How far even work would have come: every day from its beginning to its date brings the same share of a promise.

Shares are whole millionths of a percent, so that sums over many promises are exact and can be kept by day: all that
began and ended is told by two numbers, however many promises there were.
"""

import datetime as dt

MILLION = 1_000_000
WHOLE = 100 * MILLION
"""A whole promise in millionths of a percent."""
ORIGIN = dt.date(2000, 1, 1)
"""Days are counted from here."""


def share_a_day(begun_on: dt.date, due_on: dt.date) -> int:
    """What one day brings, rounded up: a share that is whole by right never falls short."""
    return -(-WHOLE // (due_on - begun_on).days)


def share_on(on: dt.date, *, begun_on: dt.date, due_on: dt.date) -> int:
    """What even work from ``begun_on`` to ``due_on`` reaches by the end of ``on``."""
    if on >= due_on:
        return WHOLE
    return share_a_day(begun_on, due_on) * (on - begun_on).days if on > begun_on else 0


def steps(begun_on: dt.date, due_on: dt.date) -> list[tuple[dt.date, int, int]]:
    """The days on which the pace changes, with what is added to rate and base of :func:`summed` on each."""
    if begun_on >= due_on:
        return [(due_on, 0, -WHOLE)]
    rate = share_a_day(begun_on, due_on)
    base = rate * (begun_on - ORIGIN).days
    return [(begun_on, rate, base), (due_on, -rate, -base - WHOLE)]


def summed(rate: int, base: int, *, on: dt.date) -> int:
    """:func:`share_on`, summed up over all promises whose steps up to ``on`` are summed up in ``rate`` and ``base``."""
    return rate * (on - ORIGIN).days - base
