"""How far each scope item has come, of what a person may see, and how far even work would have come."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agreement, Clause
from commitments import pace
from commitments.models import ScopeTally
from commitments.status import BEGUN, COUNTED, Status
from commitments.words import share
from config.workdays import day_of
from reports.board.ledgers import ledger
from reports.board.numbers import Filter, Number
from reports.board.tallied import Tallied
from reports.counting.under import and_above
from reports.printing.plots import bullet_svg

MOST_ITEMS = 40
SUMS = ("n", "done", "begun", "measured", "planned", "reached", "rate", "base")


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """One scope item. ``percent`` and ``expected`` are None where nothing can be measured.

    ``has_below``: there is a commitment, of its own or of a sub-item.
    """

    clause: Clause
    total: Number
    done: Number
    percent: int | None
    expected: int | None
    measured: Number
    drawing: str
    has_below: bool

    @property
    def words(self) -> str:
        """How far it is in words, as they stand beside the drawing."""
        if not self.total.count and self.has_below:
            return _("komitmen pada butir di bawahnya")
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

    ``expected`` sums up what even work would have reached, in millionths of a percent.
    """

    total: int = 0
    done: int = 0
    begun: int = 0
    measured: int = 0
    planned: int = 0
    reached: int = 0
    expected: int = 0

    def add(self, *more: int) -> None:
        """Take in more of each, in the order of the fields."""
        for name, value in zip(self.__slots__, more, strict=True):
            setattr(self, name, getattr(self, name) + value)


def scope_part(known: Tallied, agreements: Sequence[Agreement], within: Filter) -> ScopePart:
    """Measure the scope items of ``agreements`` over what is ``known``. Two queries, and a few that it asks."""
    clauses = list(Clause.objects.filter(agreement__in=agreements).order_by("agreement", "position", "pk"))
    shown, pacts = clauses[:MOST_ITEMS], {pact.pk: pact for pact in agreements}
    sums = _sums(known, on=day_of(known.at))
    above = {clause.pk: clause.parent_id for clause in clauses}
    held, begun = (and_above((pk for pk in above if getattr(sums[pk], name)), above) for name in ("total", "begun"))
    found: dict[int, list[ScopeRow]] = defaultdict(list)
    for clause in shown:
        narrowed = _narrowed(within, pacts[clause.agreement_id])
        found[clause.agreement_id].append(_scope_row(clause, sums[clause.pk], narrowed, has_below=clause.pk in held))
    return ScopePart(
        title=_title(len(begun), len(clauses)),
        agreements=tuple(ScopeOf(pact, tuple(found[pact.pk])) for pact in agreements if found[pact.pk]),
        unlinked=Number(
            sums[None].total,
            within.also(("ruang_lingkup", "-"), *(("status", status.value) for status in COUNTED)),
        ),
        hidden=len(clauses) - len(shown),
    )


def _sums(known: Tallied, *, on: dt.date) -> dict[int | None, _Sums]:
    """Sum up by scope item (primary key; None: under none); a commitment under two items stands under both.

    One query, and one for what the tallies do not tell.
    """
    sums: dict[int | None, _Sums] = defaultdict(_Sums)
    for clause, *told, rate, base in ledger(ScopeTally, known, "clause", *SUMS, day__lte=on):
        sums[clause].add(*told, pace.summed(int(rate), int(base), on=on))
    names = ("clauses", "status", "target", "realised", "origin_on", "due_on")
    beyond = known.beyond.counted().order_by().values_list(*names) if known.has_beyond else ()
    for clause, status, target, realised, origin_on, due_on in beyond:
        reached = min(share(realised or Decimal(0), target), 100) if target else 0
        is_planned = bool(target) and due_on is not None
        expected = pace.share_on(on, begun_on=origin_on, due_on=due_on) if target and due_on is not None else 0
        sums[clause].add(1, status == Status.DONE, status in BEGUN, bool(target), is_planned, reached, expected)
    return sums


def _narrowed(within: Filter, agreement: Agreement) -> Filter:
    """The same filter for one agreement only."""
    rest = tuple(pair for pair in within.pairs if pair[0] != "kesepakatan")
    return Filter((("kesepakatan", agreement.code), *rest))


def _scope_row(clause: Clause, sums: _Sums, within: Filter, *, has_below: bool) -> ScopeRow:
    percent = _mean(sums.reached, 100 * sums.measured)
    expected = _mean(sums.expected, pace.WHOLE * sums.planned)
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
        has_below=has_below,
    )


def _mean(sum_of: int, whole: int) -> int | None:
    """Mean in whole percent; None of nothing."""
    return share(sum_of, whole) if whole else None


def _title(begun: int, total: int) -> str:
    if not total:
        return _("Ruang lingkup belum diisi.")
    words = ngettext(
        "%(n)d dari %(m)d butir ruang lingkup sudah dimulai.", "%(n)d dari %(m)d butir ruang lingkup sudah dimulai.",
        total,
    )  # fmt: skip
    return words % {"n": begun, "m": total}
