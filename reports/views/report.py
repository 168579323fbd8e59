"""The reports of one's own agency, and the usual ones by one click."""

import datetime as dt
from functools import partial
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.access import SignedInRequest, needs
from agencies.models import User
from agencies.numbering import once
from agencies.policy import permit
from agencies.views.posted import content_of, typed
from config.htmx import go
from config.paging import paginate
from reports.forms.period import MakeReportForm
from reports.jobs import actions
from reports.models import Report, ReportJob
from reports.presets import presets_for, usual_options
from reports.rules import MAKERS


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.list")
def index(request: HttpRequest) -> HttpResponse:
    """The usual reports first, then all that were made; POST asks for a usual one."""
    user, now = cast("SignedInRequest", request).user, timezone.now()
    if request.method == "POST":
        permit(user, "report.make")
    form = MakeReportForm(typed(request), user=user, today=timezone.localdate(now))
    if form.is_valid():
        act = partial(_ask, form, user, at=now)
        return go(request, once(form.once, by=user, content=content_of(request), act=act))
    may_make = any(role in user.rights.roles for role in MAKERS)
    context = {
        "form": form,
        "may_make": may_make,
        "may_mail": user.rights.may("report.recipients"),
        "presets": presets_for(user, at=now, first=request.GET.get("kesepakatan", "")) if may_make else [],
        "jobs": ReportJob.objects.unfinished_of(user, at=now)[:5],
        "page": paginate(request, Report.objects.visible_to(user).with_row_data(), size=50),
    }
    return render(request, "reports/list.html", context, status=422 if form.errors else 200)


def _ask(form: MakeReportForm, user: User, *, at: dt.datetime) -> str:
    """Ask for the usual report of one's own agency; the address of its progress."""
    chosen, issuer = form.cleaned_data, user.rights.main_agency
    job = actions.request_report(
        chosen["agreement"], chosen["period"], issuer=issuer, by=user, at=at, options=usual_options(issuer)
    )
    return job.get_absolute_url()
