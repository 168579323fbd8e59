"""Proofs leave the store only here: by policy, as an attachment."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from agencies.access import SignedInRequest, needs
from agencies.policy import require
from commitments.models import Commitment, Evidence, EvidenceKind
from commitments.rules import may_open_proof
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
    require(may_open_proof(signed.user, proof))
    response: HttpResponseBase = serve(proof.file, name=proof.name, content_type=proof.content_type)
    return cast(HttpResponse, response)
