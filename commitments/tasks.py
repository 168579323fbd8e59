"""Background work of the commitments app."""

from celery import shared_task
from django.utils import timezone

from commitments import reminders, tallies
from commitments.carry import open_items
from meetings import planning


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


@shared_task(name="commitments.sweep_series")
def sweep_series() -> int:
    """Plan the next meeting of every series whose last one is over, with what is open as its agenda."""
    at = timezone.now()
    return planning.sweep_series(at, brings=open_items(at))


@shared_task(name="commitments.settle_tallies")
def settle_tallies() -> int:
    """Put tallies of one sort together, so that the sums stay short."""
    return tallies.settle(timezone.now())
