"""Terms: every version of what was promised. Consent: who stood by which version, and how firmly."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.models.event import AppendOnlyModel
from commitments.models.commitment import Commitment, DueBasis


class Terms(AppendOnlyModel):
    """One version of wording, owner, date and target; the commitment copies the binding one."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="terms")
    n = models.PositiveSmallIntegerField()
    wording = models.TextField()
    lead = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    due_basis = models.CharField(max_length=8, choices=DueBasis, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    unit = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["commitment", "n"]
        indexes = [models.Index(fields=["at"], name="terms_after_first", condition=Q(n__gt=1))]
        constraints = [models.UniqueConstraint(fields=["commitment", "n"], name="terms_numbered_once")]

    def __str__(self) -> str:
        return f"{self.commitment_id}/{self.n}"


class Answer(models.TextChoices):
    """What an agency said to a version."""

    AGREED = "AGREED", _("sepakat")
    PROPOSED_CHANGE = "PROPOSED_CHANGE", _("usul perubahan")
    OBJECTED = "OBJECTED", _("keberatan")


class Strength(models.TextChoices):
    """How firmly an agency stands by a version; recorded is the weakest and needs no Consent row."""

    RECORDED = "RECORDED", _("dicatat")
    IN_MEETING = "IN_MEETING", _("disepakati dalam rapat")
    CONFIRMED = "CONFIRMED", _("dikonfirmasi")


class Consent(AppendOnlyModel):
    """An agency's answer to one version: who said it (name and post), where, when."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="consents")
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="consents")
    answer = models.CharField(max_length=16, choices=Answer, default=Answer.AGREED)
    strength = models.CharField(max_length=10, choices=Strength)
    name = models.CharField(max_length=120, blank=True)
    post_text = models.CharField(max_length=160, blank=True)
    source = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["answer", "terms"], name="consent_by_answer")]
        constraints = [
            models.CheckConstraint(name="consent_objection_has_words", condition=~Q(answer="OBJECTED") | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_answer_display()}"
