"""Background work of the agencies app."""

from celery import shared_task
from django.utils import timezone

from agencies import drafts, outbox


@shared_task(name="agencies.deliver_mail")
def deliver_mail() -> int:
    """Send the waiting mails that keep no ledger (invitations and the like)."""
    return outbox.deliver(timezone.now()).sent


@shared_task(name="agencies.sweep_drafts")
def sweep_drafts() -> int:
    """Drop what was typed, never saved and not touched for 90 days."""
    return drafts.sweep(at=timezone.now())
