"""Complete the gaps of a commitment or correct it; who was faster is shown beside what was typed."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.audit import trail
from agencies.models import User
from agencies.views.posted import typed
from commitments import actions, rules
from commitments.actions import StaleVersion
from commitments.forms.terms import TermsForm
from commitments.models import Commitment
from commitments.views.fetch import admit, answer, restated, visible_commitment
from config.htmx import go
from config.templatetags.waktu import waktu

TEMPLATE = "commitments/terms.html"


@needs("commitment.change")
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Fetch, permit, parse, change against the opened version, answer."""
    signed = cast(SignedInRequest, request)
    commitment = visible_commitment(signed, code)
    admit(signed, rules.may_change(signed.user, commitment))
    form = _form(signed, commitment)

    def act() -> str:
        said = form.cleaned_data
        actions.change_terms(
            commitment,
            form.entry(),
            by=signed.user,
            at=timezone.now(),
            version=said["version"],
            reason=said["reason"],
        )
        messages.success(signed, _("Isian %(code)s tersimpan.") % {"code": commitment.code})
        return commitment.get_absolute_url()

    try:
        return answer(signed, TEMPLATE, {"commitment": commitment, "form": form}, form, act)
    except StaleVersion as stale:
        return _conflict(signed, form, stale.current)


def _form(request: SignedInRequest, commitment: Commitment, data: Any = None) -> TermsForm:
    posted = data or typed(request)
    return TermsForm(posted, commitment=commitment, today=timezone.localdate())


def _who_was_faster(current: Commitment) -> str:
    """``Petugas BP3MI mengubah isian ini 2 Mar 2026 10.41 WIB.``"""
    last = trail(current).filter(verb="commitment.terms_changed").last()
    actor = User.objects.filter(pk=last.actor_id).first() if last and last.actor_id else None
    if last is None or actor is None:
        return _("Isian ini diubah orang lain saat Anda mengetik.")
    when = waktu(last.at, current.host_agency.clock)
    return _("%(name)s mengubah isian ini %(when)s.") % {"name": actor.name, "when": when}


def _conflict(request: SignedInRequest, form: TermsForm, current: Commitment) -> HttpResponse:
    """409 with both values of each field; saving again is then a decision against the present version."""
    differences = form.differences(current)
    if not differences:
        return go(request, current)
    again = _form(request, current, restated(request, version=current.version))
    again.is_valid()
    page = {"commitment": current, "form": again, "differences": differences, "who": _who_was_faster(current)}
    return render(request, "commitments/conflict.html", page, status=409)
