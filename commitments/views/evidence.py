"""Proofs leave the store only here: by policy, as an attachment."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.policy import allowed, no, require
from commitments.models import Commitment, Evidence, EvidenceKind, Sensitivity
from config.files import serve


@needs("evidence.read_general")
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of a visible commitment (else 404), when the person may read that kind of proof (else 403)."""
    signed = cast(SignedInRequest, request)
    visible = Commitment.objects.visible_to(signed.user)
    proof = get_object_or_404(
        Evidence.objects.select_related("progress__commitment__agreement", "progress__commitment__meeting"),
        pk=pk,
        kind=EvidenceKind.FILE,
        progress__commitment__in=visible,
    )
    commitment = proof.progress.commitment
    may_read = allowed(signed.user, "evidence.read", commitment)
    if not may_read and proof.sensitivity == Sensitivity.GENERAL:
        may_read = allowed(signed.user, "evidence.read_general", commitment)
    if not may_read and may_read.status == 403:
        may_read = no(_("Bukti ini internal. Minta kepada instansi yang melaporkannya."))
    require(may_read)
    response: HttpResponseBase = serve(proof.file, name=proof.name, content_type=proof.content_type)
    return cast(HttpResponse, response)
