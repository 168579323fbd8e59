"""Which rows of the tallies are put together because time has passed: nobody asks any more what told them apart."""

import datetime as dt
from typing import Any

from django.db import models

from commitments.models import DateTally, DayTally, DueBasis, MonthTally, ScopeTally
from commitments.models.tally import AnyTally
from commitments.months import told_from
from commitments.status import Status
from config.workdays import day_of

LONG_PAST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""``passes_at`` of every sort whose date is past for good."""
FIRST_DAY = LONG_PAST.date()
SETTLED_AFTER = dt.timedelta(days=1)  # a date is past in every zone, and on the calendar of WIB, after that
AGED_AFTER = dt.timedelta(days=92)  # an agreed date is of the oldest age (commitments/ages.py) after that
TOLD_DAYS = dt.timedelta(days=92)  # pages tell each day of twelve weeks; what was before is one sum
DAYS: dict[type[AnyTally], str] = {DayTally: "day", MonthTally: "month", ScopeTally: "day"}
"""Where the day of a sort stands."""
Key = tuple[Any, ...]


def is_to_settle(kind: type[AnyTally], at: dt.datetime) -> models.Q:
    """Which settled rows are to be put together with others, because time has passed."""
    if kind is DateTally:
        return _is_past_for_good(at)
    if kind not in DAYS:
        return models.Q(pk__in=())
    return models.Q(**{f"{DAYS[kind]}__lt": _told_from(kind, at)}) & ~models.Q(**{DAYS[kind]: FIRST_DAY})


def settled(kind: type[AnyTally], sort: Key, at: dt.datetime) -> Key:
    """The sort under which rows are settled, by the rules of :func:`is_to_settle`."""
    if kind is DateTally:
        return _settled_date(sort, at)
    if kind not in DAYS:
        return sort
    *rest, day = sort
    return (*rest, FIRST_DAY if day < _told_from(kind, at) else day)


def _told_from(kind: type[AnyTally], at: dt.datetime) -> dt.date:
    """The first day that a page may ask for alone."""
    if kind is DayTally:
        return (at - TOLD_DAYS).date()
    return told_from(at) if kind is MonthTally else day_of(at) + dt.timedelta(days=1)


def _is_past_for_good(at: dt.datetime) -> models.Q:
    """Of which dates it is told from now on only that they are past: their age no longer changes, or nobody asks."""
    grows = models.Q(due_basis=DueBasis.AGREED, passes_at__isnull=False) & ~models.Q(status=Status.SUBMITTED)
    past, aged = (models.Q(due_on__lt=(at - after).date()) for after in (SETTLED_AFTER, AGED_AFTER))
    return aged | (past & ~grows)


def _settled_date(sort: Key, at: dt.datetime) -> Key:
    *rest, status, due_basis, due_on, passes_at, days_past = sort
    grows = due_basis == DueBasis.AGREED and passes_at is not None and status != Status.SUBMITTED
    if due_on is None or due_on >= (at - (AGED_AFTER if grows else SETTLED_AFTER)).date():
        return sort
    return (*rest, status, due_basis, None, LONG_PAST if passes_at is not None else None, days_past)
