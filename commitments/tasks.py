"""Background work of the commitments app."""

from celery import shared_task
from django.utils import timezone

from agencies import outbox
from commitments import envelopes, reminders


@shared_task(name="commitments.sweep_reminders")
def sweep_reminders() -> int:
    """Send the reminders that are due, and any other mail whose wake-up call was lost."""
    sent = reminders.sweep(timezone.now()).sent + outbox.deliver(timezone.now()).sent
    reminders.note_sweep(timezone.now())
    return sent


@shared_task(name="commitments.deliver_reminders")
def deliver_reminders() -> int:
    """Try again what a mail server refused or a killed sender left, between two sweeps."""
    return outbox.deliver(timezone.now(), ledger=envelopes.ReminderLedger()).sent
