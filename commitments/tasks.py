"""Background work of the commitments app."""

from celery import shared_task
from django.utils import timezone

from agencies import outbox
from commitments import reminders


@shared_task(name="commitments.sweep_reminders")
def sweep_reminders() -> int:
    """Send the reminders that are due, and any other mail whose wake-up call was lost."""
    sent = reminders.sweep(timezone.now()).sent + outbox.deliver(timezone.now()).sent
    reminders.note_sweep(timezone.now())
    return sent
