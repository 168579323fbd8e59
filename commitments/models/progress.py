"""Progress and its evidence, and the verification of a claim by another person."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.models.event import AppendOnlyModel
from commitments.models.commitment import Commitment
from config.files import PICTURES

if TYPE_CHECKING:
    from commitments.models.photo import PhotoConsent


class SourceKind(models.TextChoices):
    """How the host learned what it records on another agency's behalf."""

    LETTER = "LETTER", _("surat")
    WHATSAPP = "WHATSAPP", _("WhatsApp")
    PHONE = "PHONE", _("telepon")
    MEETING = "MEETING", _("rapat")


class ProgressKind(models.TextChoices):
    """What an entry of the journal says."""

    NEWS = "NEWS", _("perkembangan")
    OBSTACLE = "OBSTACLE", _("kendala")
    CLAIM = "CLAIM", _("laporan selesai")


class Progress(AppendOnlyModel):
    """One dated entry of the journal; a correction is a new entry."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="progress")
    kind = models.CharField(max_length=8, choices=ProgressKind, default=ProgressKind.NEWS)
    text = models.TextField(_("perkembangan"))
    realised = models.DecimalField(_("realisasi"), max_digits=14, decimal_places=2, null=True, blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    source_kind = models.CharField(_("sumber"), max_length=8, choices=SourceKind, blank=True)
    source_text = models.CharField(_("siapa yang menyampaikan"), max_length=200, blank=True)
    source_on = models.DateField(_("tanggal disampaikan"), null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="progress_on_behalf_has_source",
                condition=Q(on_behalf_of__isnull=True)
                | (~Q(source_kind="") & ~Q(source_text="") & Q(source_on__isnull=False)),
                violation_error_message=_("Sebutkan sumber, tanggal, dan siapa yang menyampaikan."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class EvidenceKind(models.TextChoices):
    """Forms of proof."""

    FILE = "FILE", _("berkas")
    LINK = "LINK", _("tautan")
    LETTER = "LETTER", _("nomor surat")


class Sensitivity(models.TextChoices):
    """Who may see a proof; internal unless somebody says otherwise."""

    INTERNAL = "INTERNAL", _("internal")
    GENERAL = "GENERAL", _("umum")


class Evidence(AppendOnlyModel):
    """A proof (*bukti dukung*). ``sha256_received`` is of the bytes sent, ``sha256`` of the bytes kept."""

    progress = models.ForeignKey(Progress, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=6, choices=EvidenceKind)
    file = models.FileField(upload_to="evidence/%Y/%m", blank=True)
    name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256_received = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    link = models.URLField(_("tautan"), max_length=400, blank=True)
    letter_number = models.CharField(_("nomor surat"), max_length=120, blank=True)
    letter_on = models.DateField(_("tanggal surat"), null=True, blank=True)
    sensitivity = models.CharField(max_length=8, choices=Sensitivity, default=Sensitivity.INTERNAL)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_is_what_it_says",
                condition=(Q(kind="FILE") & ~Q(file="") & ~Q(sha256=""))
                | (Q(kind="LINK") & ~Q(link=""))
                | (Q(kind="LETTER") & ~Q(letter_number="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.link or self.letter_number

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.content_type in PICTURES

    @property
    def consent(self) -> "PhotoConsent | None":
        """The last answer to whether it may be printed."""
        answers = list(self.photo_consents.all())
        return answers[-1] if answers else None


class Verdict(models.TextChoices):
    """What the verifier decided."""

    ACCEPTED = "ACCEPTED", _("dinyatakan selesai")
    RETURNED = "RETURNED", _("dikembalikan untuk dilengkapi")


class Verification(AppendOnlyModel):
    """A claim decided by another person, or by a signed document whose signer is not the submitter."""

    claim = models.ForeignKey(Progress, models.PROTECT, related_name="verifications")
    verdict = models.CharField(max_length=8, choices=Verdict)
    claimed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    signer_name = models.CharField(max_length=120, blank=True)
    signer_post = models.CharField(max_length=160, blank=True)
    seen_digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="verification_never_own_claim",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("claimed_by")),
            ),
            models.CheckConstraint(
                name="verification_by_person_or_document",
                condition=(Q(decided_by__isnull=False) & Q(document__isnull=True))
                | (Q(decided_by__isnull=True) & Q(document__isnull=False)),
            ),
            models.CheckConstraint(
                name="verification_return_has_reason", condition=Q(verdict="ACCEPTED") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()
