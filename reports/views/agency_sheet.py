"""*Lembar instansi* as a file, made on the spot."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from agencies.models import Agency
from reports.papers.agency_sheet import AgencySheet, print_sheet
from reports.views.printed import printed


@require_safe
@needs("agency.read")
def agency_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Two pages about an agency: what it leads and supports, of what the reader may see."""
    user = cast("SignedInRequest", request).user
    agency = get_object_or_404(Agency.objects.visible_to(user).select_related("parent"), code=code)
    sheet = AgencySheet(agency, user, at=timezone.now())
    return printed(request, f"lembar-instansi-{agency.code}.pdf", lambda: print_sheet(sheet), back=agency)
