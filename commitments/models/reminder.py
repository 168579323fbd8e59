"""Reminder: the ledger of rungs; one row per commitment, rung, date and recipient, for ever."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Delivery
from commitments.models.commitment import Commitment


class Rung(models.TextChoices):
    """Steps of the ladder in the profile *Satu kantor*."""

    BEFORE_7 = "H-7", "H-7"
    BEFORE_1 = "H-1", "H-1"
    DUE = "H", "H"
    AFTER_1 = "H+1", "H+1"
    AFTER_7 = "H+7", "H+7"
    GAPS = "GAPS", _("lengkapi")


class ReminderState(models.TextChoices):
    """What became of a rung."""

    PLANNED = "PLANNED", _("direncanakan")
    SENT = "SENT", _("terkirim")
    SKIPPED = "SKIPPED", _("dilewati")
    CANCELLED = "CANCELLED", _("dibatalkan")
    FAILED = "FAILED", _("gagal")


class Reminder(models.Model):
    """A rung that was reached. ``recipient`` is ``user:7``, ``contact:3`` or ``host:user:7`` (tugas: hubungi)."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="reminders")
    rung = models.CharField(max_length=6, choices=Rung)
    due_on = models.DateField()
    recipient = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=ReminderState, default=ReminderState.PLANNED)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="reminders")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "rung", "due_on", "recipient"], name="reminder_rung_once")
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.rung} {self.recipient}"
