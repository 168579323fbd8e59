"""The calendar: one month as a list of days, and as a grid where there is room."""

import datetime as dt

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from agencies.models import Agreement
from config.htmx import page_or_part
from reports.board.agenda import MINE, OURS, View, month_of
from reports.board.numbers import Filter
from reports.counting.periods import Period, month, read_period


@require_safe
@needs("calendar")
def calendar(request: SignedInRequest) -> HttpResponse:
    """Show the month of ``?bulan=2026-04`` (default: this one) of what the reader may see."""
    at = timezone.now()
    agreements = list(Agreement.objects.visible_to(request.user))
    period, view = _month(request, timezone.localdate(at)), _view(request, agreements)
    context = {
        "month": month_of(view, period, at=at),
        "view": view,
        "agreements": agreements,
        "choices": (("", _("Semua agenda")), (OURS, _("Instansi kita")), (MINE, _("Milik saya"))),
        "ignored": _ignored(request, period, view),
        "rest": _rest(view),
        "near": [_neighbour(period, step) for step in range(-12, 13)],
        "before": _neighbour(period, -1),
        "after": _neighbour(period, +1),
        "today": timezone.localdate(at),
    }
    return page_or_part(request, "reports/calendar.html", "month", context)


def _view(request: SignedInRequest, agreements: list[Agreement]) -> View:
    """Whose agenda, and of which agreement; what is not known is left aside."""
    whose, code = request.GET.get("tampilkan", ""), request.GET.get("kesepakatan", "")
    agreement = next((pact for pact in agreements if pact.code == code), None)
    return View(request.user, whose=whose if whose in (OURS, MINE) else "", agreement=agreement)


def _month(request: SignedInRequest, today: dt.date) -> Period:
    """The month that is written in the address, else this month."""
    try:
        found = read_period(request.GET.get("bulan", ""))
    except ValueError:
        return month(today.year, today.month)
    return found if found.starts_on.month == found.ends_on.month else month(today.year, today.month)


def _neighbour(period: Period, step: int) -> Period:
    year, n = divmod(period.starts_on.year * 12 + period.starts_on.month - 1 + step, 12)
    return month(year, n + 1)


def _ignored(request: SignedInRequest, period: Period, view: View) -> list[str]:
    """What stood in the address and was not understood, in words."""
    found, asked, code = [], request.GET.get("bulan", ""), request.GET.get("kesepakatan", "")
    if asked and asked != period.code:
        found.append(_("Bulan ditulis seperti 2026-04; bulan ini yang ditampilkan."))
    if code and view.agreement is None:
        found.append(_("Kesepakatan itu tidak ada di daftar Anda, jadi semua kesepakatan ditampilkan."))
    return found


def _rest(view: View) -> str:
    """The choices beside the month, as they stand in the addresses of its neighbours."""
    pairs = (("tampilkan", view.whose), ("kesepakatan", view.agreement.code if view.agreement else ""))
    return Filter(tuple((name, value) for name, value in pairs if value)).query
