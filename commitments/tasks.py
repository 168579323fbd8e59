"""Background work of the commitments app."""

from celery import shared_task
from django.utils import timezone

from commitments import reminders


@shared_task(name="commitments.sweep_reminders")
def sweep_reminders() -> int:
    """Send the reminders that are due."""
    sent = reminders.sweep(timezone.now()).sent
    reminders.note_sweep(timezone.now())
    return sent


@shared_task(name="commitments.deliver_reminders")
def deliver_reminders() -> int:
    """Try again what a mail server refused or a killed sender left, between two sweeps."""
    return reminders.deliver(timezone.now()).sent
