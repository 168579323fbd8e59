"""When commitments were open, late or done, as changes by day (WIB), so that any earlier day can be summed up.

Told by Moves and Terms; what an action changes now is told by the same three numbers. A date that has yet to pass
stands on the day on which it will: whoever sums up to a day never reads it too early.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import merge
from zoneinfo import ZoneInfo

from commitments.models import DueBasis, Move, Terms
from commitments.status import OPEN, Status
from config.workdays import day_of

OPENED, LATE, DONE = 0, 1, 2
"""Places of the three numbers."""
Changes = Counter[tuple[dt.date, int]]
"""How much open (late, done) grows on a day."""
_Date = tuple[str, dt.datetime | None]
_Step = tuple[dt.datetime, str | None, _Date | None]
"""When, and the new status or the new date: its basis, and from when on it is past."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One commitment between two changes: ``late_from`` is None when it will not be late as it stands."""

    is_open: bool = False
    is_done: bool = False
    late_from: dt.datetime | None = None

    def begins(self, at: dt.datetime) -> Changes:
        """What this adds to the days from ``at`` on; taken away again when it ends."""
        found: Changes = Counter()
        found[day_of(at), OPENED] = int(self.is_open)
        found[day_of(at), DONE] = int(self.is_done)
        if self.late_from is not None:
            found[day_of(max(self.late_from, at)), LATE] = 1
        return found


def standing(status: str, due_basis: str, late_from: dt.datetime | None, submitted_at: dt.datetime | None) -> Standing:
    """Where a commitment stands: only an agreed date is late, and a claim keeps what it was when it was made."""
    is_open = status in OPEN
    may_be_late = is_open and due_basis == DueBasis.AGREED and late_from is not None
    if may_be_late and status == Status.SUBMITTED and submitted_at is not None:
        may_be_late = late_from is not None and late_from <= submitted_at
    return Standing(is_open, status == Status.DONE, late_from if may_be_late else None)


def changes(before: Standing, after: Standing, at: dt.datetime) -> Changes:
    """What a step ``at`` an instant changes; nothing when it leaves both the same."""
    found: Changes = Counter()
    if before != after:
        found.update(after.begins(at))
        found.subtract(before.begins(at))
    return found


def past_changes(commitments: Collection[int]) -> dict[int, Changes]:
    """All that Moves and Terms tell of these commitments (keys), by key. Two queries."""
    moves: dict[int, list[_Step]] = defaultdict(list)
    terms: dict[int, list[_Step]] = defaultdict(list)
    told = Move.objects.filter(commitment__in=commitments).order_by("at", "pk")
    for pk, at, status in told.values_list("commitment", "at", "to_status"):
        moves[pk].append((at, status, None))
    written = Terms.objects.filter(commitment__in=commitments).order_by("at", "n")
    facts = ("commitment", "at", "due_on", "due_basis", "lead__zone", "commitment__host_agency__zone")
    for pk, at, due_on, basis, zone, host_zone in written.values_list(*facts):
        late_from = _midnight_after(due_on, zone or host_zone) if due_on else None
        terms[pk].append((at, None, (basis, late_from)))
    return {pk: _all_changes(merge(moves[pk], terms[pk], key=lambda step: step[0])) for pk in commitments}


def _midnight_after(day: dt.date, zone: str) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=ZoneInfo(zone))


def _all_changes(steps: Iterable[_Step]) -> Changes:
    """Walk through one life."""
    found: Changes = Counter()
    before, status = Standing(), ""
    moved_at: dt.datetime | None = None
    date: _Date = ("", None)
    for at, new_status, new_date in steps:
        if new_status is not None:
            status, moved_at = new_status, at
        date = new_date or date
        after = standing(status, *date, moved_at)
        found.update(changes(before, after, at))
        before = after
    return found
