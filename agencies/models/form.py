"""What forms need to lose nothing and to act once: drafts, one-time tokens, counters."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from agencies.models.people import User


class DraftQuerySet(models.QuerySet["Draft"]):
    """Questions about many drafts."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """A person's own; a colleague's is opened only by the permission of a page (``drafts.is_granted``)."""
        return self.filter(user=user) if isinstance(user, User) else self.none()


class Draft(models.Model):
    """What a person has typed into a form and not saved yet.

    Its words are shown to that person only; colleagues of ``agency`` learn that it is being written, by whom and
    about what (``label``), and may take it over.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="drafts")
    form = models.CharField(max_length=60)
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    label = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    taken_from = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

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
