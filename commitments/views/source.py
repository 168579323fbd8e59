"""The whole text a commitment comes from, with its own words marked."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from agencies.policy import permit
from commitments.highlights import numbered, pieces
from commitments.reading.spans import Span
from commitments.views.fetch import visible_commitment


@require_safe
@needs("commitment.read_source")
def source(request: HttpRequest, code: str) -> HttpResponse:
    """Only for who keeps the record, and its auditor: a text may speak of other agencies' matters too."""
    signed = cast(SignedInRequest, request)
    commitment = visible_commitment(signed, code)
    permit(signed.user, "commitment.read_source", commitment)
    own = Span(commitment.span_start, commitment.span_end)
    text = commitment.source.text
    page = {"commitment": commitment, "source": commitment.source, "pieces": pieces(text, numbered([own]))}
    return render(request, "commitments/source.html", page)
