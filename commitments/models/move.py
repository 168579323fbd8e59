"""Move: every change of status, so that the state as of any instant can be told."""

from django.db import models

from agencies.models import User
from agencies.models.event import AppendOnlyModel
from commitments.models.commitment import Commitment
from commitments.status import Status, Verb


class Move(AppendOnlyModel):
    """From one status to the next by a named verb. The first Move has no ``from_status``."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="moves")
    from_status = models.CharField(max_length=11, choices=Status, blank=True)
    to_status = models.CharField(max_length=11, choices=Status)
    verb = models.CharField(max_length=12, choices=Verb)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["commitment", "at"], name="move_as_of")]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.verb}"
