"""The archive version of a report as a file."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import SignedInRequest, needs
from agencies.policy import require
from config.files import PDF, serve
from config.htmx import go
from reports.issuing.archive import archived
from reports.printing.pdf import RenderFailed
from reports.rules import may_archive
from reports.views.fetching import readable_report


@require_http_methods(["GET", "HEAD", "POST"])
@needs("report.list")
def archive(request: HttpRequest, code: str) -> HttpResponse:
    """PDF/A-3 with the data inside: POST has it made once, GET hands out what was made (404 before)."""
    report, user = readable_report(request, code), cast("SignedInRequest", request).user
    if request.method == "POST":
        require(may_archive(user, report))
        try:
            archived(report, by=user, at=timezone.now())
            messages.success(request, _("PDF arsip siap diunduh."))
        except RenderFailed as failure:
            messages.error(request, str(failure))
        return go(request, report)
    if not report.archive_pdf:
        raise Http404
    name = f"{report.file_stem}-arsip.pdf"
    return cast("HttpResponse", serve(report.archive_pdf, name=name, content_type=PDF))
