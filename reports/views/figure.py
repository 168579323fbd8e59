"""A printed figure and the frozen rows behind it, each leading on to its proofs and to the commitment as it is now."""

import json
from collections.abc import Sequence
from typing import Any, cast

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from agencies.models import User
from agencies.policy import permit
from commitments.models import Commitment, Evidence, EvidenceKind
from commitments.rules import may_open_proof
from config.paging import evaluated, paginate
from meetings.models import Meeting
from reports.counting.tracing import Trace, families, trace, traced_rows
from reports.printing.document import revive
from reports.snapshots.snapshot import Snapshot
from reports.views.fetching import visible_report


@require_safe
@needs("report.list")
def figure(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One figure: its words, its number, its rows as they were frozen."""
    user = cast("SignedInRequest", request).user
    report = visible_report(request, code)
    permit(user, "report.read", report)
    snapshot = json.loads(report.snapshot)
    try:
        found = trace(snapshot, name)
    except KeyError as unknown:
        raise Http404 from unknown
    page = paginate(request, _rows(snapshot, found))
    things = Meeting.objects.visible_to(user) if found.counts_meetings else Commitment.objects.visible_to(user)
    addresses, files = _addresses(things, page), _files(user, page)
    rows = [(revive(row), addresses.get(row["code"], ""), _proofs(row, files)) for row in page]
    context = {"report": report, "figure": found, "page": evaluated(page, rows)}
    return render(request, "reports/figure.html", context)


@require_safe
@needs("report.list")
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """Every figure of a report, each leading to its rows."""
    report = visible_report(request, code)
    permit(request.user, "report.read", report)
    context = {"report": report, "families": families(json.loads(report.snapshot))}
    return render(request, "reports/figures.html", context)


def _rows(snapshot: Snapshot, found: Trace) -> list[Snapshot]:
    """The frozen rows of a figure, in the order of the report."""
    wanted = frozenset(found.codes)
    rows = traced_rows(snapshot, "meetings" if found.counts_meetings else "known")
    return [cast("Snapshot", row) for row in rows if row["code"] in wanted]


def _addresses(things: QuerySet[Any], rows: Sequence[Snapshot]) -> dict[str, str]:
    """Where the reader may look at each of the rows as it is now, by code."""
    live: QuerySet[Model] = things.filter(code__in=[row["code"] for row in rows])
    return {thing.code: thing.get_absolute_url() for thing in cast("Any", live)}


def _proofs(row: Snapshot, files: dict[str, str]) -> list[tuple[Snapshot, str]]:
    """What was frozen as proof of a row, each with the address of its file; empty where the reader may not open it."""
    return [(proof, files.get(proof["id"], "")) for proof in row.get("proofs", ())]


def _files(user: User, rows: Sequence[Snapshot]) -> dict[str, str]:
    """Where the reader may open the files named as proof in the rows, by the name they have in the report."""
    keys = [proof["id"].removeprefix("B") for row in rows for proof in row.get("proofs", ()) if proof["sha256"]]
    visible = Commitment.objects.visible_to(user)
    found = Evidence.objects.filter(pk__in=keys, kind=EvidenceKind.FILE, progress__commitment__in=visible)
    files = found.select_related("progress__commitment__agreement", "progress__commitment__meeting")
    may_open = (file for file in files if may_open_proof(user, file))
    return {f"B{file.pk}": reverse("commitments:evidence", args=[file.pk]) for file in may_open}
