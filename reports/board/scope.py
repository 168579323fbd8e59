"""How far each scope item has come, of what a person may see, and how far even work would have come."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agreement, Clause
from commitments.models import Commitment
from commitments.status import COUNTED, Status
from commitments.words import share
from config.workdays import day_of
from reports.board.numbers import Filter, Number
from reports.board.tallied import Tallied
from reports.counting.scope import WHOLE, expected_percent
from reports.printing.plots import bullet_svg

MOST_ITEMS = 40
BEGUN = (Status.RUNNING, Status.BLOCKED, Status.SUBMITTED, Status.DONE)


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """One scope item. ``percent`` and ``expected`` are None where nothing can be measured."""

    clause: Clause
    total: Number
    done: Number
    percent: int | None
    expected: int | None
    measured: Number
    drawing: str

    @property
    def words(self) -> str:
        """How far it is in words, as they stand beside the drawing."""
        if not self.total.count:
            return _("tanpa komitmen yang dapat Anda lihat")
        if self.percent is None:
            return _("belum ada target")
        words = _("%(percent)d%% dari target") % {"percent": self.percent}
        return words + (", " + _("seharusnya %(percent)d%%") % {"percent": self.expected} if self.expected else "")

    @property
    def measured_words(self) -> str:
        """Of how many that is measured; empty where nothing is."""
        if self.percent is None:
            return ""
        counts = {"n": self.measured.count, "m": self.total.count}
        return _("%(n)d dari %(m)d komitmen bertarget") % counts


@dataclass(frozen=True, slots=True)
class ScopeOf:
    """The scope items of one agreement."""

    agreement: Agreement
    rows: tuple[ScopeRow, ...]


@dataclass(frozen=True, slots=True)
class ScopePart:
    """All agreements with their scope items; ``hidden`` items are not shown for want of room."""

    title: str
    agreements: tuple[ScopeOf, ...]
    unlinked: Number
    hidden: int


@dataclass(slots=True)
class _Sums:
    """Of one scope item: how many, done and begun; with a target, with a date beside it, and percents reached.

    ``ahead`` counts those whose date is still to come, ``expected`` sums up what even work would have reached of them.
    """

    total: int = 0
    done: int = 0
    begun: int = 0
    measured: int = 0
    planned: int = 0
    reached: int = 0
    ahead: int = 0
    expected: Decimal = Decimal(0)

    def add(self, status: str, n: int, measured: int, planned: int, reached: int) -> None:
        """Take in a sort of commitments, or a single one."""
        self.total += n
        self.done += n if status == Status.DONE else 0
        self.begun += n if status in BEGUN else 0
        self.measured += measured
        self.planned += planned
        self.reached += reached


def scope_part(known: Tallied, agreements: Sequence[Agreement], within: Filter) -> ScopePart:
    """Measure the scope items of ``agreements`` over what is ``known``. Five queries."""
    clauses = list(Clause.objects.filter(agreement__in=agreements).order_by("agreement", "position", "pk"))
    shown, pacts = clauses[:MOST_ITEMS], {pact.pk: pact for pact in agreements}
    sums = _sums(known, shown, on=day_of(known.at))
    found: dict[int, list[ScopeRow]] = defaultdict(list)
    for clause in shown:
        narrowed = _narrowed(within, pacts[clause.agreement_id])
        found[clause.agreement_id].append(_scope_row(clause, sums[clause.pk], narrowed))
    return ScopePart(
        title=_title(sum(bool(sums[clause.pk].begun) for clause in clauses), len(clauses)),
        agreements=tuple(ScopeOf(pact, tuple(found[pact.pk])) for pact in agreements if found[pact.pk]),
        unlinked=Number(
            sum(group["scopeless"] for group in known.sums) + sums[None].total,
            within.also(("ruang_lingkup", "-"), *(("status", status.value) for status in COUNTED)),
        ),
        hidden=len(clauses) - len(shown),
    )


def _sums(known: Tallied, shown: Sequence[Clause], *, on: dt.date) -> dict[int | None, _Sums]:
    """Sum up by scope item (primary key); a commitment under two items stands under both. Three queries.

    Only commitments whose date is still to come are read, and those that the tallies do not tell; of these the
    ones under no item stand under None.
    """
    sums: dict[int | None, _Sums] = defaultdict(_Sums)
    names = ("n", "measured", "planned", "reached")
    told = known.clauses.order_by().values("clause", "status").annotate(**{f"{name}_": Sum(name) for name in names})
    for clause, status, *more in told.values_list("clause", "status", *(f"{name}_" for name in names)):
        sums[clause].add(status, *more)
    beyond = known.beyond.counted().order_by()
    names_of_row = ("clauses", "status", "target", "realised", "origin_on", "due_on")
    for clause, status, target, realised, origin_on, due_on in beyond.values_list(*names_of_row):
        _add_row(sums[clause], status, target, realised, origin_on, due_on, on=on)
    ahead = known.covered.counted().filter(due_on__gt=on, target__isnull=False).exclude(target=0)
    under = Commitment.clauses.through.objects.filter(clause__in=shown, commitment__in=ahead.order_by()).order_by()
    days = under.values("clause", "commitment__origin_on", "commitment__due_on").annotate(n=Count("*"))
    for day in days:
        due_on = day["commitment__due_on"]
        if due_on is not None:
            _expect(sums[day["clause"]], day["commitment__origin_on"], due_on, day["n"], on=on)
    return sums


def _add_row(
    sums: _Sums,
    status: str,
    target: Decimal | None,
    realised: Decimal | None,
    origin_on: dt.date,
    due_on: dt.date | None,
    *,
    on: dt.date,
) -> None:
    """Take in a single commitment."""
    reached = min(share(realised or Decimal(0), target), int(WHOLE)) if target else 0
    sums.add(status, 1, int(bool(target)), int(bool(target) and due_on is not None), reached)
    if target and due_on is not None and due_on > on:
        _expect(sums, origin_on, due_on, 1, on=on)


def _expect(sums: _Sums, begun_on: dt.date, due_on: dt.date, n: int, *, on: dt.date) -> None:
    sums.ahead += n
    sums.expected += n * expected_percent(begun_on=begun_on, due_on=due_on, on=on)


def _narrowed(within: Filter, agreement: Agreement) -> Filter:
    """The same filter for one agreement only."""
    rest = tuple(pair for pair in within.pairs if pair[0] != "kesepakatan")
    return Filter((("kesepakatan", agreement.code), *rest))


def _scope_row(clause: Clause, sums: _Sums, within: Filter) -> ScopeRow:
    percent = _mean(Decimal(sums.reached), sums.measured)
    expected = _mean(
        sums.expected + WHOLE * (sums.planned - sums.ahead), sums.planned
    )  # a date that is over: all of it
    base = within.also(("ruang_lingkup", clause.number))
    counted = base.also(*(("status", status.value) for status in COUNTED))
    return ScopeRow(
        clause=clause,
        total=Number(sums.total, counted),
        done=Number(sums.done, base.also(("status", Status.DONE.value))),
        percent=percent,
        expected=expected,
        measured=Number(sums.measured, counted.also(("celah", "terukur"))),
        drawing=bullet_svg(percent, expected, width=60.0),
    )


def _mean(sum_of: Decimal, count: int) -> int | None:
    """Mean in whole percent; None of nothing."""
    return share(sum_of, WHOLE * count) if count else None


def _title(begun: int, total: int) -> str:
    if not total:
        return _("Ruang lingkup belum diisi.")
    words = ngettext(
        "%(n)d dari %(m)d butir ruang lingkup sudah dimulai.", "%(n)d dari %(m)d butir ruang lingkup sudah dimulai.",
        total,
    )  # fmt: skip
    return words % {"n": begun, "m": total}
