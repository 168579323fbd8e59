"""How agencies under one agreement stand in the middle: only with five or more, and never by name."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from statistics import median

from django.db.models import Q, Sum

from agencies.models import Agreement
from commitments.models import DateTally, DueBasis, Tally
from commitments.status import Status

LEAST_AGENCIES = 5


@dataclass(frozen=True, slots=True)
class Medians:
    """Over ``agencies`` leads: the middle number of late commitments and the middle share done, in whole percent."""

    agencies: int
    late: float
    done_percent: int


def medians(agreement: Agreement, own: Collection[int], *, at: dt.datetime) -> Medians | None:
    """Return the middle of all leads under an agreement; None with fewer than five others. Two queries of tallies.

    The reader's own agencies (primary keys) are left out of the count that protects the others.
    """
    total, done = Sum("n"), Sum("n", filter=Q(status=Status.DONE), default=0)
    led = Tally.objects.filter(agreement=agreement, lead__isnull=False).order_by().values_list("lead")
    counts = {lead: (count, finished) for lead, count, finished in led.annotate(total=total, done=done) if count}
    if len(counts.keys() - set(own)) < LEAST_AGENCIES:
        return None
    past = DateTally.objects.filter(agreement=agreement, due_basis=DueBasis.AGREED, passes_at__lte=at).order_by()
    late = dict(past.values_list("lead").annotate(late=Sum("n")))
    shares = [100 * finished / count for count, finished in counts.values()]
    return Medians(len(counts), median(late.get(lead, 0) for lead in counts), round(median(shares)))
