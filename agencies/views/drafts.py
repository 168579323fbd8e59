"""Doors of drafts: keep what is being typed, throw it away, take a colleague's over."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies import drafts
from agencies.access import SignedInRequest, needs
from agencies.models import Draft
from agencies.policy import Refusal, no
from agencies.views.unsaved import clock_words, colleague_of
from config.htmx import wants_part

STATE = "_ui/draft_state.html"


@require_POST
@needs("home")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed: the script gets the new line above the form, a plain form comes back to its page.

    A plain form's button is a decision, so it replaces what another window wrote; the script's saving never does.
    """
    signed = cast(SignedInRequest, request)
    opening = drafts.opening_of(request.POST.get(drafts.TICKET, ""))
    if opening is None or opening.user_id != signed.user.pk:
        raise Refusal(no(_("Halaman ini dibuka dengan akun lain, atau sudah terlalu lama. Muat ulang halaman.")))
    is_script = wants_part(request)
    at, fields = timezone.now(), drafts.kept_fields(request.POST)
    try:
        draft = drafts.keep(opening, fields, at=at, known=_known(request) if is_script else None)
    except Refusal as refusal:
        if not is_script:
            raise
        return render(request, STATE, {"refusal": refusal.verdict.reason}, status=refusal.verdict.status)
    words = _("Konsep tersimpan %(when)s.") % {"when": clock_words(at, signed.user, at=at)}
    if not is_script:
        messages.success(request, words)
        return redirect(opening.address)
    colleague = colleague_of(opening, draft.label, signed.user, at=at)
    return render(request, STATE, {"version": draft.version, "words": words, "colleague": colleague})


def _known(request: HttpRequest) -> int:
    """The version the page knows; nonsense counts as none."""
    posted = request.POST.get(drafts.VERSION, "")
    return int(posted) if posted.isascii() and posted.isdigit() and len(posted) < 10 else 0


@require_http_methods(["GET", "POST"])
@needs("home")
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then drop one's own draft. A second click finds it gone and goes on."""
    signed = cast(SignedInRequest, request)
    draft = Draft.objects.visible_to(signed.user).filter(pk=pk).first()
    if draft is None:
        is_gone = request.method == "POST" and not Draft.objects.filter(pk=pk).exists()
        if is_gone:
            return redirect("reports:home")
        raise Http404
    if request.method != "POST":
        page = {"draft": draft, "address": drafts.address_of(draft.content["path"], draft.form)}
        return render(request, "agencies/draft_throw_away.html", page)
    drafts.throw_away(draft, by=signed.user)
    messages.success(request, _("Konsep dibuang."))
    return redirect(str(draft.content["path"]))


@require_http_methods(["GET", "POST"])
@needs("home")
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then move a colleague's words to this person, who was let into the same form within the last hour."""
    signed = cast(SignedInRequest, request)
    draft = get_object_or_404(Draft.objects.select_related("user"), pk=pk)
    permission = request.GET.get("izin", "")
    if not drafts.is_granted(permission, draft, signed.user):
        raise Http404
    if request.method == "POST":
        taken = drafts.take_over(draft, by=signed.user, at=timezone.now())
        messages.success(request, _("Konsep diambil alih. Isian di bawah kini milik Anda."))
        return redirect(drafts.address_of(taken.content["path"], taken.form))
    page = {
        "draft": draft,
        "when": clock_words(draft.updated_at, signed.user, at=timezone.now()),
        "action": f"{reverse('agencies:draft_take_over', args=[pk])}?{request.GET.urlencode()}",
    }
    return render(request, "agencies/draft_take_over.html", page)
