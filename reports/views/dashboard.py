"""The dashboard: who owes what, in which condition; every number opens its rows."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from config.htmx import page_or_part, wants_part
from reports.board.board import LATER, MOST_PARTNERS, Board
from reports.board.choice import read_choice


@require_safe
@needs("dashboard")
def dashboard(request: SignedInRequest) -> HttpResponse:
    """Show the matrix and what waits for the reader; ``?bagian=`` brings one later part, or all within the page."""
    wanted = request.GET.get("bagian", "")
    is_part = wanted in LATER and wants_part(request)
    if is_part:
        board = _board(request, partners=0, is_shown=False)
        return render(request, "reports/_part.html", {"part": board.part(wanted), "board": board})
    board = _board(request, partners=None if wanted else MOST_PARTNERS)
    context = {"board": board, "parts": board.later(at_once=bool(wanted)), "zone": _zone(request)}
    return page_or_part(request, "reports/dashboard.html", "board", context)


@require_safe
@needs("dashboard")
def print_dashboard(request: SignedInRequest) -> HttpResponse:
    """Everything on the dashboard on paper."""
    board = _board(request, partners=None)
    context = {
        "board": board,
        "parts": board.later(at_once=True),
        "zone": _zone(request),
        "agency": request.user.rights.main_agency,
    }
    return render(request, "reports/print_dashboard.html", context)


def _board(request: SignedInRequest, *, partners: int | None, is_shown: bool = True) -> Board:
    at = timezone.now()
    choice = read_choice(request.GET, request.user, today=timezone.localdate(at), is_shown=is_shown)
    return Board(request.user, choice, at=at, partners=partners)


def _zone(request: SignedInRequest) -> str:
    """The zone in which the reader reads instants."""
    agency = request.user.rights.main_agency
    return agency.zone if agency else ""
