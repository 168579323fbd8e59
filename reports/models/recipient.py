"""ReportRecipient: an address without an account that gets issued reports by mail."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, User
from agencies.standing import Standing
from reports.models.report import Audience


class Cadence(models.TextChoices):
    """When the stored PDF is sent."""

    ON_PUBLISH = "ON_PUBLISH", _("saat laporan terbit")
    MONTHLY = "MONTHLY", _("awal bulan")
    QUARTERLY = "QUARTERLY", _("awal triwulan")


class ReportRecipientQuerySet(models.QuerySet["ReportRecipient"]):
    """Questions about many addresses."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Addresses kept by the person's own agencies."""
        return self.filter(issuer__in=user.rights.own) if isinstance(user, User) else self.none()

    def active(self) -> Self:
        """Those that still want it."""
        return self.filter(stopped_at=None)


class ReportRecipient(models.Model):
    """Who gets the reports of one issuer on one agreement. ``token`` lets the reader stop it without signing in."""

    issuer = models.ForeignKey(Agency, models.PROTECT, related_name="report_recipients")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="report_recipients")
    post_text = models.CharField(_("jabatan penerima"), max_length=160)
    address = models.EmailField(_("surel"))
    audience = models.CharField(_("versi"), max_length=8, choices=Audience, default=Audience.PUBLIC)
    cadence = models.CharField(_("waktu kirim"), max_length=10, choices=Cadence, default=Cadence.ON_PUBLISH)
    token = models.CharField(max_length=43, unique=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = ReportRecipientQuerySet.as_manager()

    class Meta:
        ordering = ["agreement", "post_text"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "agreement", "address", "audience"],
                condition=Q(stopped_at=None),
                name="report_recipient_once",
            ),
        ]

    def __str__(self) -> str:
        return self.post_text

    def standing(self) -> Standing:
        """The agency that added it keeps it."""
        return Standing(host=frozenset({self.issuer_id}), agreement=self.agreement_id)
