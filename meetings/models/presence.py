"""Who was there: agencies and people, and what people wrote of themselves at the door."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from meetings.models.meeting import Meeting


class Attendance(models.Model):
    """An agency that was there, perhaps with a person (name may be empty: *perwakilan*)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="attendance")
    name = models.CharField(_("nama"), max_length=120, blank=True)
    post_text = models.CharField(_("jabatan"), max_length=160, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.agency} {self.name or self.post_text}".strip()


class CheckIn(models.Model):
    """What a person wrote on the check-in page of the room. It gives no rights until the host takes it over.

    ``agency`` is set only when the typed name is one of the directory's.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="checkins")
    name = models.CharField(_("nama"), max_length=120)
    post_text = models.CharField(_("jabatan"), max_length=160, blank=True)
    agency_text = models.CharField(_("instansi"), max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
