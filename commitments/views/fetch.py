"""What the pages of one commitment share: fetching it, admitting the person, answering without losing words."""

from typing import Any

from django.shortcuts import get_object_or_404

from agencies.access import SignedInRequest
from agencies.views.answering import admit, answer
from commitments.models import Commitment

__all__ = ["admit", "answer", "restated", "visible_commitment"]


def visible_commitment(request: SignedInRequest, code: str) -> Commitment:
    """The commitment as far as this person may see it; otherwise 404."""
    rows = Commitment.objects.visible_to(request.user).select_related("lead", "host_agency", "meeting", "agreement")
    return get_object_or_404(rows.prefetch_related("contributions__agency"), code=code)


def restated(request: SignedInRequest, *, version: int) -> Any:
    """What was posted, against the row as it is now."""
    data = request.POST.copy()
    data["version"] = str(version)
    return data
