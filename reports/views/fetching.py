"""How the views of a report find it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from agencies.policy import permit
from reports.issuing.codes import read_code
from reports.models import Report


def visible_report(request: HttpRequest, code: str) -> Report:
    """The report behind a code however it is typed, or 404."""
    written = read_code(code)
    if written is None:
        raise Http404
    return get_object_or_404(Report.objects.visible_to(request.user).with_row_data(), code=written)


def readable_report(request: HttpRequest, code: str) -> Report:
    """The report behind a code for a person who may read it. Raises Refusal."""
    report = visible_report(request, code)
    permit(request.user, "report.read", report)
    return report
