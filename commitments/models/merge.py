"""Two records of one promise made one; undone by what is written here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from commitments.models.commitment import Commitment
from commitments.status import Status


class CommitmentMerge(models.Model):
    """``source`` was the same promise as ``target``; the source keeps its code, journal and words and points on."""

    source = models.ForeignKey(Commitment, models.PROTECT, related_name="merges_out")
    target = models.ForeignKey(Commitment, models.PROTECT, related_name="merges_in")
    status_before = models.CharField(max_length=11, choices=Status)
    reason = models.TextField(_("alasan"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source_id} -> {self.target_id}"
