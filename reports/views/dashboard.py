"""The dashboard: who owes what, in which condition; every number opens its rows."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.models import Agreement
from commitments.models import Commitment
from commitments.queues import due_within
from reports.desk import waiting_for
from reports.overview import NEAR_DAYS, Filter, GapNumbers, overview

NEAR_ROWS = 5


def gap_rows(gaps: GapNumbers) -> list[dict[str, object]]:
    """Return the four gaps with the words that stand beside them."""
    return [
        {"label": _("tanpa penanggung jawab"), "number": gaps.owner},
        {"label": _("tanpa tenggat"), "number": gaps.date},
        {"label": _("tanpa target"), "number": gaps.target},
        {"label": _("belum dikaitkan dengan ruang lingkup"), "number": gaps.scope},
    ]


@needs("dashboard")
def dashboard(request: SignedInRequest) -> HttpResponse:
    """Show the matrix of agencies by condition, and what waits for the reader."""
    user, at = request.user, timezone.now()
    agreements = Agreement.objects.visible_to(user)
    asked = request.GET.get("kesepakatan", "")
    chosen = next((agreement for agreement in agreements if agreement.code == asked), None)
    seen = Commitment.objects.visible_to(user)
    if chosen is not None:
        seen = seen.filter(agreement=chosen)
    within = Filter((("kesepakatan", chosen.code),)) if chosen else Filter()
    counted = overview(seen, own=user.rights.own, at=at, within=within)
    waiting = waiting_for(user, seen, at=at)
    near = due_within(seen, NEAR_DAYS, at=at).select_related("lead").order_by("due_on", "code")[:NEAR_ROWS]
    context = {
        "agreements": agreements,
        "chosen": chosen,
        "is_unknown": bool(asked and chosen is None),
        "overview": counted,
        "sentence": counted.sentence(waiting=waiting.count),
        "waiting": waiting,
        "gap_rows": gap_rows(counted.gaps),
        "near": near,
        "zone": user.rights.main_agency.zone if user.rights.main_agency else "",
    }
    return render(request, "reports/dashboard.html", context)
