"""Report: a frozen snapshot with its PDF, its code and its digest."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, Role, User
from agencies.standing import Standing
from reports.counting.periods import read_period
from reports.options import ReportOptions


class ReportStatus(models.TextChoices):
    """A report is a draft until somebody publishes it; where two keys are asked for, one prepares and one releases."""

    DRAFT = "DRAFT", _("Draf")
    PREPARED = "PREPARED", _("Menunggu rilis")
    PUBLISHED = "PUBLISHED", _("Terbit")
    WITHDRAWN = "WITHDRAWN", _("Ditarik")


class Audience(models.TextChoices):
    """Who a report is for; the public one has totals and scope items, and names only agencies that agreed."""

    INTERNAL = "INTERNAL", _("internal")
    PUBLIC = "PUBLIC", _("publik")


WRITTEN_BY_PUBLISHING = frozenset({"status", "pdf", "pdf_sha256", "pages", "published_by", "published_at"})
WRITTEN_LATER = WRITTEN_BY_PUBLISHING | {
    "prepared_by", "prepared_at", "replaced_by", "withdrawn_by", "withdrawn_at", "withdrawal_reason",
    "letter_number", "letter_on", "signed_scan", "signed_scan_sha256", "archive_pdf", "archive_pdf_sha256",
}  # fmt: skip
"""What may still be written; everything else in a report, above all its snapshot, is fixed once it exists."""


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
        return self.select_related(
            "agreement", "issuer", "made_by", "prepared_by", "published_by", "withdrawn_by", "revises", "replaced_by"
        )

    def in_force(self, *, agreement: Agreement, issuer: Agency, period: str, options: ReportOptions) -> "Report | None":
        """The published word of ``issuer`` that was asked for in the same words; ``period`` is its code.

        Neither replaced nor withdrawn. Options are compared as they are meant, for databases keep them in any order.
        """
        told = self.filter(agreement=agreement, issuer=issuer, period=period)
        current = told.filter(status=ReportStatus.PUBLISHED, replaced_by=None).defer("snapshot")
        return next((one for one in current.order_by("-published_at", "-pk") if one.chosen == options), None)

    def awaiting_release(self, user: User) -> Self:
        """Reports that another person prepared and that this supervisor may release now."""
        posts = user.rights.by_role[Role.SUPERVISOR]
        prepared = self.filter(status=ReportStatus.PREPARED, issuer__in=posts).exclude(prepared_by=user)
        return prepared.exclude(revises__replaced_by__isnull=False)

    def lineage_of(self, report: "Report") -> list["Report"]:
        """The report with all that came before and after it by revision, oldest first; drafts among them."""
        found, fresh = {report.pk}, {report.pk}
        while fresh:
            near = self.filter(Q(revises__in=fresh) | Q(revisions__in=fresh)).values_list("pk", flat=True)
            fresh = set(near) - found
            found |= fresh
        return list(self.filter(pk__in=found).with_row_data().order_by("revision", "pk"))


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

    options = models.JSONField(default=dict, blank=True)
    audience = models.CharField(_("untuk"), max_length=8, choices=Audience, default=Audience.INTERNAL)
    revision = models.PositiveSmallIntegerField(default=1)
    revises = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="revisions")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(_("alasan penarikan"), blank=True)
    letter_number = models.CharField(_("nomor naskah dinas"), max_length=120, blank=True)
    letter_on = models.DateField(_("tanggal naskah dinas"), null=True, blank=True)
    signed_scan = models.FileField(_("pindaian bertanda tangan"), upload_to="reports/%Y", blank=True)
    signed_scan_sha256 = models.CharField(max_length=64, blank=True)
    archive_pdf = models.FileField(upload_to="reports/%Y", blank=True)
    archive_pdf_sha256 = models.CharField(max_length=64, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("laporan")
        constraints = [
            models.CheckConstraint(
                name="report_published_has_who_and_when",
                condition=(
                    Q(status__in=["PUBLISHED", "WITHDRAWN"])
                    & Q(published_at__isnull=False)
                    & Q(published_by__isnull=False)
                )
                | (Q(status__in=["DRAFT", "PREPARED"]) & Q(published_at__isnull=True) & Q(published_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="report_example_never_published", condition=Q(is_example=False) | Q(status="DRAFT")
            ),
            models.CheckConstraint(
                name="report_released_by_another",
                condition=Q(prepared_by__isnull=True)
                | Q(published_by__isnull=True)
                | ~Q(prepared_by=models.F("published_by")),
            ),
            models.CheckConstraint(
                name="report_prepared_has_who",
                condition=~Q(status="PREPARED") | (Q(prepared_by__isnull=False) & Q(prepared_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="report_withdrawn_has_reason",
                condition=(Q(status="WITHDRAWN") & Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""))
                | (~Q(status="WITHDRAWN") & Q(withdrawn_at__isnull=True)),
            ),
            models.UniqueConstraint(
                name="report_revised_once",
                fields=["revises"],
                condition=Q(status__in=["PUBLISHED", "WITHDRAWN"]),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert once; afterwards only :data:`WRITTEN_LATER` may change (RuntimeError otherwise)."""
        fields = kwargs.get("update_fields")
        if not self._state.adding and (fields is None or not set(fields) <= WRITTEN_LATER):
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
    def file_stem(self) -> str:
        """What the names of its files begin with."""
        return f"laporan-{self.agreement.code}-{self.period}-{self.code}"

    @property
    def snapshot_digest(self) -> str:
        """SHA-256 of the snapshot, in groups of eight as it is printed."""
        return grouped(self.snapshot_sha256)

    @property
    def pdf_digest(self) -> str:
        """SHA-256 of the published file, in groups of eight; empty for drafts."""
        return grouped(self.pdf_sha256)

    @property
    def archive_pdf_digest(self) -> str:
        """SHA-256 of the archive file, in groups of eight; empty when there is none."""
        return grouped(self.archive_pdf_sha256)

    @property
    def is_published(self) -> bool:
        """Whether it stands published (*Terbit*), replaced or not."""
        return self.status == ReportStatus.PUBLISHED

    @property
    def was_issued(self) -> bool:
        """Whether it was ever published; withdrawn ones were."""
        return self.status in (ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN)

    @property
    def is_current(self) -> bool:
        """Whether it is the published word of its agency: neither replaced nor withdrawn."""
        return self.is_published and self.replaced_by_id is None

    @property
    def chosen(self) -> ReportOptions:
        """What was chosen when it was made."""
        return ReportOptions.from_json(self.options)

    def standing(self) -> Standing:
        """The agency that made a report keeps it."""
        return Standing(host=frozenset({self.issuer_id}), agreement=self.agreement_id)
