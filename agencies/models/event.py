"""The trail: append-only, hash-chained, without foreign keys, so that it never blocks or follows live rows."""

from typing import Any

from django.db import models


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or remove a row that may only be added."""


class AppendOnlyModel(models.Model):
    """A row that is written once; triggers of :mod:`agencies.triggers` hold the same in the database."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse an update."""
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise AppendOnlyError(f"{type(self).__name__} is append-only")


class Event(AppendOnlyModel):
    """One thing that happened, by whom, for which agency; never holds personal values."""

    seq = models.PositiveBigIntegerField(unique=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    actor_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    agency_code = models.CharField(max_length=24, blank=True)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_code = models.CharField(max_length=60)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)  # field name -> SHA-256 of the free text kept in EventText

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["object_kind", "object_code", "seq"], name="event_by_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.object_code}"


class EventText(models.Model):
    """Free text of an event, outside the chain: erasing it for privacy leaves the chain whole."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="free_texts")
    field = models.CharField(max_length=40)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "field"], name="event_text_once")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.field}"


class EventHead(models.Model):
    """The last link of the chain: one row, locked last in every action."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:8]}"
