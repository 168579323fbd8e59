"""Erratum (*Lembar Ralat*): what later data say about figures that were issued."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Role, User
from agencies.standing import Standing
from reports.models.report import Report, ReportStatus


class ErratumState(models.TextChoices):
    """An erratum is drafted by the system; people issue it or say why it is not needed."""

    DRAFT = "DRAFT", _("Draf")
    ISSUED = "ISSUED", _("Terbit")
    DISMISSED = "DISMISSED", _("Tidak diperlukan")


class ErratumQuerySet(models.QuerySet["Erratum"]):
    """Questions about many errata."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Errata of the reports a person may read."""
        return self.filter(report__in=Report.objects.visible_to(user))

    def awaiting_release(self, user: User) -> Self:
        """Errata that another person prepared and that this supervisor may release now."""
        posts = user.rights.by_role[Role.SUPERVISOR]
        current = Report.objects.filter(status=ReportStatus.PUBLISHED, replaced_by=None)
        reports = current.filter(issuer__in=posts, issuer__two_key_publishing=True)
        prepared = self.filter(state=ErratumState.DRAFT, prepared_by__isnull=False, report__in=reports)
        return prepared.exclude(prepared_by=user)


class Erratum(models.Model):
    """``items``: figure, label, issued and present value, codes of the rows behind; canonical JSON, hashed."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="errata")
    n = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=ErratumState, default=ErratumState.DRAFT)
    items = models.TextField()
    items_sha256 = models.CharField(max_length=64)
    as_of = models.DateTimeField()
    found_at = models.DateTimeField()
    note = models.TextField(_("keterangan"), blank=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    pdf = models.FileField(upload_to="reports/%Y", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    objects = ErratumQuerySet.as_manager()

    class Meta:
        ordering = ["report", "n"]
        constraints = [
            models.UniqueConstraint(fields=["report", "n"], name="erratum_numbered_once"),
            models.UniqueConstraint(fields=["report"], condition=Q(state="DRAFT"), name="erratum_one_draft"),
            models.CheckConstraint(
                name="erratum_decided_has_who",
                condition=(Q(state="DRAFT") & Q(decided_at__isnull=True))
                | (~Q(state="DRAFT") & Q(decided_at__isnull=False) & Q(decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="erratum_prepared_has_who",
                condition=(Q(prepared_by__isnull=True) & Q(prepared_at__isnull=True))
                | (Q(prepared_by__isnull=False) & Q(prepared_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="erratum_released_by_another",
                condition=~Q(state="ISSUED") | Q(prepared_by__isnull=True) | ~Q(prepared_by=models.F("decided_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report.code}/ralat-{self.n}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("reports:erratum", args=[self.report.code, self.n])

    def standing(self) -> Standing:
        """As its report."""
        return self.report.standing()
