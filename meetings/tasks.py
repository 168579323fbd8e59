"""Background work of the meetings app."""

from celery import shared_task
from django.utils import timezone

from meetings import checkin, retention


@shared_task(name="meetings.sweep_papers")
def sweep_papers() -> int:
    """Let go of papers and names whose time is over."""
    at = timezone.now()
    return retention.sweep_files(at=at) + checkin.forget_the_rest(at=at)
