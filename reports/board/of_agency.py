"""What the page of an agency counts: the commitments it leads and supports, as far as a person may see."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet

from agencies.models import Agency, User
from commitments.models import Commitment
from commitments.models.commitment import CommitmentQuerySet
from commitments.status import Condition
from reports.board.drawing import Conditions, conditions

ROWS = 10


@dataclass(frozen=True)
class Promises:
    """How many commitments of an agency a person may see; ``by_condition`` are those it leads, by condition."""

    by_condition: dict[str, int]
    supporting: int
    conditions: Conditions

    @property
    def led(self) -> int:
        """Those it leads."""
        return sum(self.by_condition.values())

    @property
    def done(self) -> int:
        """Verified."""
        return self.by_condition.get(Condition.DONE, 0)

    @property
    def overdue(self) -> int:
        """Past an agreed date."""
        return self.by_condition.get(Condition.LATE, 0)


def numbers(agency: Agency, user: User, at: dt.datetime) -> dict[str, Any]:
    """Count for the page of an agency; the first :data:`ROWS` rows are read when they are shown."""
    led, supported = _led(agency, user), _supported(agency, user)
    conditioned: Any = led.with_condition(at=at).order_by()
    by_condition = dict(conditioned.values_list("condition").annotate(n=Count("*")))
    return {
        "promises": Promises(by_condition, supported.count(), conditions(by_condition, penanggung_jawab=agency.code)),
        "led_rows": _rows(led, at=at)[:ROWS],
        "supported_rows": _rows(supported, at=at)[:ROWS],
    }


def _led(agency: Agency, user: User) -> CommitmentQuerySet:
    return Commitment.objects.visible_to(user).counted().filter(lead=agency)


def _supported(agency: Agency, user: User) -> CommitmentQuerySet:
    return Commitment.objects.visible_to(user).counted().filter(pk__in=agency.contributions.values("commitment"))


def _rows(commitments: CommitmentQuerySet, *, at: dt.datetime) -> QuerySet[Any]:
    """What a row shows, the nearest date first, at constant cost."""
    rows = commitments.with_condition(at=at).select_related("lead")
    return rows.order_by(F("due_on").asc(nulls_last=True), "code")
