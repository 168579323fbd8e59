"""Lists as files: handed out at once, or made by a worker when they are too long to wait for."""

from functools import partial
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import SignedInRequest, needs
from agencies.models import User
from agencies.numbering import once
from agencies.policy import permit, require
from agencies.views.posted import content_of
from config.downloads import XLSX_TYPE, csv_download, xlsx_download
from config.files import DOCX, hand_out, serve
from config.forms import OneTimeForm
from config.htmx import go, page_or_part
from config.paging import paginate
from reports.exports import jobs, word_list
from reports.exports.lists import KINDS, Kind, Listing
from reports.models import ExportJob, JobState
from reports.models.job import KEPT

MOST_AT_ONCE = {"xlsx": 20_000, "docx": word_list.MOST_ROWS}  # rows; a .csv file has no end


@require_safe
@needs("home")
def download(request: HttpRequest, kind: str, ext: str) -> HttpResponse:
    """A list under the filters of the address; one too long for the format says so and offers what goes."""
    user, at = cast("SignedInRequest", request).user, timezone.now()
    asked = _kind(user, kind)
    listing = asked.build(user, request.GET, at)
    if ext in MOST_AT_ONCE and listing.is_longer_than(MOST_AT_ONCE[ext]):
        context = {"kind": kind, "ext": ext, "label": asked.label, "most": MOST_AT_ONCE[ext], "told": listing.told}
        return render(request, "reports/export_large.html", context | {"form": OneTimeForm()})
    if ext == "csv":
        return cast("HttpResponse", csv_download(listing.name_on(timezone.localdate(at)), listing.table()))
    name = f"{listing.name}-{timezone.localdate(at):%Y-%m-%d}"
    if ext == "docx":
        return hand_out(_word(listing, user), name=f"{name}.docx", content_type=DOCX)
    return xlsx_download(name, [listing.table(), *listing.told_table()])


@require_POST
@needs("home")
def prepare(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask a worker for the workbook of a list; the second click finds the first one's job."""
    user = cast("SignedInRequest", request).user
    _kind(user, kind)
    form = OneTimeForm(request.POST)
    token = form.once if form.is_valid() else None

    def act() -> str:
        return jobs.request_export(kind, request.GET.urlencode(), by=user, at=timezone.now()).get_absolute_url()

    return go(request, once(token, by=user, content=content_of(request), act=act))


@require_safe
@needs("home")
def job_list(request: HttpRequest) -> HttpResponse:
    """The files this person asked for; kept for a week."""
    rows = ExportJob.objects.visible_to(request.user)
    context = {"page": paginate(request, rows, size=25), "days": KEPT.days}
    return render(request, "reports/export_list.html", context)


@require_safe
@needs("home")
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work is; the file when it is done."""
    job = _own(request, pk)
    return page_or_part(request, "reports/export_job.html", "progress", {"job": job, "told": partial(jobs.told, job)})


@require_safe
@needs("home")
def job_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, for who asked for it alone."""
    done = get_object_or_404(ExportJob.objects.visible_to(request.user), pk=pk, state=JobState.DONE)
    require(jobs.may_fetch(cast("SignedInRequest", request).user, done))
    return cast("HttpResponse", serve(done.file, name=done.name, content_type=XLSX_TYPE))


@require_POST
@needs("home")
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the work."""
    stopped = jobs.cancel(_own(request, pk), by=cast("SignedInRequest", request).user, at=timezone.now())
    if stopped.is_cancelled:
        messages.success(request, _("Pembuatan berkas dibatalkan."))
    return go(request, stopped)


@require_POST
@needs("home")
def job_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the same file made after all, of the list as it stands now."""
    again = jobs.try_again(_own(request, pk), by=cast("SignedInRequest", request).user, at=timezone.now())
    return go(request, again)


def _kind(user: User, kind: str) -> Kind:
    """The list of this name, as far as the person may see it at all."""
    if kind not in KINDS:
        raise Http404
    permit(user, KINDS[kind].action)
    return KINDS[kind]


def _own(request: HttpRequest, pk: int) -> ExportJob:
    return get_object_or_404(ExportJob.objects.visible_to(request.user), pk=pk)


def _word(listing: Listing, user: User) -> bytes:
    agency = user.rights.main_agency
    assert agency is not None  # who has no agency is signed out by the middleware
    return word_list.write_list(listing, agency=agency, at=timezone.now())
