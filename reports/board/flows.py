"""What happened in a period to the commitments a person may see."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.models import User
from commitments.happened import DONE, SHARED, SHIFTED, happened, written_as
from commitments.models.commitment import CommitmentQuerySet
from meetings.models import Meeting
from reports.board.numbers import Filter, Number
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


def flows_part(commitments: CommitmentQuerySet, user: User, within: Filter, period: Period) -> FlowsPart:
    """Count what was made known, verified and given another date, and meetings held. Four queries."""
    first, last = period.starts_on, period.ends_on
    words = {
        SHARED: _("komitmen disampaikan"),
        DONE: _("komitmen selesai (terverifikasi)"),
        SHIFTED: _("komitmen yang tenggatnya diubah"),
    }
    flows = [
        Flow(
            label,
            Number(
                happened(commitments, what, first, last).order_by().count(),
                within.also(("peristiwa", written_as(what, first, last))),
            ),
        )
        for what, label in words.items()
    ]
    pact = dict(within.pairs).get("kesepakatan")
    held = Meeting.objects.visible_to(user).held().filter(held_on__range=(first, last))
    chosen = Filter((("status", "terlaksana"), ("dari", first.isoformat()), ("sampai", last.isoformat())))
    if pact:
        held, chosen = held.filter(agreement__code=pact), chosen.also(("kesepakatan", pact))
    done = flows[1].number.count
    title = _("%(n)d komitmen selesai pada %(period)s.") % {"n": done, "period": period.label}
    return FlowsPart(title, tuple(flows), Number(held.count(), chosen))
