"""The leads and agreements of what a person may see, told mostly by the tallies: no page reads all commitments."""

from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from agencies.models import User
from commitments.models import Commitment
from commitments.models.commitment import reached_by
from commitments.models.tally import Tally
from commitments.status import Status
from config.prepared import prepared

GONE = (Status.VOID, Status.MERGED)


def seen_values(field: str, user: User, *, with_gone: bool = True) -> RawSQL:
    """Keys in ``field`` (lead, agreement) of the commitments that ``user`` may see, to stand behind ``__in``.

    Unless ``with_gone`` those are left out that were cancelled or merged, and are inside no number.
    """
    rights = user.rights
    agreements = frozenset({*rights.audited_agreements, *rights.open_agreements()})
    return _seen_values(field, rights.own, agreements, with_gone=with_gone)


@lru_cache(maxsize=512)
def _seen_values(field: str, own: frozenset[int], agreements: frozenset[int], *, with_gone: bool) -> RawSQL:
    """The reasons of ``CommitmentQuerySet.visible_to``; of drafts and of what fell out of totals no tally tells.

    Every part stands alone, so that each can be looked up in an index of its own.
    """
    near = Q(host_agency__in=own) | Q(lead__in=own) | Q(agreement__in=agreements)
    rows = Commitment.objects.kept()
    reached = rows.filter(pk__in=reached_by(own))
    untold: list[QuerySet[Any, Any]] = [
        rows.drafts().filter(host_agency__in=own),
        reached.exclude(status=Status.DRAFT) if with_gone else reached.counted(),
    ]
    if with_gone:
        untold.append(rows.filter(near, status__in=GONE))
    told = Tally.objects.filter(near).order_by().values(field)
    return prepared(told.union(*(part.order_by().values(field) for part in untold)))
