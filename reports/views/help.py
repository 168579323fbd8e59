"""Help: what the marks mean and how a line is written. Anybody may read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access import public
from commitments.status import Status


@public
@require_safe
def show_help(request: HttpRequest) -> HttpResponse:
    """One page of help."""
    shown = [
        Status.DRAFT,
        Status.NOT_STARTED,
        Status.RUNNING,
        Status.BLOCKED,
        Status.SUBMITTED,
        Status.DONE,
        Status.UNMET,
    ]
    return render(request, "reports/help.html", {"statuses": shown})
