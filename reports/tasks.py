"""Background work of reports; the rows are the truth, a message only says when to look."""

from celery import shared_task
from django.utils import timezone

from reports import actions


@shared_task(name="reports.make_report")
def make_report(job_id: int) -> None:
    """Make one report, unless somebody else has it."""
    job = actions.take(job_id, at=timezone.now())
    if job is not None:
        actions.make(job, at=timezone.now())


@shared_task(name="reports.sweep_jobs")
def sweep_jobs() -> int:
    """Take up again what a killed worker left."""
    return actions.sweep(at=timezone.now())
