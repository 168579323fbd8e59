"""Workbooks too long to wait for: asked for, written row by row by a worker, kept a week, for their asker alone."""

import contextlib
import datetime as dt
import secrets
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from agencies.models import User
from agencies.policy import YES, Refusal, Verdict, allowed, no
from config.downloads import SHEET_ROWS, Table, Value, write_workbook
from config.templatetags.waktu import angka
from config.workdays import day_of
from reports.exports.lists import KINDS, Listing
from reports.jobs import steering, work
from reports.jobs.heartbeat import Heartbeat
from reports.jobs.kind import Ending, Kind
from reports.models import ExportJob
from reports.models.job import KEPT

STEP = 1_000  # rows between two signs of life
MOST_UNDERWAY = 3
"""Files that one person may have in the making at once."""


class Exports(Kind[ExportJob, str, ExportJob]):
    """A list under the filters of an address, as it stands when the job was asked for."""

    model = ExportJob
    noun = "export"
    task = "reports.make_export"
    begins = (gettext_noop("Membaca"), 0)
    given_up = gettext_lazy("Berkas belum jadi setelah tiga kali dicoba. Coba lagi; jika berulang, hubungi admin.")
    broken = gettext_lazy("Berkas belum jadi karena kesalahan di sistem. Coba lagi; jika berulang, hubungi admin.")

    def may_have(self, user: User, job: ExportJob) -> Verdict:
        """A file is its asker's, as long as they may see such a list at all."""
        if job.requested_by_id != user.pk:
            return no(_("Berkas ini milik orang lain."))
        return allowed(user, KINDS[job.kind].action)

    def may_ask(self, user: User) -> Verdict:
        """At most :data:`MOST_UNDERWAY` at once."""
        underway = ExportJob.objects.underway().filter(requested_by=user, cancel_asked_at=None)
        if underway.count() < MOST_UNDERWAY:
            return YES
        words = _("%(most)d berkas Anda masih disiapkan. Tunggu sampai salah satunya jadi, atau batalkan satu.")
        return no(words % {"most": MOST_UNDERWAY}, status=409)

    @contextlib.contextmanager
    def making(self, job: ExportJob, heart: Heartbeat) -> Iterator[str]:
        """The workbook under its name in the storage: whole or not at all, and gone again when the body fails."""
        name = f"exports/{heart.now():%Y}/{job.pk}-{secrets.token_hex(8)}.xlsx"
        final = Path(settings.MEDIA_ROOT) / name
        final.parent.mkdir(parents=True, exist_ok=True)
        tables = _tables(job, heart)
        with tempfile.NamedTemporaryFile(dir=final.parent, prefix=".menunggu-", delete=False) as file:
            try:
                write_workbook(file, tables)
                Path(file.name).replace(final)
                yield name
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                final.unlink(missing_ok=True)
                raise

    def keep(self, job: ExportJob, made: str, *, at: dt.datetime) -> Ending[ExportJob]:
        """Note where the file is."""
        del at
        job.file.name = made
        return Ending(job, _("Berkas %(name)s siap diunduh") % {"name": job.name}, job.get_absolute_url())

    def about(self, job: ExportJob) -> ExportJob:
        """The job itself."""
        return job

    def facts(self, job: ExportJob) -> dict[str, Any]:
        """Which list."""
        return {"kind": job.kind}

    def texts(self, job: ExportJob) -> dict[str, str]:
        """Filters may hold names that somebody typed."""
        return {"query": job.params["query"]}

    def failed_subject(self, job: ExportJob) -> str:
        """Names the file."""
        return _("Berkas %(name)s belum jadi") % {"name": job.name}


EXPORTS = Exports()


def request_export(kind: str, query: str, *, by: User, at: dt.datetime) -> ExportJob:
    """Ask a worker for the list ``kind`` under the filters ``query`` as a workbook. Raises Refusal (403, 409)."""
    job = ExportJob(kind=kind, requested_by=by)
    _ask_for(job, query, by=by, at=at)
    return work.ask(EXPORTS, job, by=by, at=at)


def try_again(job: ExportJob, *, by: User, at: dt.datetime) -> ExportJob:
    """Make a file that came to nothing wait anew: the list as it stands ``at`` this instant."""

    def anew(job: ExportJob) -> None:
        _ask_for(job, job.params["query"], by=by, at=at)

    return steering.try_again(EXPORTS, job, anew, by=by, at=at)


def cancel(job: ExportJob, *, by: User, at: dt.datetime) -> ExportJob:
    """Stop the work; a worker that has it sees it at its next step. What is over stays as it is."""
    return steering.cancel(EXPORTS, job, by=by, at=at)


def take(job_id: int, *, at: dt.datetime) -> ExportJob | None:
    """Win a job; None when it is over, or another worker holds it."""
    return work.take(EXPORTS, job_id, at=at)


def make(job: ExportJob, *, at: dt.datetime) -> ExportJob | None:
    """Write the file of a job that was taken at ``at``; None when there is none (yet)."""
    return work.make(EXPORTS, job, at=at)


def sweep(*, at: dt.datetime) -> int:
    """Wake what waits or lost its worker; returns how many jobs that were."""
    return work.sweep(EXPORTS, at=at)


def drop_old(*, at: dt.datetime) -> int:
    """Delete files past their week, and what killed workers left behind; returns how many jobs went."""
    old = ExportJob.objects.filter(requested_at__lt=at - KEPT).exclude(pk__in=ExportJob.objects.underway())
    for job in old:
        job.file.delete(save=False)
        job.delete()
    for path in _left_behind(at=at):
        path.unlink(missing_ok=True)
    return len(old)


def _left_behind(*, at: dt.datetime) -> list[Path]:
    """Files past their week that no job names: half written, or whole when the worker died before it could tell."""
    media = Path(settings.MEDIA_ROOT)
    named = {media / name for name in ExportJob.objects.exclude(file="").values_list("file", flat=True)}
    found = [*media.glob("exports/*/*"), *media.glob("reports/*/.menunggu-*")]
    return [path for path in found if path not in named and path.stat().st_mtime < (at - KEPT).timestamp()]


def holds_of(user: User) -> list[str]:
    """What a person may see depends on: agencies by role, and agreements assigned for audit."""
    rights = user.rights
    held = [f"{role}:{pk}" for role, agencies in rights.by_role.items() for pk in agencies]
    return sorted([*held, *(f"audit:{pk}" for pk in rights.audited_agreements)])


def may_fetch(user: User, job: ExportJob) -> Verdict:
    """Whether a person may still have a file that was made for them: rights are those of now."""
    if set(job.params.get("holds", ())) <= set(holds_of(user)):
        return YES
    return no(_("Jabatan Anda berubah sejak berkas ini diminta. Minta berkas baru."))


def told(job: ExportJob) -> tuple[str, ...]:
    """The filters of a file in words; none of a list that its asker may see no longer."""
    try:
        return _listing(job).told
    except Refusal:
        return ()


def _ask_for(job: ExportJob, query: str, *, by: User, at: dt.datetime) -> None:
    """What a request says: the filters, under which rights, as of which instant."""
    job.params = {"query": query, "holds": holds_of(by)}
    job.name, job.requested_at = f"{job.kind}-{day_of(at):%Y-%m-%d}.xlsx", at


def _tables(job: ExportJob, heart: Heartbeat) -> list[Table]:
    """The rows, with a sign of life after every :data:`STEP` of them, and the filters. Raises Refusal when too many."""
    listing = _listing(job)
    total = listing.count()
    if total > SHEET_ROWS:
        words = _("Lebih dari %(most)s baris tidak muat di satu lembar Excel. Persempit filternya, atau pilih CSV.")
        raise Refusal(no(words % {"most": angka(SHEET_ROWS)}, status=409))
    table = listing.table()
    watched = Table(table.name, table.columns, _watched(table.rows, total, heart), table.notes)
    return [watched, *listing.told_table()]


def _listing(job: ExportJob) -> Listing:
    try:
        return KINDS[job.kind].build(job.requested_by, QueryDict(job.params["query"]), job.requested_at)
    except Http404 as gone:
        raise Refusal(no(_("Daftar ini tidak dapat Anda lihat lagi."))) from gone


def _watched(rows: Iterable[Sequence[Value]], total: int, heart: Heartbeat) -> Iterator[Sequence[Value]]:
    for number, row in enumerate(rows, start=1):
        if number % STEP == 0:
            _tell(heart, number, total)
        yield row


def _tell(heart: Heartbeat, number: int, total: int) -> None:
    """Say how far the work is. Raises Stopped."""
    percent = min(99, 100 * number // max(1, total))
    heart.step(gettext_noop("Baris %(n)s dari %(m)s"), percent, n=number, m=total)
