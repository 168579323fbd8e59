"""Help: what the marks mean and how a line is written. Anybody may read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.access import public
from commitments.status import Status

MEANINGS = [
    (Status.DRAFT, _("Baru terlihat oleh instansi pencatat; belum dihitung.")),
    (Status.NOT_STARTED, _("Sudah disampaikan, belum dikerjakan.")),
    (Status.RUNNING, _("Sedang dikerjakan.")),
    (Status.BLOCKED, _("Terhenti; kendalanya tertulis.")),
    (Status.SUBMITTED, _("Dilaporkan selesai; buktinya sedang diperiksa.")),
    (Status.DONE, _("Bukti diperiksa orang lain dan dinyatakan selesai.")),
    (Status.UNMET, _("Ditutup tanpa dilaksanakan, dengan alasan.")),
]


@public
@require_safe
def show_help(request: HttpRequest) -> HttpResponse:
    """One page of help."""
    return render(request, "reports/help.html", {"statuses": MEANINGS})
