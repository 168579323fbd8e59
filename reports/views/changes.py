"""What changed under an agreement: between two days, or between two issued reports."""

from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from agencies.models import Agreement, User
from agencies.policy import allowed
from commitments.models import Commitment
from config.asked import asked
from config.paging import NumberedPage, paginate
from reports.board.changed import question_of, seen
from reports.counting.changes import Change, ChangeGroup
from reports.forms.changes import ChangesForm
from reports.models import Report

DASHBOARD = "dasbor"
ON_A_PAGE = 200
"""Changes; a year of a large agreement has thousands."""


@require_safe
@needs("dashboard")
def show_changes(request: HttpRequest) -> HttpResponse:
    """The form above, the changes the reader may see below; an agreement alone is told since its last report."""
    user, at = cast("SignedInRequest", request).user, timezone.now()
    question = question_of(request.GET, user, at=at)
    form, chosen = question.form, question.agreement
    has_agreements = Agreement.objects.visible_to(user).exists()
    context: dict[str, Any] = {"form": form, "agreement": chosen, "has_agreements": has_agreements}
    context |= _came_from(asked(request, "asal"), chosen, user)
    if chosen is not None and form.is_valid():
        context |= _page(request, chosen, form)
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


def _page(request: HttpRequest, agreement: Agreement, form: ChangesForm) -> dict[str, Any]:
    """One page of the changes, with the addresses of those commitments the reader may open."""
    user = cast("SignedInRequest", request).user
    found = seen(agreement, form, user)
    told = found.changes
    page = paginate(request, [(group, one) for group in told.groups for one in group.changes], size=ON_A_PAGE)
    visible = Commitment.objects.visible_to(user).filter(agreement=agreement)
    answer = {"changes": told, "count": len(told.codes), "is_whole": found.is_whole}
    return answer | {"page": page, "groups": _grouped(page, visible)}


def _grouped(page: NumberedPage, visible: QuerySet[Commitment]) -> list[tuple[ChangeGroup, list[tuple[Change, str]]]]:
    """What stands on one page, under the head of its group; each change with the address of its commitment."""
    shown = visible.filter(code__in={change.code for _group, change in page})
    addresses = {row.code: row.get_absolute_url() for row in shown.only("code")}
    return [
        (group, [(change, addresses.get(change.code, "")) for _group, change in rows])
        for group, rows in groupby(page, key=itemgetter(0))
    ]
