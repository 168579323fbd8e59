"""Reports before they are issued: asked for, made by a worker, called off, tried again."""

import contextlib
import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from agencies.audit import record, sha256
from agencies.models import Agency, Agreement, User
from agencies.policy import Verdict, require
from reports.counting.periods import Period, read_period
from reports.jobs import steering, work
from reports.jobs.heartbeat import Heartbeat, Stopped
from reports.jobs.kind import Ending, Failed, Kind
from reports.jobs.pages import Pages
from reports.models import Report, ReportJob
from reports.options import USUAL, ReportOptions
from reports.printing.document import print_report
from reports.printing.estimate import estimated_pages, too_long_words
from reports.printing.pdf import Rendered, RenderFailed
from reports.rules import may_make
from reports.snapshots.making import freeze, kept, store

SECONDS = 300
"""How long the pages of one report may take; past that the job ends with a sentence."""

Draft = tuple[Rendered, str]  # the pages, and the name under which they are stored


class Reports(Kind[ReportJob, Draft, Report]):
    """The numbers are frozen once and kept with the job, so that another try prints the same."""

    model = ReportJob
    noun = "report"
    task = "reports.make_report"
    begins = (gettext_noop("Menghitung angka"), 10)
    given_up = gettext_lazy("Laporan belum jadi setelah tiga kali dicoba. Coba lagi; jika berulang, hubungi admin.")
    broken = gettext_lazy(
        "Laporan belum jadi karena kesalahan di sistem. Coba lagi; jika berulang, hubungi admin."
    )  # fmt: skip
    patience = dt.timedelta(seconds=20)
    beside = ("agreement", "issuer", "requested_by", "revises")

    def may_have(self, user: User, job: ReportJob) -> Verdict:
        """Who may make a report of this agreement for this issuer."""
        return may_make(user, job.agreement, job.issuer)

    @contextlib.contextmanager
    def making(self, job: ReportJob, heart: Heartbeat) -> Iterator[Draft]:
        """Freeze the numbers unless an earlier try did, then lay out the pages."""
        try:
            rendered = _print(job, heart)
        except RenderFailed as failure:
            raise Failed(str(failure), may_pass=failure.may_pass, broken_photo=failure.photo) from failure
        with kept(rendered.pdf, text=job.snapshot, suffix="-draf") as file:
            yield rendered, file

    def keep(self, job: ReportJob, made: Draft, *, at: dt.datetime) -> Ending[Report]:
        """Store the draft."""
        del at
        rendered, file = made
        by = job.requested_by
        report = store(job.snapshot, rendered, file=file, agreement=job.agreement, issuer=job.issuer, by=by)
        job.report = report
        return Ending(
            report, self._subject(_("Laporan siap: %(agreement)s, %(period)s"), job), report.get_absolute_url()
        )

    def note_kept(self, result: Report, job: ReportJob, *, at: dt.datetime) -> None:
        """The digest of what was frozen."""
        _record_made(result, by=job.requested_by, at=at)

    def about(self, job: ReportJob) -> Agreement:
        """The agreement."""
        return job.agreement

    def facts(self, job: ReportJob) -> dict[str, Any]:
        """Period, issuer, and the photos that were left out."""
        left_out = list(job.chosen.left_out)
        return {"job": job.pk, "period": job.period, "issuer": job.issuer.code, "left_out": left_out}

    def failed_subject(self, job: ReportJob) -> str:
        """Names agreement and period."""
        return self._subject(_("Laporan belum jadi: %(agreement)s, %(period)s"), job)

    def _subject(self, words: str, job: ReportJob) -> str:
        return words % {"agreement": job.agreement.code, "period": job.period_label}


REPORTS = Reports()


def request_report(
    agreement: Agreement,
    period: Period,
    *,
    issuer: Agency | None,
    by: User,
    at: dt.datetime,
    options: ReportOptions = USUAL,
    revises: Report | None = None,
) -> ReportJob:
    """Ask a worker for a report; it is made as of ``at`` or the period's end, whichever comes first.

    ``revises``: the issued report whose next revision it becomes; without one the report in force that was asked for
    in the same words, so that there are never two. Raises Refusal.
    """
    require(may_make(by, agreement, issuer))
    assert issuer is not None  # the rule says no without one
    before = revises or Report.objects.in_force(agreement=agreement, issuer=issuer, period=period.code, options=options)
    job = ReportJob(
        agreement=agreement, issuer=issuer, period=period.code, options=options.to_json(), revises=before
    )  # fmt: skip
    return work.ask(REPORTS, job, by=by, at=at)


def take(job_id: int, *, at: dt.datetime) -> ReportJob | None:
    """Win a job; None when it is over, or another worker holds it."""
    return work.take(REPORTS, job_id, at=at)


def make(job: ReportJob, *, at: dt.datetime) -> Report | None:
    """Make the report of a job that was taken at ``at``; None when it gave none (yet)."""
    return work.make(REPORTS, job, at=at)


def sweep(*, at: dt.datetime) -> int:
    """Wake every job that waits, or whose worker died; returns how many."""
    return work.sweep(REPORTS, at=at)


def cancel(job: ReportJob, *, by: User, at: dt.datetime) -> ReportJob:
    """Stop a job: at once while it waits, within two seconds while a worker has it."""
    return steering.cancel(REPORTS, job, by=by, at=at)


def try_again(job: ReportJob, *, by: User, at: dt.datetime, without_photo: bool = False) -> ReportJob:
    """Make a failed or cancelled job wait anew, with the numbers it had.

    ``without_photo``: leave out the photo that could not be read; the facts are then frozen again as of the
    instant of the first request.
    """

    def anew(job: ReportJob) -> None:
        if without_photo and job.broken_photo is not None:
            chosen = job.chosen
            left_out = (*chosen.left_out, job.broken_photo)
            job.options, job.snapshot = dataclasses.replace(chosen, left_out=left_out).to_json(), ""
        job.broken_photo = None

    return steering.try_again(REPORTS, job, anew, by=by, at=at)


def make_at_once(agreement: Agreement, period: Period, *, issuer: Agency, at: dt.datetime) -> Report:
    """Make and store a draft without a job, for the command line; nobody is named as its maker."""
    with translation.override("id"):
        text = freeze(agreement, period, issuer=issuer, at=at)
        rendered = print_report(json.loads(text), digest=sha256(text), issued=False)
        with transaction.atomic(), kept(rendered.pdf, text=text, suffix="-draf") as file:
            report = store(text, rendered, file=file, agreement=agreement, issuer=issuer, by=None)
            _record_made(report, by=None, at=at)
    return report


def _print(job: ReportJob, heart: Heartbeat) -> Rendered:
    """The pages of the frozen numbers. Raises Stopped or RenderFailed."""
    if not job.snapshot:
        period, at = read_period(job.period), job.requested_at
        job.snapshot = freeze(
            job.agreement, period, issuer=job.issuer, at=at, options=job.chosen, revises=job.revises
        )  # fmt: skip
        if not ReportJob.objects.held_by(job).update(snapshot=job.snapshot):
            raise Stopped  # another worker has it, and numbers of its own
    snapshot = json.loads(job.snapshot)
    expected = estimated_pages(snapshot)
    if words := too_long_words(expected):
        raise RenderFailed(words)
    pages, digest = Pages(heart, expected), sha256(job.snapshot)
    return print_report(snapshot, digest=digest, issued=False, seconds=SECONDS, progress=pages.tell)


def _record_made(report: Report, *, by: User | None, at: dt.datetime) -> None:
    after = {"agreement": report.agreement.code, "period": report.period, "snapshot": report.snapshot_sha256}
    record("report.made", on=report, by=by, at=at, after=after)
