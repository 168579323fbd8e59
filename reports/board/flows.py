"""What happened in a period to the commitments a person may see."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.models import User
from commitments.happened import DONE, SHARED, SHIFTED, happened, written_as
from commitments.models import MonthTally
from commitments.months import SHIFTED_IN
from config.gaps import Outside
from meetings.models import Meeting
from reports.board.ledgers import ledger
from reports.board.numbers import Filter, Number
from reports.board.tallied import Tallied
from reports.counting.periods import Period


@dataclass(frozen=True, slots=True)
class Flow:
    """One kind of event, with the number of its commitments."""

    words: str
    number: Number


@dataclass(frozen=True, slots=True)
class FlowsPart:
    """The period, its events, and the meetings held in it (under the chosen agreement)."""

    title: str
    flows: tuple[Flow, ...]
    meetings: Number


def flows_part(known: Tallied, within: Filter, period: Period) -> FlowsPart:
    """Count what was made known, verified and given another date, and meetings held.

    Two queries, a few more with rows that the tallies do not tell. The period is one of whole months, of last year or
    later.
    """
    first, last = period.starts_on, period.ends_on
    words = {
        SHARED: _("komitmen disampaikan"),
        DONE: _("komitmen selesai (terverifikasi)"),
        SHIFTED: _("komitmen yang tenggatnya diubah"),
    }
    counts = _counts(known, period)
    flows = [
        Flow(label, Number(counts[what], within.also(("peristiwa", written_as(what, first, last)))))
        for what, label in words.items()
    ]
    chosen = Filter((("status", "terlaksana"), ("dari", first.isoformat()), ("sampai", last.isoformat())))
    if pact := dict(within.pairs).get("kesepakatan"):
        chosen = chosen.also(("kesepakatan", pact))
    done = flows[1].number.count
    title = _("%(n)d komitmen selesai pada %(period)s.") % {"n": done, "period": period.label}
    return FlowsPart(title, tuple(flows), Number(_count_held(known.user, period, pact), chosen))


def _count_held(user: User, period: Period, pact: str | None) -> int:
    """How many meetings were held, own ones and those of others apart: each is looked up in an index of its own."""
    held = Meeting.objects.held().filter(held_on__range=(period.starts_on, period.ends_on), is_discarded=False)
    if pact:
        held = held.filter(agreement__code=pact)
    hosted = held.filter(host_agency__in=user.rights.own)
    others = held.visible_to(user).filter(Outside("host_agency", user.rights.own))
    return hosted.order_by().values("held_on").union(others.order_by().values("held_on"), all=True).count()


def _counts(known: Tallied, period: Period) -> Counter[str]:
    """How many commitments there are of each event."""
    first, last = period.starts_on, period.ends_on
    shifted = SHIFTED_IN[12 * (last.year - first.year) + last.month - first.month + 1]
    found: Counter[str] = Counter()
    for _month, *told in ledger(MonthTally, known, "month", "shared", "done", shifted, month__range=(first, last)):
        found.update(dict(zip((SHARED, DONE, SHIFTED), told, strict=True)))
    if known.has_beyond:
        found.update(
            {what: happened(known.beyond, what, first, last).order_by().count() for what in (SHARED, DONE, SHIFTED)}
        )
    return found
