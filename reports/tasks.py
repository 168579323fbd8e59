"""Background work of reports; the rows are the truth, a message only says when to look."""

from celery import shared_task
from django.utils import timezone

from reports.exports import jobs
from reports.issuing import erratum, mailing
from reports.jobs import actions


@shared_task(name="reports.make_report")
def make_report(job_id: int) -> None:
    """Make one report, unless somebody else has it."""
    job = actions.take(job_id, at=timezone.now())
    if job is not None:
        actions.make(job, at=timezone.now())


@shared_task(name="reports.find_errata")
def find_errata() -> int:
    """Compare what stands issued with the present, once a day."""
    return erratum.find_errata(at=timezone.now())


@shared_task(name="reports.sweep_jobs")
def sweep_jobs() -> int:
    """Take up again what killed workers left, reports and files alike."""
    return actions.sweep(at=timezone.now()) + jobs.sweep(at=timezone.now())


@shared_task(name="reports.make_export")
def make_export(job_id: int) -> None:
    """Make one large file, unless somebody else has it."""
    job = jobs.take(job_id, at=timezone.now())
    if job is not None:
        jobs.make(job, at=timezone.now())


@shared_task(name="reports.drop_exports")
def drop_exports() -> int:
    """Delete large files past their week."""
    return jobs.drop_old(at=timezone.now())


@shared_task(name="reports.send_reports")
def send_reports() -> int:
    """Send issued reports to the addresses that wait for them."""
    return mailing.sweep(timezone.now()).sent
