"""*Bahan audiensi* before a meeting, or about a partner as things stand now."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from agencies.models import Agency
from agencies.policy import no, permit, require
from meetings.views.detail import meeting_or_404
from reports.papers.brief import print_brief
from reports.papers.brief_facts import BriefFacts
from reports.views.printed import printed


@require_safe
@needs("meeting.brief")
def meeting_brief(request: HttpRequest, code: str) -> HttpResponse:
    """One page about the partner of a meeting, planned or held: for the office that keeps its record."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    permit(signed.user, "meeting.brief", meeting)
    if meeting.counterpart is None:
        require(no(_("Bahan audiensi memerlukan instansi mitra. Isi dahulu pada rincian pertemuan."), status=409))
    partner = cast(Agency, meeting.counterpart)
    facts = BriefFacts(meeting.host_agency, partner, signed.user, at=timezone.now(), meeting=meeting)
    return printed(request, _name(meeting.code), lambda: print_brief(facts), back=meeting)


@require_safe
@needs("meeting.brief")
def agency_brief(request: HttpRequest, code: str) -> HttpResponse:
    """One page about a partner as of now, seen from the person's own office."""
    signed = cast(SignedInRequest, request)
    partner = get_object_or_404(Agency.objects.visible_to(signed.user), code=code)
    host = cast(Agency, signed.user.rights.main_agency)
    permit(signed.user, "meeting.brief", host)
    if partner == host:
        require(no(_("Bahan audiensi disusun tentang instansi mitra, bukan tentang instansi sendiri."), status=409))
    facts = BriefFacts(host, partner, signed.user, at=timezone.now())
    return printed(request, _name(partner.code), lambda: print_brief(facts), back=partner)


def _name(code: str) -> str:
    return f"bahan-audiensi-{code}.pdf"
