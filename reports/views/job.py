"""A report while it is made: how far it is, and what may be said about it meanwhile."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import SignedInRequest, needs
from config.htmx import go, page_or_part
from reports.jobs import actions
from reports.models import ReportJob
from reports.rules import may_make


@require_safe
@needs("report.list")
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the making of a report is; ends at the report's own page."""
    waiting = _visible(request, pk)
    if waiting.report is not None:
        return go(request, waiting.report)
    user = cast("SignedInRequest", request).user
    context = {"job": waiting, "steer": may_make(user, waiting.agreement, waiting.issuer)}
    return page_or_part(request, "reports/job.html", "progress", context)


@require_POST
@needs("report.make")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it; nothing is kept of it but that it was asked for."""
    stopped = actions.cancel(_visible(request, pk), by=cast("SignedInRequest", request).user, at=timezone.now())
    if stopped.is_cancelled:
        messages.success(request, _("Penyusunan laporan dibatalkan."))
    return go(request, stopped)


@require_POST
@needs("report.make")
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it once more, as it was or without the photo that could not be read."""
    user, without_photo = cast("SignedInRequest", request).user, request.POST.get("aksi") == "tanpa-foto"
    again = actions.try_again(_visible(request, pk), by=user, at=timezone.now(), without_photo=without_photo)
    return go(request, again)


def _visible(request: HttpRequest, pk: int) -> ReportJob:
    rows = ReportJob.objects.visible_to(request.user).select_related("agreement", "issuer", "report", "requested_by")
    return get_object_or_404(rows, pk=pk)
