"""The attendance papers of a meeting, made on the spot and handed out as attachments."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from agencies.policy import require
from meetings.rules import MeetingRights
from meetings.views.detail import meeting_or_404
from reports.papers.attendance import print_list, print_sheet
from reports.views.printed import printed


@require_safe
@needs("meeting.file_internal")
def attendance_list(request: HttpRequest, code: str) -> HttpResponse:
    """Who was there, as PDF: for the keeper of the record and the auditor."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    require(MeetingRights(signed.user, meeting).internal_file)
    name = f"daftar-hadir-{meeting.code}.pdf"
    return printed(request, name, lambda: print_list(meeting, at=timezone.now()), back=meeting)


@require_safe
@needs("meeting.checkin")
def attendance_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The empty sheet to be signed in the room, as PDF."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    require(MeetingRights(signed.user, meeting).checkin)
    name = f"daftar-hadir-kosong-{meeting.code}.pdf"
    return printed(request, name, lambda: print_sheet(meeting, at=timezone.now()), back=meeting)
