"""The figures of a report or of the dashboard as a text that somebody passes on."""

import json
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from agencies.phones import whatsapp_link
from reports.board.board import Board
from reports.board.choice import read_choice
from reports.exports.share_text import dashboard_text, report_text
from reports.views.fetching import readable_report


@require_safe
@needs("report.list")
def share_report(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of a report; a draft says that it is one."""
    report = readable_report(request, code)
    with translation.override("id"):
        text = report_text(report, json.loads(report.snapshot))
    warning = (
        "" if report.is_current else _("Laporan ini belum terbit atau tidak berlaku lagi. Periksa sebelum dibagikan.")
    )
    way_back = [(reverse("reports:list"), _("Laporan")), (report.get_absolute_url(), report.code)]
    return _page(request, text, way_back=way_back, warning=warning)


@require_safe
@needs("dashboard")
def share_dashboard(request: HttpRequest) -> HttpResponse:
    """The figures of the dashboard under the choice in the address."""
    user, at = cast("SignedInRequest", request).user, timezone.now()
    choice = read_choice(request.GET, user, today=timezone.localdate(at))
    counted, agency = Board(user, choice, at=at, partners=None).overview, user.rights.main_agency
    with translation.override("id"):
        which = choice.agreement.code if choice.agreement else _("semua kesepakatan")
        title = _("Komitmen %(which)s") % {"which": ", ".join(filter(None, (which, choice.region)))}
        text = dashboard_text(counted, title=title, zone=agency.zone if agency else "Asia/Jakarta")
    dashboard = f"{reverse('reports:dashboard')}?{choice.query}".rstrip("?")
    return _page(request, text, way_back=[(dashboard, _("Dasbor"))])


def _page(request: HttpRequest, text: str, *, way_back: list[tuple[str, str]], warning: str = "") -> HttpResponse:
    context = {"text": text, "whatsapp": whatsapp_link(text), "warning": warning, "way_back": way_back}
    return render(request, "reports/share.html", context)
