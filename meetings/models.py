"""What was held: meetings, who was there, what was said, and the words everything came from."""

import hashlib
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, User
from agencies.models.event import AppendOnlyModel
from agencies.standing import Standing


class MeetingKind(models.TextChoices):
    """Kinds of meetings."""

    AUDIENCE = "AUDIENCE", _("Audiensi")
    COORDINATION = "COORDINATION", _("Rapat koordinasi")
    FOLLOW_UP = "FOLLOW_UP", _("Rapat tindak lanjut")
    EVALUATION = "EVALUATION", _("Monitoring dan evaluasi")
    OUTREACH = "OUTREACH", _("Sosialisasi")
    SIGNING = "SIGNING", _("Penandatanganan")


class MeetingStatus(models.TextChoices):
    """Whether it took place."""

    PLANNED = "PLANNED", _("direncanakan")
    HELD = "HELD", _("terlaksana")
    POSTPONED = "POSTPONED", _("ditunda")
    CANCELLED = "CANCELLED", _("dibatalkan")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about many meetings."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Own meetings always; others once shared, when the person's agency was there or has part in a shared line."""
        if not isinstance(user, User):
            return self.none()
        rights = user.rights
        own = rights.own
        shared = Q(shared_at__isnull=False)
        audited = Q(agreement__in=rights.audited_agreements)
        present = Q(counterpart__in=own) | Q(attendance__agency__in=own)
        named = Q(commitments__lead__in=own) | Q(commitments__contributions__agency__in=own)
        involved = Q(commitments__shared_at__isnull=False) & named
        visible = Q(host_agency__in=own) | (shared & (audited | present | involved))
        return self.filter(pk__in=self.model._default_manager.filter(visible).values("pk"), is_discarded=False)

    def with_row_data(self) -> Self:
        """Everything a row of the list shows, at constant cost."""
        return self.select_related("host_agency", "counterpart", "agreement").annotate(
            commitment_count=models.Count("commitments", filter=Q(commitments__is_discarded=False), distinct=True)
        )


class Meeting(models.Model):
    """A meeting between agencies; logged by its ``host_agency`` (pengelola), who keeps the record."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(_("jenis"), max_length=14, choices=MeetingKind, default=MeetingKind.AUDIENCE)
    status = models.CharField(_("keadaan"), max_length=10, choices=MeetingStatus, default=MeetingStatus.HELD)
    held_on = models.DateField(_("tanggal"))
    host_agency = models.ForeignKey(Agency, models.PROTECT, related_name="hosted_meetings")
    counterpart = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("instansi mitra")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("kesepakatan")
    )
    led_by = models.CharField(_("dipimpin oleh"), max_length=200, blank=True)
    received_by = models.CharField(_("diterima oleh"), max_length=200, blank=True)
    place = models.CharField(_("tempat"), max_length=200, blank=True)
    is_open_list = models.BooleanField(_("daftar terbuka"), default=False)
    minutes = models.TextField(_("notula singkat"), blank=True)
    source_url = models.URLField(_("alamat sumber"), max_length=400, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    is_example = models.BooleanField(default=False)
    is_discarded = models.BooleanField(default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("pertemuan")
        indexes = [models.Index(fields=["host_agency", "held_on"], name="meeting_by_host")]
        constraints = [
            models.CheckConstraint(
                name="meeting_discarded_only_as_draft", condition=Q(is_discarded=False) | Q(shared_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("meetings:detail", args=[self.code])

    def standing(self) -> Standing:
        """Its host keeps it; once shared, leads, supporters and those present may read it."""
        lines = self.commitments.kept().exclude(status="DRAFT")
        return Standing(
            host=frozenset({self.host_agency_id}),
            lead=frozenset(lines.exclude(lead=None).values_list("lead", flat=True)),
            contributors=frozenset(lines.exclude(contributions=None).values_list("contributions__agency", flat=True)),
            present=frozenset(
                {*self.attendance.values_list("agency", flat=True), *filter(None, [self.counterpart_id])}
            ),
            agreement=self.agreement_id,
            is_draft=not self.is_shared,
        )

    @property
    def is_shared(self) -> bool:
        """Whether its lines were made known (*disampaikan*)."""
        return self.shared_at is not None


class FileKind(models.TextChoices):
    """The file set of a meeting (naskah pertemuan)."""

    INVITATION = "INVITATION", _("Surat undangan")
    ATTENDANCE = "ATTENDANCE", _("Daftar hadir")
    MINUTES = "MINUTES", _("Notula")
    RECORD = "RECORD", _("Berita acara")
    ASSIGNMENT = "ASSIGNMENT", _("Surat tugas")
    SLIDES = "SLIDES", _("Paparan")
    PHOTO = "PHOTO", _("Dokumentasi")


class MeetingFile(models.Model):
    """A file of the meeting; private, served by policy as an attachment."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="files")
    kind = models.CharField(_("jenis berkas"), max_length=12, choices=FileKind)
    file = models.FileField(upload_to="meetings/%Y/%m")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256_received = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    letter_number = models.CharField(_("nomor surat"), max_length=120, blank=True)
    letter_on = models.DateField(_("tanggal surat"), null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


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


class Statement(models.Model):
    """What somebody said at the meeting: a short quote with its source."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="statements")
    speaker = models.CharField(_("penutur"), max_length=160)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    verbatim = models.TextField(_("kutipan"))
    source_url = models.URLField(max_length=400, blank=True)
    may_quote = models.BooleanField(_("izin kutip"), default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.verbatim[:60]


class SourceText(AppendOnlyModel):
    """The original words, for ever. Offsets into it are code points; its line ends are ``\\n``."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="source_texts")
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    label = models.CharField(max_length=160)
    source_url = models.URLField(max_length=400, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert, with the digest of the text."""
        self.sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        super().save(*args, **kwargs)
