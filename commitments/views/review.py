"""Decide over claims: the queue, one claim with its evidence in view, return it, or record a signed document."""

import datetime as dt
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.views.posted import typed
from commitments import actions, rules
from commitments.forms.decide import DocumentForm, SendBackForm, VerifyForm
from commitments.models import Commitment, Evidence, Verification
from commitments.models import Verdict as Decision
from commitments.queues import awaiting_decision
from commitments.rules import Facts
from commitments.views.fetch import admit, answer, visible_commitment
from commitments.words import days_waiting
from config.paging import paginate


@needs("commitment.verify")
def review(request: HttpRequest) -> HttpResponse:
    """The claims that wait for this person, oldest first, and the last five decisions."""
    signed, at = cast(SignedInRequest, request), timezone.now()
    visible = Commitment.objects.visible_to(signed.user)
    waiting = awaiting_decision(visible, signed.user).select_related("lead").order_by("submitted_at", "code")
    page = paginate(request, waiting)
    rows = [(row, days_waiting(row, at=at)) for row in page]
    recent = Verification.objects.filter(decided_by=signed.user).select_related("claim__commitment").order_by("-pk")
    return render(request, "commitments/review.html", {"page": page, "rows": rows, "recent": recent[:5]})


@needs("commitment.verify")
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """One claim with everything it rests on; the decision holds for exactly what was shown."""
    signed = cast(SignedInRequest, request)
    commitment, at = visible_commitment(signed, code), timezone.now()
    facts = Facts(commitment, at=at)
    admit(signed, rules.may_verify(signed.user, commitment, facts))
    page = _claim_page(commitment, facts)
    form = VerifyForm(typed(request), initial={"seen": page["seen"]})

    def act() -> str:
        actions.verify(commitment, by=signed.user, at=at, seen_digest=form.cleaned_data["seen"])
        messages.success(signed, _("%(code)s dinyatakan selesai.") % {"code": commitment.code})
        return commitment.get_absolute_url()

    def renew() -> VerifyForm:
        return VerifyForm(initial={"seen": page["seen"]})  # what is shown now is new: a new decision

    return answer(signed, "commitments/verify.html", page | {"form": form}, form, act, renew=renew)


@needs("commitment.verify")
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Return a claim with the reason."""
    signed = cast(SignedInRequest, request)
    commitment, at = visible_commitment(signed, code), timezone.now()
    admit(signed, rules.may_send_back(signed.user, commitment, Facts(commitment, at=at)))
    form = SendBackForm(typed(request))

    def act() -> str:
        actions.send_back(commitment, by=signed.user, at=at, reason=form.full_reason)
        messages.success(signed, _("%(code)s dikembalikan untuk dilengkapi.") % {"code": commitment.code})
        return commitment.get_absolute_url()

    return answer(signed, "commitments/send_back.html", {"commitment": commitment, "form": form}, form, act)


@needs("commitment.verify_by_document")
def verify_by_document(request: HttpRequest, code: str) -> HttpResponse:
    """Record the signed document by which somebody else verified the claim."""
    signed = cast(SignedInRequest, request)
    commitment, at = visible_commitment(signed, code), timezone.now()
    facts = Facts(commitment, at=at)
    admit(signed, rules.may_verify_by_document(signed.user, commitment, facts))
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*posted, claim=facts.claim, today=timezone.localdate())

    def act() -> str:
        return _verified_by_document(signed, commitment, form, at)

    page = _claim_page(commitment, facts) | {"form": form}
    return answer(signed, "commitments/verify_document.html", page, form, act)


def _verified_by_document(request: SignedInRequest, commitment: Commitment, form: DocumentForm, at: dt.datetime) -> str:
    said = form.cleaned_data
    actions.verify_by_document(
        commitment,
        by=request.user,
        at=at,
        letter_number=said["letter_number"],
        letter_on=said["letter_on"],
        signer_name=said["signer_name"],
        signer_post=said["signer_post"],
        file=form.stored,
    )
    messages.success(request, _("%(code)s dinyatakan selesai dengan dokumen.") % {"code": commitment.code})
    return commitment.get_absolute_url()


def _claim_page(commitment: Commitment, facts: Facts) -> dict[str, Any]:
    """What a decision looks at: terms, claim, every proof, earlier returns, and the digest of it all."""
    claim = facts.claim
    proofs = Evidence.objects.filter(progress__commitment=commitment).select_related("progress")
    returns = Verification.objects.filter(claim__commitment=commitment, verdict=Decision.RETURNED)
    return {
        "commitment": commitment,
        "claim": claim,
        "proofs": list(proofs),
        "returns": returns.select_related("decided_by"),
        "seen": actions.claim_digest(commitment, claim) if claim else "",
    }
