"""PressText: words for the public, drafted from facts, released by a person."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Agreement, User
from agencies.standing import Standing
from meetings.models import Meeting
from reports.models.report import Report


class PressKind(models.TextChoices):
    """What a text tells: what was promised this afternoon, or what was done and verified."""

    MEETING = "MEETING", _("hasil pertemuan")
    PROGRESS = "PROGRESS", _("kemajuan")


class PressState(models.TextChoices):
    """A text is a draft until somebody releases it."""

    DRAFT = "DRAFT", _("Draf")
    RELEASED = "RELEASED", _("Dirilis")


class PressTextQuerySet(models.QuerySet["PressText"]):
    """Questions about many texts."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Texts of the person's own agencies."""
        return self.filter(issuer__in=user.rights.own) if isinstance(user, User) else self.none()


class PressText(models.Model):
    """``facts``: what the text was drafted from, canonical JSON with its SHA-256, so that it can be checked later."""

    kind = models.CharField(max_length=8, choices=PressKind)
    issuer = models.ForeignKey(Agency, models.PROTECT, related_name="press_texts")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="press_texts")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="press_texts")
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="press_texts")
    title = models.CharField(_("judul"), max_length=200)
    text = models.TextField(_("naskah"))
    facts = models.TextField()
    facts_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=PressState, default=PressState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    objects = PressTextQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="press_released_has_who",
                condition=(Q(state="RELEASED") & Q(released_at__isnull=False) & Q(released_by__isnull=False))
                | (Q(state="DRAFT") & Q(released_at__isnull=True) & Q(released_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="press_example_never_released", condition=Q(is_example=False) | Q(state="DRAFT")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The text's page."""
        return reverse("reports:press", args=[self.pk])

    def standing(self) -> Standing:
        """The agency that wrote it keeps it."""
        return Standing(host=frozenset({self.issuer_id}), agreement=self.agreement_id)
