"""The ladder of reminders in the profile *Satu kantor*: which steps a date has, and when each is sent. Pure.

Steps are calendar days counted from the date and are sent on the nearest working day: before or on the date
the last one not later, after the date the first one not earlier. Gaps are asked for five working days after
sharing.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from commitments.models.reminder import Rung
from config.workdays import Calendar

OFFSETS: dict[str, int] = {Rung.BEFORE_7: -7, Rung.BEFORE_1: -1, Rung.DUE: 0, Rung.AFTER_1: 1, Rung.AFTER_7: 7}
"""Calendar days from the date."""
OWN_STAFF = (Rung.BEFORE_7, Rung.BEFORE_1, Rung.AFTER_1)
PARTNER = (Rung.BEFORE_7, Rung.DUE, Rung.AFTER_7)
GAPS_AFTER = 5
"""Working days after sharing."""
REACH = dt.timedelta(days=28)
"""No step is sent earlier before its date than this: seven days and the longest row of days off."""


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of one date: the calendar day it stands for and the working day it is sent on."""

    rung: Rung
    due_on: dt.date
    day: dt.date
    send_on: dt.date


def rungs_for(due_on: dt.date, *, is_own: bool, calendar: Calendar) -> tuple[Step, ...]:
    """The steps of a date for the host's own staff or for a partner, in order."""
    return tuple(_step(rung, due_on, calendar) for rung in (OWN_STAFF if is_own else PARTNER))


def gaps_step(shared_on: dt.date, *, calendar: Calendar) -> Step:
    """When the host is asked to complete what is missing; its ``due_on`` is that day itself."""
    day = calendar.add(shared_on, GAPS_AFTER)
    return Step(Rung.GAPS, day, day, day)


def send_day(day: dt.date, *, is_after: bool, calendar: Calendar) -> dt.date:
    """The working day on which the step of a calendar day is sent."""
    return calendar.first_on_or_after(day) if is_after else calendar.last_on_or_before(day)


def is_after_date(rung: str) -> bool:
    """Whether a rung stands after its date."""
    return OFFSETS.get(rung, 0) > 0


@dataclass(frozen=True, slots=True)
class Due:
    """What a commitment's ladder asks for today: at most one step to send, the older ones to skip."""

    send: Step | None = None
    skip: tuple[Step, ...] = ()


def due_steps(
    steps: Iterable[Step],
    *,
    today: dt.date,
    shared_on: dt.date,
    is_agreed: bool,
    reached: Collection[Rung],
    muted_before: dt.date | None = None,
) -> Due:
    """Only the latest step that is due is sent; what a late run missed before it is skipped for good.

    ``reached`` are rungs of the same date that were dealt with. Steps from before the commitment was shared do
    not exist, nor do those of days before ``muted_before`` (an old row that was taken over). Once a merely proposed
    date has passed, its steps up to the date say nothing any more.
    """
    due = [step for step in steps if shared_on <= step.send_on <= today and not _is_muted(step, muted_before)]
    if not due:
        return Due()
    latest = due[-1]
    is_stale = not is_agreed and not is_after_date(latest.rung) and latest.due_on < today
    send = None if latest.rung in reached or is_stale else latest
    skip = tuple(step for step in due if step is not send and step.rung not in reached)
    return Due(send, skip)


def _is_muted(step: Step, before: dt.date | None) -> bool:
    return before is not None and step.day < before


def _step(rung: Rung, due_on: dt.date, calendar: Calendar) -> Step:
    day = due_on + dt.timedelta(days=OFFSETS[rung])
    return Step(rung, due_on, day, send_day(day, is_after=is_after_date(rung), calendar=calendar))
