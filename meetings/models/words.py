"""What was said, and the words everything came from."""

import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.models.event import AppendOnlyModel
from meetings.models.meeting import Meeting


class Statement(models.Model):
    """What somebody said at the meeting: a short quote with its source."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="statements")
    speaker = models.CharField(_("penutur"), max_length=160)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    verbatim = models.TextField(_("kutipan"))
    source_url = models.URLField(max_length=400, blank=True)
    may_quote = models.BooleanField(_("izin kutip"), default=False)
    quote_allowed_by = models.CharField(_("izin diberikan oleh"), max_length=200, blank=True)
    source = models.ForeignKey("SourceText", models.PROTECT, null=True, blank=True, related_name="statements")
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)

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
