"""The minutes of a meeting and the report about it as files, made on the spot and handed out as attachments."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import SignedInRequest, needs
from agencies.policy import permit, require
from config.files import DOCX, hand_out
from meetings.models import Meeting
from meetings.rules import MeetingRights
from meetings.views.detail import meeting_or_404
from reports.papers.minutes import Minutes, minutes_of, print_minutes, write_minutes
from reports.papers.official_note import write_official_note
from reports.views.printed import printed


@require_safe
@needs("meeting.file")
def minutes_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes as PDF: the version asked for (``?versi=1``), otherwise the last; the draft for its keeper."""
    signed = cast(SignedInRequest, request)
    meeting, minutes = _minutes(signed, code)
    name = f"{_name(meeting, minutes)}.pdf"
    return printed(request, name, lambda: print_minutes(minutes, at=timezone.now()), back=meeting)


@require_safe
@needs("meeting.file")
def minutes_docx(request: HttpRequest, code: str) -> HttpResponse:
    """The same minutes as a Word file."""
    meeting, minutes = _minutes(cast(SignedInRequest, request), code)
    written = write_minutes(minutes, at=timezone.now())
    return hand_out(written, name=f"{_name(meeting, minutes)}.docx", content_type=DOCX)


@require_safe
@needs("meeting.minutes")
def official_note(request: HttpRequest, code: str) -> HttpResponse:
    """The report of the meeting to one's own superior, as a Word file to complete."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    permit(signed.user, "meeting.minutes", meeting)
    written = write_official_note(meeting, at=timezone.now())
    return hand_out(written, name=f"nota-dinas-{meeting.code}.docx", content_type=DOCX)


def _minutes(request: SignedInRequest, code: str) -> tuple[Meeting, Minutes]:
    meeting = meeting_or_404(code, request.user)
    require(MeetingRights(request.user, meeting).file)
    asked = request.GET.get("versi", "")
    if asked and not (asked.isdecimal() and len(asked) < 6):
        raise Http404
    return meeting, minutes_of(meeting, request.user, n=int(asked) if asked else None)


def _name(meeting: Meeting, minutes: Minutes) -> str:
    return f"notula-{meeting.code}-{f'versi-{minutes.n}' if minutes.n else 'draf'}"
