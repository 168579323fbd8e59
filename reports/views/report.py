"""Reports: asked for, watched while they are made, looked at, downloaded, published."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import SignedInRequest, needs, password_again
from agencies.numbering import once
from agencies.policy import permit
from agencies.views.posted import content_of, typed
from config.files import serve
from config.htmx import go, page_or_part
from config.paging import paginate
from reports import actions
from reports.codes import read_code
from reports.forms import MakeReportForm
from reports.models import Report, ReportJob
from reports.pdf import RenderFailed
from reports.rules import MAKERS, may_publish


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.list")
def index(request: HttpRequest) -> HttpResponse:
    """The reports of one's own agency, and the form that asks for a new one."""
    user, now = cast("SignedInRequest", request).user, timezone.now()
    if request.method == "POST":
        permit(user, "report.make")
    asked_for = request.GET.get("kesepakatan", "")
    form = MakeReportForm(typed(request), user=user, today=timezone.localdate(now), asked_for=asked_for)
    if form.is_valid():

        def act() -> str:
            choice, issuer = form.cleaned_data, user.rights.main_agency
            job = actions.request_report(choice["agreement"], choice["period"], issuer=issuer, by=user, at=now)
            return job.get_absolute_url()

        return go(request, once(form.once, by=user, content=content_of(request), act=act))
    context = {
        "form": form,
        "may_make": any(role in user.rights.roles for role in MAKERS),
        "jobs": ReportJob.objects.unfinished_of(user)[:5],
        "page": paginate(request, Report.objects.visible_to(user).with_row_data(), size=50),
    }
    return render(request, "reports/list.html", context, status=422 if form.errors else 200)


@require_safe
@needs("report.list")
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the making of a report is; ends at the report's own page."""
    user = cast("SignedInRequest", request).user
    waiting = get_object_or_404(
        ReportJob.objects.select_related("agreement", "report"), pk=pk, issuer__in=user.rights.own
    )
    if waiting.report is not None:
        return go(request, waiting.report)
    return page_or_part(request, "reports/job.html", "progress", {"job": waiting})


@require_safe
@needs("report.list")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One report: its facts, its digest, its file, and whether it may be published."""
    report = _visible(request, code)
    if report.code != code:
        return go(request, report)
    user = cast("SignedInRequest", request).user
    permit(user, "report.read", report)
    return render(request, "reports/detail.html", {"report": report, "publish": may_publish(user, report)})


@require_safe
@needs("report.list")
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The file, always as an attachment: the published one, else the draft."""
    report = _visible(request, code)
    permit(request.user, "report.read", report)
    name = f"laporan-{report.agreement.code}-{report.period}-{report.code}{'' if report.is_published else '-draf'}.pdf"
    file = report.pdf if report.is_published else report.draft_pdf
    return cast("HttpResponse", serve(file, name=name, content_type="application/pdf"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.list")
@password_again
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """What becomes fixed, and the one key that fixes it."""
    report, user = _visible(request, code), cast("SignedInRequest", request).user
    permit(user, "report.read", report)
    if request.method != "POST":
        context = {"report": report, "publish": may_publish(user, report)}
        return render(request, "reports/publish.html", context)
    try:
        actions.publish(report, by=user, at=timezone.now())
    except RenderFailed as failure:
        messages.error(request, str(failure))
        return go(request, report)
    messages.success(request, _("Laporan %(code)s diterbitkan.") % {"code": report.code})
    return go(request, report)


def _visible(request: HttpRequest, code: str) -> Report:
    """The report behind a code however it is typed, or 404."""
    written = read_code(code)
    if written is None:
        raise Http404
    return get_object_or_404(Report.objects.visible_to(request.user).with_row_data(), code=written)
