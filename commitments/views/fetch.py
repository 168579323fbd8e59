"""What the pages of one commitment share: fetching it, admitting the person, answering without losing words."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, trace_refusal
from agencies.audit import canonical
from agencies.numbering import once
from agencies.policy import Refusal, Verdict
from commitments.models import Commitment
from config.files import too_large_words
from config.forms import OneTimeForm
from config.htmx import go
from config.uploads import too_large_files


def visible_commitment(request: SignedInRequest, code: str) -> Commitment:
    """The commitment as far as this person may see it; otherwise 404."""
    rows = Commitment.objects.visible_to(request.user).select_related("lead", "host_agency", "meeting", "agreement")
    return get_object_or_404(rows.prefetch_related("contributions__agency"), code=code)


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

    ``renew`` gives the form to show after a 409 in place of the sent one.
    """
    if request.method != "POST":
        return render(request, template, page)
    is_valid = form.is_valid()
    if _named_too_large(request, form):
        return render(request, template, page, status=413)
    if not is_valid:
        return render(request, template, page, status=422)
    try:
        address = once(form.once, by=request.user, content=_content(request), act=act)
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


def restated(request: SignedInRequest, *, version: int) -> Any:
    """What was posted, against the row as it is now."""
    data = request.POST.copy()
    data["version"] = str(version)
    return data


def _named_too_large(request: HttpRequest, form: BaseForm) -> bool:
    """Say beside its field which file was left out for its size."""
    found = too_large_files(request)
    for file in found:
        field = file.field if file.field in form.fields else None
        if field:
            form.errors.pop(field, None)  # the missing file is no second error
        form.add_error(field, _("%(name)s: %(words)s") % {"name": file.name[:80], "words": too_large_words()})
    return bool(found)


def _content(request: HttpRequest) -> str:
    """What was sent and where to, for telling a second click from another form."""
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = []
    for name, uploads in request.FILES.lists():
        for upload in uploads:
            upload.seek(0)
            files.append([name, hashlib.sha256(upload.read()).hexdigest()])
    return canonical([request.path, typed, files])
