"""Delivery: the envelope of every notice, and the proof that it went out."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from agencies.models.people import Contact, User


class Channel(models.TextChoices):
    """Ways a notice travels."""

    APP = "APP", _("dalam aplikasi")
    EMAIL = "EMAIL", _("surel")
    WHATSAPP_MANUAL = "WHATSAPP_MANUAL", _("WhatsApp (dikirim petugas)")


class DeliveryState(models.TextChoices):
    """Where an envelope stands."""

    WAITING = "WAITING", _("menunggu")
    SENT = "SENT", _("terkirim")
    FAILED = "FAILED", _("gagal")
    CANCELLED = "CANCELLED", _("dibatalkan")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions about many envelopes."""

    def claimable(self, *, at: dt.datetime) -> Self:
        """Mail that may be sent now: its time has come and nobody holds a valid lease on it."""
        return self.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=at),
            state=DeliveryState.WAITING,
            channel=Channel.EMAIL,
            next_try_at__lte=at,
        )

    def notices_of(self, user: User) -> Self:
        """A person's notices in the app, newest first."""
        return self.filter(user=user, channel=Channel.APP).order_by("-created_at", "-pk")

    def to_send_by_hand(self, agencies: "set[int] | frozenset[int]") -> Self:
        """WhatsApp texts that officers of these agencies still have to send."""
        return self.filter(
            channel=Channel.WHATSAPP_MANUAL, state=DeliveryState.WAITING, handled_by__in=agencies
        ).order_by("created_at", "pk")


class Delivery(models.Model):
    """One message to one recipient over one channel. ``key`` makes planning it twice harmless."""

    key = models.CharField(max_length=160, unique=True)
    channel = models.CharField(max_length=16, choices=Channel)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="deliveries")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="deliveries")
    handled_by = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    path = models.CharField(max_length=200, blank=True)
    attachment = models.CharField(max_length=200, blank=True)  # name in the storage of files
    attachment_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "channel", "next_try_at"], name="delivery_due"),
            models.Index(fields=["user", "channel", "created_at"], name="delivery_of_user"),
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_sent_has_instant",
                condition=(Q(state="SENT") & Q(sent_at__isnull=False)) | (~Q(state="SENT") & Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.key
