"""What changed under an agreement: between two days, or between two issued reports."""

import datetime as dt
import json
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from agencies.models import Agreement, User
from agencies.policy import allowed, permit
from commitments.models import Commitment
from config.asked import asked
from config.paging import NumberedPage, paginate
from config.templatetags.waktu import tanggal
from config.workdays import day_of
from reports.counting.changes import Change, ChangeGroup, changes, changes_between
from reports.counting.periods import quarter
from reports.forms.changes import ChangesForm
from reports.models import Audience, Report

DASHBOARD = "dasbor"
ON_A_PAGE = 200
"""Changes; a year of a large agreement has thousands."""
ASKED = ("dari", "sampai", "lama", "baru")


@require_safe
@needs("dashboard")
def show_changes(request: HttpRequest) -> HttpResponse:
    """The form above, the changes the reader may see below; an agreement alone is told since its last report."""
    user, at = cast("SignedInRequest", request).user, timezone.now()
    agreements = Agreement.objects.visible_to(user)
    chosen = agreements.filter(code=asked(request, "kesepakatan")).first()
    reports = _reports(user, chosen)
    form = ChangesForm(_typed(request, chosen, reports, at=at), agreements=agreements, reports=reports, at=at)
    context: dict[str, Any] = {"form": form, "agreement": chosen, "has_agreements": agreements.exists()}
    context |= _came_from(asked(request, "asal"), chosen, user)
    if chosen is not None and form.is_valid():
        permit(user, "agreement.read", chosen)
        context |= _seen(request, chosen, form)
    return render(request, "reports/changes.html", context, status=422 if form.errors else 200)


def _came_from(origin: str, agreement: Agreement | None, user: User) -> dict[str, Any]:
    """The way back: to the dashboard or the report from which the page was opened, else to the agreement."""
    place = pgettext("menu", "Kesepakatan")
    steps = [(reverse("agencies:agreements"), place)]
    if origin == DASHBOARD:
        query = f"?{urlencode({'kesepakatan': agreement.code})}" if agreement else ""
        return {"origin": origin, "way_back": [(f"{reverse('reports:dashboard')}{query}", _("Dasbor"))]}
    if agreement is None:
        return {"way_back": steps}
    readable = Report.objects.visible_to(user).filter(agreement=agreement, code=origin)
    if allowed(user, "report.list") and (report := readable.first()):
        steps = [(reverse("reports:list"), _("Laporan")), (report.get_absolute_url(), report.code)]
        return {"origin": origin, "way_back": steps}
    return {"way_back": [*steps, (agreement.get_absolute_url(), agreement.code)]}


def _reports(user: User, chosen: Agreement | None) -> QuerySet[Report]:
    """Issued reports of the agreement with their rows, for those who may read reports."""
    if chosen is None or not allowed(user, "report.list"):
        return Report.objects.none()
    issued = Report.objects.visible_to(user).filter(published_at__isnull=False, audience=Audience.INTERNAL)
    return issued.filter(agreement=chosen)


def _typed(request: HttpRequest, chosen: Agreement | None, reports: QuerySet[Report], *, at: dt.datetime) -> Any:
    """What was asked for; with only an agreement the days since its last issued report, else this quarter."""
    if any(name in request.GET for name in ASKED):
        return request.GET
    if chosen is None:
        return None
    last, today = reports.order_by("as_of").last(), day_of(at)
    first = day_of(last.as_of) if last else quarter(today.year, (today.month - 1) // 3 + 1).starts_on
    days = {"kesepakatan": chosen.code, "dari": tanggal(first), "sampai": tanggal(today)}
    return MultiValueDict({name: [value] for name, value in days.items()})


def _seen(request: HttpRequest, agreement: Agreement, form: ChangesForm) -> dict[str, Any]:
    """One page of the changes, with the addresses of those commitments the reader may open.

    Between reports everything printed there is told; between days only what the reader may see.
    """
    user = cast("SignedInRequest", request).user
    visible = Commitment.objects.visible_to(user).filter(agreement=agreement)
    if reports := form.reports:
        for report in reports:
            permit(user, "report.read", report)
        old, new = (json.loads(report.snapshot) for report in reports)
        told, is_whole = changes_between(old, new), True
    else:
        since, until = form.instants
        codes = frozenset(visible.values_list("code", flat=True))
        told = changes(agreement, since=since, until=until).only(codes)
        is_whole = agreement.commitments.counted().count() <= len(codes)
    page = paginate(request, [(group, one) for group in told.groups for one in group.changes], size=ON_A_PAGE)
    groups = _grouped(page, visible)
    return {"changes": told, "page": page, "groups": groups, "count": len(told.codes), "is_whole": is_whole}


def _grouped(page: NumberedPage, visible: QuerySet[Commitment]) -> list[tuple[ChangeGroup, list[tuple[Change, str]]]]:
    """What stands on one page, under the head of its group; each change with the address of its commitment."""
    shown = visible.filter(code__in={change.code for _group, change in page})
    addresses = {row.code: row.get_absolute_url() for row in shown.only("code")}
    return [
        (group, [(change, addresses.get(change.code, "")) for _group, change in rows])
        for group, rows in groupby(page, key=itemgetter(0))
    ]
