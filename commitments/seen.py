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


def seen_values(field: str, user: User) -> RawSQL:
    """Keys in ``field`` (lead, agreement) of the commitments that ``user`` may see, to stand behind ``__in``."""
    rights = user.rights
    return _seen_values(field, rights.own, frozenset({*rights.audited_agreements, *rights.open_agreements()}))


@lru_cache(maxsize=512)
def _seen_values(field: str, own: frozenset[int], agreements: frozenset[int]) -> RawSQL:
    """The reasons of ``CommitmentQuerySet.visible_to``; of drafts and of what fell out of totals no tally tells.

    Every part stands alone, so that each can be looked up in an index of its own.
    """
    near = Q(host_agency__in=own) | Q(lead__in=own) | Q(agreement__in=agreements)
    rows = Commitment.objects.kept()
    untold: list[QuerySet[Any, Any]] = [
        rows.drafts().filter(host_agency__in=own),
        rows.filter(near, status__in=(Status.VOID, Status.MERGED)),
        rows.exclude(status=Status.DRAFT).filter(pk__in=reached_by(own)),
    ]
    told = Tally.objects.whole().filter(near).order_by().values(field)
    return prepared(told.union(*(part.order_by().values(field) for part in untold)))
