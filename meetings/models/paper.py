"""The papers of a meeting: its file set, the agenda, and the minutes with their versions and answers."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.models.event import AppendOnlyModel
from config.files import PICTURES
from meetings.models.meeting import Meeting


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
    keep_until = models.DateField(_("disimpan sampai"), null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.content_type in PICTURES

    @property
    def consent(self) -> Any:
        """The last answer to whether it may be printed (PhotoConsent); None when nobody was asked."""
        answers = list(self.photo_consents.all())
        return answers[-1] if answers else None


class AgendaKind(models.TextChoices):
    """What an agenda item is about."""

    TOPIC = "TOPIC", _("Pembahasan")
    MINUTES = "MINUTES", _("Pengesahan notula sebelumnya")
    COMMITMENT = "COMMITMENT", _("Komitmen terbuka")


class AgendaItem(models.Model):
    """One item of the agenda with what was discussed and what came of it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("jenis"), max_length=10, choices=AgendaKind, default=AgendaKind.TOPIC)
    title = models.CharField(_("pokok bahasan"), max_length=300)
    about_code = models.CharField(_("komitmen atau pertemuan yang dibahas"), max_length=24, blank=True)
    discussion = models.TextField(_("pembahasan"), blank=True)
    outcome = models.TextField(_("hasil"), blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class MinutesVersion(AppendOnlyModel):
    """The minutes as they were sent: every fact of the document, for ever; corrections are new versions."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes_versions")
    n = models.PositiveSmallIntegerField()
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField(_("alasan perbaikan"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["meeting", "n"]
        constraints = [models.UniqueConstraint(fields=["meeting", "n"], name="minutes_version_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.n}"


class MinutesNoteKind(models.TextChoices):
    """What came back on a version of the minutes."""

    OBJECTION = "OBJECTION", _("keberatan")
    CORRECTION = "CORRECTION", _("usul perbaikan")
    APPROVAL = "APPROVAL", _("setuju")
    SIGNED = "SIGNED", _("disahkan")


class MinutesNote(AppendOnlyModel):
    """An answer to a version of the minutes: who said it, where it stands, and the signed copy if that is it."""

    version = models.ForeignKey(MinutesVersion, models.PROTECT, related_name="notes")
    kind = models.CharField(_("jenis"), max_length=10, choices=MinutesNoteKind)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    said_by = models.CharField(_("disampaikan oleh"), max_length=200, blank=True)
    source = models.CharField(_("sumber"), max_length=200, blank=True)
    words = models.TextField(_("isi"), blank=True)
    document = models.ForeignKey(MeetingFile, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.version} {self.kind}"
