"""For how many days the oldest late commitment is past its date: each lead's, and that of all others together."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from agencies.models import Agency
from commitments.models import Commitment, DueBasis
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import Status
from reports.board.tallied import OTHERS, Tallied

RUNNING = (Status.NOT_STARTED, Status.RUNNING, Status.BLOCKED)
"""Open statuses in which the clock runs."""


def late_days(seen: Tallied, late: Iterable[dict[str, Any]]) -> dict[int | None, int]:
    """Most days that what is ``late`` (of :attr:`Tallied.late`) is past, by lead; of claims until they were made.

    Under :data:`reports.board.tallied.OTHERS` stands the most of all that has their hosts. At most four queries, a
    few steps a lead that is told apart and a host.
    """
    found: dict[int | None, int] = {}
    for group in late:
        if group["status"] == Status.SUBMITTED:
            found[group["led"]] = max(group["days"], found.get(group["led"], 0))
    running = [group for group in late if group["status"] != Status.SUBMITTED]
    for lead, days in _running_days(seen, running).items():
        found[lead] = max(days, found.get(lead, 0))
    return found


def _running_days(seen: Tallied, running: Iterable[dict[str, Any]]) -> dict[int | None, int]:
    """Days since the first agreed date of each lead's open rows, on the calendar of who keeps them."""
    led = {group["led"] for group in running if group["host"] is None}
    unled = {group["host"] for group in running if group["led"] is None}
    others = {group["host"] for group in running if group["led"] == OTHERS}
    agreed = Commitment.objects.filter(due_basis=DueBasis.AGREED, **seen.where)
    rows = agreed.filter(seen.shown)
    found: dict[int | None, int] = {
        pk: _days(day, zone, seen.at) for pk, zone, day in _first_days(rows.filter(lead=OuterRef("pk")), led)
    }
    of_host = rows.filter(host_agency=OuterRef("pk"))
    without = [_days(day, zone, seen.at) for _pk, zone, day in _first_days(of_host.filter(lead=None), unled)]
    if without:
        found[None] = max(without)
    own = seen.user.rights.own
    of_own = agreed.filter(host_agency=OuterRef("pk"))  # all of it is seen, so one index answers
    first = [day for _pk, _zone, day in _first_days(of_own, others & own) + _first_days(of_host, others - own)]
    if first:
        found[OTHERS] = _most_days(rows.filter(host_agency__in=others), min(first), at=seen.at)
    return found


def _first_days(rows: CommitmentQuerySet, agencies: set[int]) -> list[tuple[int, str, dt.date]]:
    """Agencies (keys) with their zones and the first date of their open ``rows``, looked up in order. One query."""
    if not agencies:
        return []
    dated = rows.filter(due_on__gt=dt.date.min)  # said as a range: SQLite keeps rows without a date before all others
    first = [Subquery(dated.filter(status=status).order_by("due_on").values("due_on")[:1]) for status in RUNNING]
    found = Agency.objects.filter(pk__in=agencies).order_by().values_list("pk", "zone", *first)
    return [(pk, zone, min(known)) for pk, zone, *days in found if (known := [day for day in days if day])]


def _most_days(rows: CommitmentQuerySet, first: dt.date, *, at: dt.datetime) -> int:
    """Days since the ``first`` date of open rows, where the day is furthest; a day later none is more. One query."""
    there = rows.filter(due_on=first, status__in=RUNNING).order_by()
    zones = there.values_list(Coalesce("lead__zone", "host_agency__zone"), flat=True).distinct()
    return max(_days(first, zone, at) for zone in zones)


def _days(day: dt.date, zone: str, at: dt.datetime) -> int:
    return (at.astimezone(ZoneInfo(zone)).date() - day).days
