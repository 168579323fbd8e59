"""The front page: what I owe, what waits for me, and where to begin."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agencies.access import SignedInRequest, needs
from reports.board.desk import Desk


@needs("home")
def home(request: SignedInRequest) -> HttpResponse:
    """Show the blocks that follow from the person's roles."""
    desk = Desk(request.user, at=timezone.now())
    return render(request, "reports/home.html", {"desk": desk, "agency": request.user.rights.main_agency})
