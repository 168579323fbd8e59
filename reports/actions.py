"""What happens to reports: asked for, made by a worker, published."""

import datetime as dt
import hashlib
import json
import logging

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.audit import record, sha256
from agencies.models import Agency, Agreement, User
from agencies.policy import Refusal, allowed, no, require
from config.celery import wake
from reports.making import freeze, kept, store
from reports.models import JobState, Report, ReportJob, ReportStatus
from reports.pdf import Rendered, RenderFailed
from reports.periods import Period, read_period
from reports.printing import print_report
from reports.rules import may_make, may_publish

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=90)  # longer than a rendering may take
TRIES = 3
LAYOUT_STARTS, LAYOUT_ENDS = 25, 90  # per cent


@transaction.atomic
def request_report(
    agreement: Agreement, period: Period, *, issuer: Agency | None, by: User, at: dt.datetime
) -> ReportJob:
    """Ask a worker for a report; it is made as of ``at`` or the period's end, whichever comes first."""
    require(may_make(by, agreement, issuer))
    assert issuer is not None  # the rule says no without one
    job = ReportJob.objects.create(
        agreement=agreement,
        issuer=issuer,
        period=period.code,
        step=_("Menunggu giliran"),
        requested_by=by,
        requested_at=at,
    )
    wake("reports.make_report", job.pk)
    record("report.requested", on=agreement, by=by, at=at, after={"period": period.code, "issuer": issuer.code})
    return job


def take(job_id: int, *, at: dt.datetime) -> ReportJob | None:
    """Win a job for :data:`LEASE`; None when it is over, or another worker holds it."""
    with transaction.atomic():
        job = ReportJob.objects.select_for_update().filter(pk=job_id).first()
        if job is None or job.is_over or (job.lease_until is not None and job.lease_until > at):
            return None
        if job.attempts >= TRIES:
            words = _("Laporan belum jadi setelah tiga kali dicoba. Coba lagi; jika berulang, hubungi admin.")
            _fail(job, words, at=at)
            return None
        job.state, job.attempts, job.lease_until = JobState.RUNNING, job.attempts + 1, at + LEASE
        job.step, job.percent = _("Menghitung angka"), 10
        job.save(update_fields=["state", "attempts", "lease_until", "step", "percent"])
    return ReportJob.objects.select_related("agreement", "issuer", "requested_by").get(pk=job_id)


def make(job: ReportJob, *, at: dt.datetime) -> Report | None:
    """Do a job that was taken: the requester's rights are asked again, the numbers frozen once, the pages made.

    Ends with DONE, with FAILED and a sentence, or with WAITING for another try; returns the report when DONE.
    """
    with translation.override("id"):
        try:
            require(may_make(job.requested_by, job.agreement, job.issuer))
            rendered = _print_job(job)
            return _finish(job, rendered, at=at)
        except Refusal as refusal:
            _fail(job, str(refusal), at=at)
        except RenderFailed as failure:
            _fail_or_retry(job, str(failure), may_pass=failure.may_pass, at=at)
        except Exception:
            logger.exception("report job %s broke", job.pk)
            words = _("Laporan belum jadi karena kesalahan di sistem. Coba lagi; jika berulang, hubungi admin.")
            _fail_or_retry(job, words, may_pass=True, at=at)
    return None


def make_at_once(agreement: Agreement, period: Period, *, issuer: Agency, at: dt.datetime) -> Report:
    """Make and store a draft without a job, for the command line; nobody is named as its maker."""
    with translation.override("id"):
        text = freeze(agreement, period, issuer=issuer, at=at)
        rendered = print_report(json.loads(text), digest=sha256(text), issued=False)
        with transaction.atomic(), kept(rendered.pdf, text=text, suffix="-draf") as file:
            report = store(text, rendered, file=file, agreement=agreement, issuer=issuer, by=None)
            _record_made(report, by=None, at=at)
    return report


def publish(report: Report, *, by: User, at: dt.datetime) -> Report:
    """Publish: the same snapshot without the DRAF mark, under the letterhead. The second click changes nothing.

    The pages are made before anything is locked. Raises Refusal (403, 409) or RenderFailed with a sentence.
    """
    verdict = may_publish(by, report)
    if not verdict and report.is_published and allowed(by, "report.publish", report):
        return report
    require(verdict)
    if sha256(report.snapshot) != report.snapshot_sha256:
        raise Refusal(no(_("Isi laporan tidak cocok dengan sidik jarinya. Hubungi admin."), status=409))
    rendered = print_report(json.loads(report.snapshot), digest=report.snapshot_sha256, issued=True)
    return _publish(report.pk, rendered, by=by, at=at)


def sweep(*, at: dt.datetime) -> int:
    """Wake every job that waits, or whose worker died; returns how many."""
    unfinished = ReportJob.objects.exclude(state__in=[JobState.DONE, JobState.FAILED]).exclude(lease_until__gt=at)
    with transaction.atomic():
        jobs = list(unfinished)
        for job in jobs:
            wake("reports.make_report", job.pk)
    return len(jobs)


def _print_job(job: ReportJob) -> Rendered:
    """Freeze the numbers unless an earlier try did, then lay out the pages."""
    if not job.snapshot:
        job.snapshot = freeze(job.agreement, read_period(job.period), issuer=job.issuer, at=job.requested_at)
        job.save(update_fields=["snapshot"])
    _tell(job, _("Menyiapkan halaman"), LAYOUT_STARTS)

    def laid_out(page: int) -> None:
        if page <= 10 or page % 5 == 0:
            percent = min(LAYOUT_ENDS, LAYOUT_STARTS + 4 * page)
            _tell(job, _("Menyusun halaman %(page)d") % {"page": page}, percent)

    return print_report(json.loads(job.snapshot), digest=sha256(job.snapshot), issued=False, progress=laid_out)


def _tell(job: ReportJob, step: str, percent: int) -> None:
    """Say how far the work is; never backwards, since pages are laid out more than once."""
    job.step, job.percent = step, max(job.percent, percent)
    job.save(update_fields=["step", "percent"])


@transaction.atomic
def _finish(job: ReportJob, rendered: Rendered, *, at: dt.datetime) -> Report | None:
    """Store the draft, unless another worker was faster."""
    if not _is_ours(job):
        return ReportJob.objects.get(pk=job.pk).report
    with kept(rendered.pdf, text=job.snapshot, suffix="-draf") as file:
        report = store(
            job.snapshot, rendered, file=file, agreement=job.agreement, issuer=job.issuer, by=job.requested_by
        )
        job.report, job.state, job.finished_at, job.lease_until = report, JobState.DONE, at, None
        job.step, job.percent = _("Selesai"), 100
        job.save(update_fields=["report", "state", "finished_at", "lease_until", "step", "percent"])
        _record_made(report, by=job.requested_by, at=at)
    return report


def _is_ours(job: ReportJob) -> bool:
    """Whether no other worker took or ended the job meanwhile; the row is locked until the caller's commit."""
    held = ReportJob.objects.select_for_update().get(pk=job.pk)
    return not held.is_over and held.attempts == job.attempts


def _record_made(report: Report, *, by: User | None, at: dt.datetime) -> None:
    after = {"agreement": report.agreement.code, "period": report.period, "snapshot": report.snapshot_sha256}
    record("report.made", on=report, by=by, at=at, after=after)


@transaction.atomic
def _publish(report_id: int, rendered: Rendered, *, by: User, at: dt.datetime) -> Report:
    report = Report.objects.select_for_update().get(pk=report_id)
    if report.is_published:
        return report
    require(may_publish(by, report))
    with kept(rendered.pdf, text=report.snapshot) as file:
        report.status, report.published_by, report.published_at = ReportStatus.PUBLISHED, by, at
        report.pdf.name, report.pages = file, rendered.pages
        report.pdf_sha256 = hashlib.sha256(rendered.pdf).hexdigest()
        report.save(update_fields=["status", "published_by", "published_at", "pdf", "pdf_sha256", "pages"])
        after = {"status": report.status, "snapshot": report.snapshot_sha256, "pdf": report.pdf_sha256}
        record("report.published", on=report, by=by, at=at, before={"status": ReportStatus.DRAFT}, after=after)
    return report


@transaction.atomic
def _fail_or_retry(job: ReportJob, sentence: str, *, may_pass: bool, at: dt.datetime) -> None:
    """Give up with a sentence, or put the job back for another try, unless another worker has it by now."""
    if not _is_ours(job):
        return
    if not may_pass or job.attempts >= TRIES:
        _fail(job, sentence, at=at)
        return
    job.state, job.lease_until, job.step = JobState.WAITING, None, _("Menunggu dicoba lagi")
    job.save(update_fields=["state", "lease_until", "step"])
    wake("reports.make_report", job.pk)


def _fail(job: ReportJob, sentence: str, *, at: dt.datetime) -> None:
    job.state, job.error, job.lease_until, job.finished_at = JobState.FAILED, sentence[:300], None, at
    job.save(update_fields=["state", "error", "lease_until", "finished_at"])
