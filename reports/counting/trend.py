"""The last twelve weeks: how much was open, late and done at the end of each, told from rows already loaded."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from commitments.status import Status
from commitments.stood import end_of
from config.workdays import day_of
from reports.counting.history import Then

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Week:
    """The state at the end of a week: ``open`` (``late`` of them past an agreed date), and ``done`` so far."""

    ends_on: dt.date
    open: int
    late: int
    done: int


def trend(then: Sequence[Then], *, at: dt.datetime) -> tuple[Week, ...]:
    """Return :data:`WEEKS` weeks, the last one ending at ``at``, the others with their day; no query.

    Each commitment is counted as it stood then. ``then`` must reach up to ``at``.
    """
    ends = week_ends(at)
    settled = [one for one in then if one.is_settled(ends[0])]
    moving = [one for one in then if not one.is_settled(ends[0])]
    done = sum(one.status == Status.DONE for one in settled)
    return tuple(_week(moving, instant, done) for instant in ends)


def week_ends(at: dt.datetime) -> tuple[dt.datetime, ...]:
    """The instants at which the weeks end: the last moment of a day (WIB), for the last week ``at`` itself."""
    return tuple(end_of(day_of(at) - dt.timedelta(weeks=back), at=at) for back in reversed(range(WEEKS)))


def _week(then: Sequence[Then], at: dt.datetime, done: int) -> Week:
    """One week of ``then``, and of those that were ``done`` before all weeks."""
    stood = [standing for one in then if (standing := one.standing(at)) is not None]
    return Week(
        ends_on=day_of(at),
        open=sum(one.is_open for one in stood),
        late=sum(one.is_late for one in stood),
        done=done + sum(one.status == Status.DONE for one in stood),
    )
