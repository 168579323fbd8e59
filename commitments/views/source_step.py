"""The first step of the pages that read what others wrote: a text or a table is taken in, or what is wrong is said."""

from django.http import HttpResponse
from django.shortcuts import render

from agencies.access import SignedInRequest
from agencies.views.unsaved import Unsaved
from config.forms import Form
from config.uploads import named_too_large


def ask(request: SignedInRequest, template: str, form: Form, draft: Unsaved, *, status: int = 200) -> HttpResponse:
    """The page with the box and the file. A form of a continued draft is not scolded."""
    draft.hush(form)
    return render(request, template, {"form": form, "draft": draft}, status=status)


def ask_again(request: SignedInRequest, template: str, form: Form, draft: Unsaved) -> HttpResponse | None:
    """The page with everything typed: 413 for a file that is too large, 422 without usable words; None with them."""
    is_valid = form.is_valid()
    if named_too_large(request, form):
        return ask(request, template, form, draft, status=413)
    return None if is_valid else ask(request, template, form, draft, status=422)
