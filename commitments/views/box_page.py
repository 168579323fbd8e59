"""A page with the commitments box: read it (*Periksa*), save drafts, or save and share; once per token."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from agencies.access import SignedInRequest
from agencies.numbering import once
from agencies.views.posted import content_of
from agencies.views.unsaved import Unsaved
from commitments.forms.box import BoxForm
from config.forms import OneTimeForm
from config.htmx import go, page_or_part, wants_part

CHECK, DRAFT, SHARE = "periksa", "draf", "sampaikan"


def answer_box(
    request: SignedInRequest,
    form: BoxForm,
    template: str,
    context: Mapping[str, Any],
    save: Callable[[str], str],
) -> HttpResponse:
    """Answer any visit to a page with the box. ``save`` takes the step and returns the address to go to.

    ``context["draft"]`` (an ``Unsaved``) is continued on GET and dropped with the save.
    """
    form.is_part = wants_part(request)
    page = {**context, "form": form, "is_checked": request.method == "POST"}
    draft: Unsaved | None = page.get("draft")
    if request.method != "POST":
        if draft:
            draft.hush(form)
        return render(request, template, page)
    step = request.POST.get("aksi", CHECK)
    is_valid = form.is_valid()
    if step not in (DRAFT, SHARE):
        return page_or_part(request, template, "preview", page)
    if not is_valid:
        return render(request, template, page, status=422)
    token = form.once if isinstance(form, OneTimeForm) else None
    act = draft.saving(lambda: save(step)) if draft else lambda: save(step)
    return go(request, once(token, by=request.user, content=content_of(request), act=act))
