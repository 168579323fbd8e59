"""Check any text against the facts of a meeting, a report or an agreement. Nothing is stored."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.access import SignedInRequest, needs
from agencies.views.posted import typed
from reports.forms.press import CheckTextForm
from reports.press.checking import check
from reports.press.comparisons import Comparisons
from reports.press.personal import find_personal_data, place_words
from reports.press.shown import ShownCheck
from reports.press.sources import directory_offices

PAGE = "reports/press/check.html"


@require_http_methods(["GET", "HEAD", "POST"])
@needs("press.list")
def check_text(request: HttpRequest) -> HttpResponse:
    """GET the empty box (``?sumber=A-2026-001`` chooses); POST marks what is verified, differs or is not recorded."""
    user = cast(SignedInRequest, request).user
    asked = request.POST.get("source", "") or request.GET.get("sumber", "")
    offered = Comparisons(user, asked=asked[:24])
    form = CheckTextForm(typed(request), sources=offered.groups, initial={"source": asked})
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422 if form.is_bound else 200)
    words, facts = form.cleaned_data["text"], offered.facts(form.cleaned_data["source"], at=timezone.now())
    checked = check(words, facts, directory_offices())
    personal = [place_words(words, one) for one in find_personal_data(checked.text)]
    page = {"form": form, "checked": ShownCheck(checked), "personal": personal, "facts": facts}
    return render(request, PAGE, page)
