"""Keep the tallies: note what an action changes, put rows together, count anew and compare.

Every action that changes a tallied field of a shared commitment does it inside :func:`kept`, in its own transaction.
Rows are only added there, so no action waits for another one's tally.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import models, transaction

from agencies.models.event import EventHead
from commitments import months
from commitments.ledger import append
from commitments.models import Commitment, DateTally, DayTally, MonthTally, ScopeTally, Tally
from commitments.models.commitment import CommitmentQuerySet
from commitments.models.tally import TOLD, AnyTally
from commitments.settled import FIRST_DAY, Key, is_to_settle, settled
from commitments.stands import Stand, stands
from commitments.status import BEGUN, Status
from commitments.stretches import DONE, LATE, OPENED, Changes, Standing, changes, past_changes

CHUNK = 2_000
BATCH = 500
WHOSE = ("host_agency_id", "lead_id", "agreement_id")
SORT = (*WHOSE, "status")
DATE_SORT = (*SORT, "due_basis", "due_on", "passes_at", "days_past")
SORTS: dict[type[AnyTally], tuple[str, ...]] = {
    Tally: SORT,
    DateTally: DATE_SORT,
    DayTally: ("is_of_host", *WHOSE, "day"),
    MonthTally: ("is_of_host", *WHOSE, "month"),
    ScopeTally: ("is_of_host", *WHOSE, "clause_id", "day"),
}
SUMS: dict[type[AnyTally], tuple[str, ...]] = {
    Tally: TOLD,
    DateTally: ("n",),
    DayTally: ("open", "late", "done"),
    MonthTally: ("shared", "done", "shifted", "shifted_in_quarter", "shifted_in_half", "shifted_in_year"),
    ScopeTally: ("n", "done", "begun", "measured", "planned", "reached", "rate", "base"),
}
Counts = dict[type[AnyTally], dict[Key, list[int]]]
"""Of each sort its sums, in the order of :data:`SUMS`."""
TALLIED = (
    "host_agency__zone", "lead__zone", "agreement", "status", "due_basis", "due_on", "late_from", "submitted_at",
    "target", "realised", "is_example", "origin_on", "shared_at", "closed_at",
)  # fmt: skip


@contextmanager
def kept(
    commitments: Commitment | Sequence[Commitment], *, at: dt.datetime, leaves_links: bool = False
) -> Iterator[None]:
    """Note in the tallies what the block changes ``at`` an instant on these (locked) rows, which the action stores.

    Moves and Terms that tell of the change are written after the block. ``leaves_links``: it changes no scope item.
    """
    rows = [commitments] if isinstance(commitments, Commitment) else commitments
    before = stands(rows)
    yield
    known = {stand.pk: stand.clauses for stand in before} if leaves_links else {}
    moved(before, stands(rows, known=known), at=at)


def moved(before: Sequence[Stand], after: Sequence[Stand], *, at: dt.datetime) -> None:
    """Take ``before`` out of the tallies and put ``after`` in; what did not change writes nothing."""
    counts = counts_of(after)
    for kind, gone in counts_of(before).items():
        for sort, sums in gone.items():
            _add(counts[kind], sort, sums, times=-1)
    former = {stand.pk: stand for stand in before}
    counts[DayTally] = _days_between(former, after, at=at)
    _add_shifts_between(counts[MonthTally], former, after, at=at)
    _write(counts)


def taken_in(commitments: Iterable[Commitment]) -> None:
    """Put rows into the tallies that were written with all their Moves and Terms."""
    _write(_counts_with_days(stands(commitments)))


@contextmanager
def told_anew(rows: CommitmentQuerySet) -> Iterator[None]:
    """Tell rows anew, with all their days, after a block that corrects what was wrong from the beginning."""
    locked = rows.order_by("pk").select_related("lead", "host_agency").select_for_update(of=("self",))
    gone = _counts_with_days(stands(locked.all()))
    _write({kind: {sort: [-n for n in sums] for sort, sums in found.items()} for kind, found in gone.items()})
    yield
    taken_in(locked.all())


def _write(counts: Counts) -> None:
    for kind, found in counts.items():
        rows = [(*sort, *sums) for sort, sums in found.items() if any(sums)]
        append(kind, SORTS[kind] + SUMS[kind], rows)


def counts_of(found: Iterable[Stand]) -> Counts:
    """Sum up by sort what the rows themselves tell; days, and changed dates, apart."""
    counts: Counts = {Tally: {}, DateTally: {}, MonthTally: {}, ScopeTally: {}}
    for stand in found:
        if not stand.is_counted:
            continue
        sort = (*stand.whose, stand.status)
        _add(counts[Tally], sort, stand.sums)
        if stand.due_on is not None:
            dates = (stand.due_basis, stand.due_on, stand.passes_at, stand.days_past)
            _add(counts[DateTally], (*sort, *dates), (1,))
        _add_events(counts[MonthTally], stand.whose, stand.events)
        for clause in stand.under:
            _add_scope(counts[ScopeTally], stand, clause)
    return counts


def _add_scope(counts: dict[Key, list[int]], stand: Stand, clause: int | None) -> None:
    now = (1, stand.status == Status.DONE, stand.status in BEGUN, *stand.measured, 0, 0)
    _add_twice(counts, stand.whose, (clause, FIRST_DAY), now)
    for day, rate, base in stand.steps if clause else ():
        _add_twice(counts, stand.whose, (clause, day), (0, 0, 0, 0, 0, 0, rate, base))


def _add_events(
    counts: dict[Key, list[int]], whose: tuple[int, int | None, int | None], found: months.Events, *, times: int = 1
) -> None:
    """Add what happened in months to those of a sort."""
    for (month, name), n in found.items():
        _add_twice(counts, whose, (month,), [n * (name == each) for each in SUMS[MonthTally]], times=times)


def _counts_with_days(found: Sequence[Stand]) -> Counts:
    """Sum up by sort, the days from the beginning."""
    counts = counts_of(found) | {DayTally: {}}
    keys = [stand.pk for stand in found]
    past, dates = past_changes(keys), months.dates_of(keys)
    for stand in found:
        _add_days(counts[DayTally], stand.whose, past[stand.pk])
        if stand.is_counted:
            _add_events(counts[MonthTally], stand.whose, dates[stand.pk].shifts())
    return counts


def _days_between(before: Mapping[int, Stand], after: Iterable[Stand], *, at: dt.datetime) -> dict[Key, list[int]]:
    """What changes on days: what a step changes now, and all earlier days of those that others read from now on."""
    days: dict[Key, list[int]] = {}
    handed = {one.pk for one in after if one.pk in before and before[one.pk].whose != one.whose}
    past = past_changes(handed) if handed else {}
    for stand in after:
        former = before.get(stand.pk)
        if former is not None and stand.pk in handed:
            _add_days(days, former.whose, past[stand.pk], times=-1)
            _add_days(days, stand.whose, past[stand.pk])
        _add_days(days, stand.whose, changes(former.now if former else Standing(), stand.now, at))
    return days


def _add_days(
    days: dict[Key, list[int]], whose: tuple[int, int | None, int | None], found: Changes, *, times: int = 1
) -> None:
    """Add changes to the days of a sort, and to those of its host as a whole."""
    for (day, place), n in found.items():
        _add_twice(days, whose, (day,), [n if place == each else 0 for each in (OPENED, LATE, DONE)], times=times)


def _add_shifts_between(
    counts: dict[Key, list[int]], before: Mapping[int, Stand], after: Iterable[Stand], *, at: dt.datetime
) -> None:
    """Add the months of changed dates where a date, a reader or a place in totals changes; no query elsewhere."""
    told = [(before[one.pk], one) for one in after if one.pk in before and _is_told_anew(before[one.pk], one)]
    dates = months.dates_of([one.pk for _former, one in told]) if told else {}
    for former, stand in told:
        known = dates[stand.pk]
        if former.is_counted:
            _add_events(counts, former.whose, known.shifts(), times=-1)
        if stand.is_counted:
            _add_events(counts, stand.whose, known.followed_by(at, stand.date).shifts())


def _is_told_anew(former: Stand, stand: Stand) -> bool:
    facts = former.whose, former.date, former.is_counted
    return facts != (stand.whose, stand.date, stand.is_counted)


def _add_twice(
    counts: dict[Key, list[int]],
    whose: tuple[int, int | None, int | None],
    rest: Key,
    sums: Sequence[int],
    *,
    times: int = 1,
) -> None:
    """Add to a sort, and to that of its host as a whole."""
    _add(counts, (False, *whose, *rest), sums, times=times)
    _add(counts, (True, whose[0], None, None, *rest), sums, times=times)


def _add(counts: dict[Key, list[int]], sort: Key, sums: Sequence[int], *, times: int = 1) -> None:
    held = counts.setdefault(sort, [0] * len(sums))
    for place, value in enumerate(sums):
        held[place] += times * value


def _rows(kind: type[AnyTally], counts: dict[Key, list[int]], *, is_settled: bool = False) -> list[AnyTally]:
    names = SORTS[kind] + SUMS[kind]
    return [
        kind(**dict(zip(names, (*sort, *sums), strict=True)), is_settled=is_settled)
        for sort, sums in counts.items()
        if any(sums)
    ]


@transaction.atomic
def settle(at: dt.datetime) -> int:
    """Put rows of one sort together, and dates long past ``at`` into one sort; return how many rows that saved.

    No sum changes by it. Two at once are harmless: the second waits and finds less to do.
    """
    return sum(_settle(kind, at) for kind in SORTS)


def _settle(kind: type[AnyTally], at: dt.datetime) -> int:
    rows = list(_loose(kind, at))
    counts: dict[Key, list[int]] = {}
    for row in rows:
        _add(counts, settled(kind, _sort_of(row), at), _sums_of(row))
    for start in range(0, len(rows), BATCH):
        kind._default_manager.filter(pk__in=[row.pk for row in rows[start : start + BATCH]]).delete()
    fresh = {sort: sums for sort, sums in counts.items() if any(sums) and not _added(kind, sort, sums)}
    kind._default_manager.bulk_create(_rows(kind, fresh, is_settled=True), batch_size=BATCH)
    kind._default_manager.filter(is_settled=True, **dict.fromkeys(SUMS[kind], 0)).delete()
    return len(rows) - len(fresh)


def _loose(kind: type[AnyTally], at: dt.datetime) -> "models.QuerySet[AnyTally]":
    """What a sweep puts together, locked."""
    loose = models.Q(is_settled=False) | is_to_settle(kind, at)
    return kind._default_manager.select_for_update(of=("self",)).filter(loose).order_by("pk")


def _added(kind: type[AnyTally], sort: Key, sums: Sequence[int]) -> bool:
    """Add to the settled row of a sort; whether there is one."""
    named = dict(zip(SORTS[kind], sort, strict=True))
    more = {name: models.F(name) + value for name, value in zip(SUMS[kind], sums, strict=True)}
    return bool(kind._default_manager.filter(is_settled=True, **named).update(**more))


def _sort_of(row: AnyTally) -> Key:
    return tuple(getattr(row, name) for name in SORTS[type(row)])


def _sums_of(row: AnyTally) -> list[int]:
    return [getattr(row, name) for name in SUMS[type(row)]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A sum over a sort of commitments of which the tallies say ``told`` and the rows say ``counted``."""

    kind: str
    sort: str
    told: int
    counted: int


@transaction.atomic
def differences(at: dt.datetime) -> list[Difference]:
    """Count all commitments anew and compare with what the tallies say, sort by sort. Nobody writes meanwhile."""
    _wait_for_writers()
    found = []
    for kind, counted in recount(at).items():
        told, nothing = _told(kind, at), [0] * len(SUMS[kind])
        for sort in sorted({*told, *counted}, key=repr):
            words = ", ".join(f"{name}={value}" for name, value in zip(SORTS[kind], sort, strict=True))
            both = zip(SUMS[kind], told.get(sort, nothing), counted.get(sort, nothing), strict=True)
            found += [Difference(kind.__name__, f"{words}, {name}", a, b) for name, a, b in both if a != b]
    return found


@transaction.atomic
def repair(at: dt.datetime) -> None:
    """Write the tallies anew from the commitments. Nobody writes meanwhile."""
    _wait_for_writers()
    for kind in SORTS:  # a sweep under way ends first, or what it puts together would be counted twice
        list(_loose(kind, at).values_list("pk"))
    for kind, counted in recount(at).items():
        kind._default_manager.all().delete()
        kind._default_manager.bulk_create(_rows(kind, counted, is_settled=True), batch_size=BATCH)


def are_missing() -> bool:
    """Whether there are commitments to tally and no tallies at all: an installation from before there were any."""
    return not MonthTally.objects.exists() and Commitment.objects.counted().exists()


def recount(at: dt.datetime) -> Counts:
    """Count all commitments by settled sort, in chunks; memory grows with the sorts, not with the rows."""
    counts: Counts = {kind: {} for kind in SORTS}
    shared = Commitment.objects.kept().exclude(status=Status.DRAFT)
    rows = shared.select_related("lead", "host_agency").order_by("pk").only(*TALLIED)
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        for kind, found in _counts_with_days(stands(chunk)).items():
            for sort, sums in found.items():
                _add(counts[kind], settled(kind, sort, at), sums)
    return counts


def _told(kind: type[AnyTally], at: dt.datetime) -> dict[Key, list[int]]:
    told: dict[Key, list[int]] = {}
    for row in kind._default_manager.order_by("pk").iterator(chunk_size=CHUNK):
        _add(told, settled(kind, _sort_of(row), at), _sums_of(row))
    return told


def _wait_for_writers() -> None:
    """Hold the head of the trail: every action needs it before it can commit."""
    EventHead.objects.select_for_update().get_or_create(pk=1)
