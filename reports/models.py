"""Report: a frozen snapshot with its PDF, its code and its digest; ReportJob: the work of making one."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, User
from agencies.standing import Standing
from reports.periods import read_period


class ReportStatus(models.TextChoices):
    """A report is a draft until somebody publishes it."""

    DRAFT = "DRAFT", _("Draf")
    PUBLISHED = "PUBLISHED", _("Terbit")


WRITTEN_BY_PUBLISHING = frozenset({"status", "pdf", "pdf_sha256", "pages", "published_by", "published_at"})
"""What publishing may still write; everything else in a report is fixed once it exists."""


def grouped(digest: str) -> str:
    """A digest in groups of eight, so that it can be read out and may break over lines."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about many reports."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Reports of the person's own agencies, and of agreements assigned for audit."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(Q(issuer__in=user.rights.own) | Q(agreement__in=user.rights.audited_agreements))

    def with_row_data(self) -> Self:
        """Everything a row shows."""
        return self.select_related("agreement", "issuer", "made_by", "published_by")


class Report(models.Model):
    """What could be said about one agreement in one period, as of one instant."""

    code = models.CharField(max_length=16, unique=True)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reports")
    issuer = models.ForeignKey(Agency, models.PROTECT, related_name="reports")
    period = models.CharField(max_length=12)
    starts_on = models.DateField()
    ends_on = models.DateField()
    as_of = models.DateTimeField()
    status = models.CharField(max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT)
    snapshot = models.TextField()
    snapshot_sha256 = models.CharField(max_length=64)
    audit_head = models.CharField(max_length=64, blank=True)
    draft_pdf = models.FileField(upload_to="reports/%Y", blank=True)
    pdf = models.FileField(upload_to="reports/%Y", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("laporan")
        constraints = [
            models.CheckConstraint(
                name="report_published_has_who_and_when",
                condition=(Q(status="PUBLISHED") & Q(published_at__isnull=False) & Q(published_by__isnull=False))
                | (Q(status="DRAFT") & Q(published_at__isnull=True) & Q(published_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="report_example_never_published", condition=Q(is_example=False) | Q(status="DRAFT")
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert once; afterwards only the fields that publishing writes may change (RuntimeError otherwise)."""
        fields = kwargs.get("update_fields")
        if not self._state.adding and (fields is None or not set(fields) <= WRITTEN_BY_PUBLISHING):
            raise RuntimeError("a report is fixed once it exists")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The report's page."""
        return reverse("reports:detail", args=[self.code])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: a code that was given out must stay known."""
        raise RuntimeError("a report is never deleted")

    @property
    def period_label(self) -> str:
        """The period in words: *Triwulan I 2026*."""
        return str(read_period(self.period))

    @property
    def snapshot_digest(self) -> str:
        """SHA-256 of the snapshot, in groups of eight as it is printed."""
        return grouped(self.snapshot_sha256)

    @property
    def pdf_digest(self) -> str:
        """SHA-256 of the published file, in groups of eight; empty for drafts."""
        return grouped(self.pdf_sha256)

    @property
    def is_published(self) -> bool:
        """Whether it was published (*Terbit*)."""
        return self.status == ReportStatus.PUBLISHED

    def standing(self) -> Standing:
        """The agency that made a report keeps it."""
        return Standing(host=frozenset({self.issuer_id}), agreement=self.agreement_id)


class JobState(models.TextChoices):
    """Where the making of a report stands."""

    WAITING = "WAITING", _("menunggu")
    RUNNING = "RUNNING", _("menyusun")
    DONE = "DONE", _("selesai")
    FAILED = "FAILED", _("gagal")


class ReportJobQuerySet(models.QuerySet["ReportJob"]):
    """Questions about many jobs."""

    def unfinished_of(self, user: User) -> Self:
        """What a person asked for and did not get yet, or not at all."""
        return self.filter(requested_by=user).exclude(state=JobState.DONE).select_related("agreement")


class ReportJob(models.Model):
    """One request for a report; the worker takes it with a lease, so that a killed one is taken again."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    period = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    step = models.CharField(max_length=120, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    snapshot = models.TextField(blank=True)  # kept, so that a second try prints the same numbers
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="jobs")
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReportJobQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.agreement} {self.period}: {self.state}"

    def get_absolute_url(self) -> str:
        """The page that shows how far the work is."""
        return reverse("reports:job", args=[self.pk])

    @property
    def period_label(self) -> str:
        """The period in words."""
        return str(read_period(self.period))

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (JobState.DONE, JobState.FAILED)
