"""How long an agreed date is past, in four groups; the same groups on pages, in filters and in reports."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.models.commitment import DueBasis, past
from commitments.status import Status


@dataclass(frozen=True, slots=True)
class Age:
    """A group of late commitments: ``first`` to ``last`` calendar days past the date; the oldest has no ``last``.

    ``key`` stands in addresses and names of figures.
    """

    key: str
    label: str | Promise
    first: int
    last: int | None

    def __contains__(self, days: int) -> bool:
        return self.first <= days and (self.last is None or days <= self.last)


AGES = (
    Age("1-7", _("1 sampai 7 hari"), 1, 7),
    Age("8-30", _("8 sampai 30 hari"), 8, 30),
    Age("31-90", _("31 sampai 90 hari"), 31, 90),
    Age("91", _("lebih dari 90 hari"), 91, None),
)


def aged(age: Age, *, at: dt.datetime) -> Q:
    """Late for as many days as ``age`` says; a claim is as old as when its clock was stopped.

    Days are those of the keeper's zone: ``late_from`` is a midnight there, and no zone has summer time.
    """
    first = dt.timedelta(days=age.first - 1)
    is_claim = Q(status=Status.SUBMITTED)
    old_enough = (~is_claim & Q(late_from__lte=at - first)) | (is_claim & Q(late_from__lte=F("submitted_at") - first))
    if age.last is None:
        return past(DueBasis.AGREED, at=at) & old_enough
    last = dt.timedelta(days=age.last)
    young_enough = (~is_claim & Q(late_from__gt=at - last)) | (is_claim & Q(late_from__gt=F("submitted_at") - last))
    return past(DueBasis.AGREED, at=at) & old_enough & young_enough
