"""Which scope items of an agreement are acted on, as far as the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from agencies.models import Agreement, User
from agencies.numbering import right_form
from agencies.policy import permit
from commitments.models import Commitment
from commitments.status import COUNTED, Status
from meetings.models import Meeting
from reports.board.numbers import Filter, Number
from reports.counting.coverage import SILENT_DAYS, Coverage, ItemCoverage, coverage


@require_safe
@needs("agreement.list")
def show_coverage(request: HttpRequest, code: str) -> HttpResponse:
    """The three findings, each opening its scope items, and the whole scope below."""
    if (written := right_form(code)) != code:
        return redirect("reports:coverage", code=written, permanent=True)
    user, at = cast("SignedInRequest", request).user, timezone.now()
    agreement = get_object_or_404(Agreement.objects.visible_to(user), code=code)
    permit(user, "agreement.read", agreement)
    visible = frozenset(Commitment.objects.visible_to(user).filter(agreement=agreement).values_list("code", flat=True))
    covered = coverage(agreement, at, among=visible)
    findings = _findings(covered)
    asked = next((finding for finding in findings if finding.key == request.GET.get("tampil")), None)
    context = {
        "agreement": agreement,
        "coverage": covered,
        "findings": findings,
        "asked": asked,
        "rows": _rows(asked.items if asked else covered.items, agreement, user),
        "is_whole": agreement.commitments.counted().count() <= len(visible),
    }
    return render(request, "reports/coverage.html", context)


@dataclass(frozen=True)
class Finding:
    """What scope items lack: the words, the items, and the address part that shows them."""

    key: str
    label: str
    items: tuple[ItemCoverage, ...]


@dataclass(frozen=True)
class Row:
    """One scope item with its numbers, and whether its last meeting may be opened."""

    item: ItemCoverage
    total: Number
    verified: Number
    below: Number
    may_open_meeting: bool


def _findings(covered: Coverage) -> tuple[Finding, ...]:
    return (
        Finding("tanpa-komitmen", _("butir tanpa komitmen"), covered.without_commitment),
        Finding("tanpa-hasil", _("butir tanpa hasil terverifikasi"), covered.without_verified),
        Finding(
            "tanpa-pertemuan",
            _("butir tanpa pertemuan %(n)d hari terakhir") % {"n": SILENT_DAYS},
            covered.without_meeting,
        ),
    )


def _rows(items: Sequence[ItemCoverage], agreement: Agreement, user: User) -> list[Row]:
    met = [item.last_met.code for item in items if item.last_met]
    meetings = set(Meeting.objects.visible_to(user).filter(code__in=met).values_list("code", flat=True))
    of_agreement = Filter((("kesepakatan", agreement.code),))
    counted = [("status", status.value) for status in COUNTED]
    found = []
    for item in items:
        under = of_agreement.also(("ruang_lingkup", item.number))
        total = Number(item.total, under.also(*counted))
        verified = Number(item.verified, under.also(("status", Status.DONE.value)))
        below = Number(item.below, of_agreement.also(("ruang_lingkup", f"{item.number}.*"), *counted))
        found.append(Row(item, total, verified, below, item.last_met is not None and item.last_met.code in meetings))
    return found
