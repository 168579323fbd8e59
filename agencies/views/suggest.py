"""Rows for the list that opens while a name is typed; a part of a page, never a page of its own."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agencies.access import SignedInRequest, needs
from agencies.models import Agreement
from agencies.names import snapshot
from agencies.suggestions import agencies_like, clauses_like
from config.asked import asked

MOST_PRESENT = 2000


@require_GET
@needs("agency.read")
def agencies(request: HttpRequest) -> HttpResponse:
    """Agencies called like ``?q=``; ``?hadir=`` are the codes of those present, separated by commas."""
    here = set(asked(request, "hadir", longest=MOST_PRESENT).split(","))
    found = agencies_like(asked(request, "q"), snapshot(), here=here)
    rows = [(entry.code, entry.short_name, entry.name, entry.code in here) for entry in found]
    return render(request, "agencies/_suggest.html", {"rows": rows, "sign": "@"})


@require_GET
@needs("agreement.list")
def scope(request: HttpRequest) -> HttpResponse:
    """Scope items like ``?q=`` of the agreement ``?kesepakatan=`` (its key); none without an agreement."""
    signed = cast(SignedInRequest, request)
    pk = asked(request, "kesepakatan")
    if not pk.isdecimal() or len(pk) > 18:
        return render(request, "agencies/_suggest.html", {"rows": [], "sign": "#"})
    agreement = get_object_or_404(Agreement.objects.visible_to(signed.user), pk=int(pk))
    found = clauses_like(asked(request, "q"), agreement.clauses.all())
    rows = [(clause.number, clause.text, "", False) for clause in found]
    return render(request, "agencies/_suggest.html", {"rows": rows, "sign": "#"})
