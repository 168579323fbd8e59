"""How agencies under one agreement stand in the middle: only with five or more, and never by name."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from statistics import median

from agencies.models import Agreement
from commitments.status import Condition
from reports.board.groups import groups

LEAST_AGENCIES = 5


@dataclass(frozen=True, slots=True)
class Medians:
    """Over ``agencies`` leads: the middle number of late commitments and the middle share done, in whole percent."""

    agencies: int
    late: float
    done_percent: int


def medians(agreement: Agreement, own: Collection[int], *, at: dt.datetime) -> Medians | None:
    """Return the middle of all leads under an agreement; None with fewer than five others. One query.

    The reader's own agencies (primary keys) are left out of the count that protects the others.
    """
    total: Counter[int] = Counter()
    late: Counter[int] = Counter()
    done: Counter[int] = Counter()
    for group in groups(agreement.commitments.all(), at=at):
        if group.lead is None:
            continue
        total[group.lead] += group.count
        late[group.lead] += group.count if group.condition == Condition.LATE else 0
        done[group.lead] += group.count if group.condition == Condition.DONE else 0
    if len(total.keys() - set(own)) < LEAST_AGENCIES:
        return None
    shares = [100 * done[lead] / count for lead, count in total.items()]
    return Medians(len(total), median(late[lead] for lead in total), round(median(shares)))
