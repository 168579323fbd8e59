"""What forms need to lose nothing and to act once: drafts, one-time tokens, counters."""

from typing import Any

from django.db import models

from agencies.models.people import User


class Draft(models.Model):
    """What a person has typed into a form and not saved yet; readable to that person only."""

    user = models.ForeignKey(User, models.PROTECT, related_name="drafts")
    form = models.CharField(max_length=60)
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="draft_once_per_form")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.form}"


class FormToken(models.Model):
    """A form that was acted on: the second click finds the first one's result."""

    token = models.UUIDField(unique=True)
    user = models.ForeignKey(User, models.PROTECT, null=True)
    digest = models.CharField(max_length=64)
    result = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.token)


class Counter(models.Model):
    """The last number given for a kind of code in a year; locked in the creating transaction."""

    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.kind}-{self.year}: {self.last}"
