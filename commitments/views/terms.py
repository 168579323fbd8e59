"""Complete the gaps of a commitment or correct it; who was faster is shown beside what was typed."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.audit import trail
from agencies.conflict import merge
from agencies.models import User
from agencies.views.unsaved import Unsaved
from commitments import actions, rules
from commitments.actions import StaleVersion
from commitments.forms.terms import TermsForm
from commitments.models import Commitment
from commitments.views.fetch import admit, answer, visible_commitment
from config.htmx import go
from config.templatetags.waktu import waktu

TEMPLATE = "commitments/terms.html"


@needs("commitment.change")
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Fetch, permit, parse, change against the opened version, answer."""
    signed = cast(SignedInRequest, request)
    commitment = visible_commitment(signed, code)
    admit(signed, rules.may_change(signed.user, commitment))
    draft = Unsaved(
        signed, f"rincian:{commitment.code}", title=_("Lengkapi isian"), about=commitment.code,
        agency=commitment.host_agency, is_shared=True, look=commitment.get_absolute_url(),
    )  # fmt: skip
    return _save(signed, commitment, _form(commitment, draft.typed), draft)


def _save(
    request: SignedInRequest, commitment: Commitment, form: TermsForm, draft: Unsaved, *, joined: str = ""
) -> HttpResponse:
    """Save once. Somebody faster: what only one of the two changed is joined and saved, the rest is asked.

    ``joined`` names the fields that were taken from the faster person's version already.
    """

    def act() -> str:
        said = form.cleaned_data
        actions.change_terms(
            commitment,
            form.entry(),
            by=request.user,
            at=timezone.now(),
            version=said["version"],
            reason=said["reason"],
        )
        messages.success(request, _saved_words(commitment, joined))
        return commitment.get_absolute_url()

    try:
        return answer(request, TEMPLATE, {"commitment": commitment, "form": form, "draft": draft}, form, act)
    except StaleVersion as stale:
        return _join(request, form, draft, stale.current)


def _form(commitment: Commitment, data: QueryDict | None) -> TermsForm:
    return TermsForm(data, commitment=commitment, today=timezone.localdate())


def _saved_words(commitment: Commitment, joined: str) -> str:
    words = _("Isian %(code)s tersimpan.") % {"code": commitment.code}
    if joined:
        words += " " + _("Yang hanya diubah orang lain ikut dipakai: %(fields)s.") % {"fields": joined}
    return words


def _who_was_faster(current: Commitment) -> str:
    """``Petugas BP3MI mengubah isian ini 2 Mar 2026 10.41 WIB.``"""
    last = trail(current).filter(verb="commitment.terms_changed").last()
    actor = User.objects.filter(pk=last.actor_id).first() if last and last.actor_id else None
    if last is None or actor is None:
        return _("Isian ini diubah orang lain saat Anda mengetik.")
    when = waktu(last.at, current.host_agency.clock)
    return _("%(name)s mengubah isian ini %(when)s.") % {"name": actor.name, "when": when}


def _join(request: SignedInRequest, form: TermsForm, draft: Unsaved, current: Commitment) -> HttpResponse:
    """Save what overlaps nowhere; else 409 with both values of each field that both changed."""
    now, mine = _form(current, None), form.typed_words()
    if mine == now.stored_words():
        draft.forget()
        return go(request, current)
    joined = merge(form.cleaned_data["base"], mine, now.stored_words())
    again, taken = _form(current, now.rebased(form, joined)), now.labels(joined.taken)
    if not joined.clashing:
        return _save(request, current, again, draft, joined=taken)
    again.is_asking = True
    again.is_valid()
    page = {"commitment": current, "form": again, "draft": draft, "taken": taken, "who": _who_was_faster(current)}
    return render(request, "commitments/conflict.html", page, status=409)
