"""How a page with one form admits a person and answers without losing a word; the same for every object."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.access import SignedInRequest, trace_refusal
from agencies.numbering import once
from agencies.policy import Refusal, Verdict
from agencies.views.posted import content_of
from agencies.views.unsaved import Unsaved
from config.forms import OneTimeForm
from config.htmx import go
from config.uploads import named_too_large


def admit(request: HttpRequest, verdict: Verdict) -> None:
    """Refuse who may not, and who comes too early or too late.

    A posted form passes a "not now": the second click of a form that was acted on must find its first result,
    and the action asks the rule again.
    """
    if not verdict and (verdict.status == 403 or request.method != "POST"):
        raise Refusal(verdict)


def answer(
    request: SignedInRequest,
    template: str,
    page: dict[str, Any],
    form: OneTimeForm,
    act: Callable[[], str],
    *,
    renew: Callable[[], OneTimeForm] | None = None,
) -> HttpResponse:
    """Parse, act once, and answer: 200 empty form, 302 done, 413/422/409 with everything typed kept.

    ``renew`` gives the form to show after a 409 in place of the sent one. ``page["draft"]`` (an ``Unsaved``) is
    continued on GET and dropped with the act.
    """
    draft: Unsaved | None = page.get("draft")
    if request.method != "POST":
        if draft:
            draft.hush(form)
        return render(request, template, page)
    is_valid = form.is_valid()
    if named_too_large(request, form):
        return render(request, template, page, status=413)
    if not is_valid:
        return render(request, template, page, status=422)
    try:
        done = draft.saving(act) if draft else act
        address = once(form.once, by=request.user, content=content_of(request), act=done)
    except Refusal as refusal:
        if refusal.verdict.status == 403:
            raise
        trace_refusal(request, request.user)
        if renew is None:
            form.add_error(None, refusal.verdict.reason)
        else:
            page = page | {"form": renew(), "refusal": refusal.verdict.reason}
        return render(request, template, page, status=refusal.verdict.status)
    return go(request, address)
