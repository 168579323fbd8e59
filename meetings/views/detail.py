"""One meeting: its facts, what was said, its papers, and what was promised there."""

import uuid
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agencies.access import SignedInRequest, needs
from agencies.models import User
from agencies.numbering import right_form
from agencies.policy import require
from meetings.lines import agencies_in_room, lines_of, spokespeople
from meetings.models import Attendance, Meeting
from meetings.rules import MeetingRights


def meeting_or_404(code: str, user: User) -> Meeting:
    """A meeting this person may see, with its neighbours; to everybody else it does not exist."""
    rows = Meeting.objects.visible_to(user).select_related("host_agency", "counterpart", "agreement")
    meeting = rows.prefetch_related("attendance__agency").filter(code=code).first()
    if meeting is None:
        raise Http404
    return meeting


@needs("meeting.read")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a meeting; codes typed short or small lead to the proper address."""
    signed = cast(SignedInRequest, request)
    if (written := right_form(code)) != code:
        return redirect("meetings:detail", code=written, permanent=True)
    meeting = meeting_or_404(code, signed.user)
    rights = MeetingRights(signed.user, meeting)
    require(rights.read)
    return render(request, "meetings/detail.html", page_context(meeting, signed.user, rights))


def named(person: Attendance | None) -> tuple[str, str]:
    """(name, post) of whoever came for an agency; empty when nobody was named."""
    return (person.name, person.post_text) if person else ("", "")


def page_context(meeting: Meeting, user: User, rights: MeetingRights) -> dict[str, Any]:
    """Everything the page of a meeting shows to this person."""
    lines = lines_of(meeting, user)
    people = spokespeople(meeting)
    room = agencies_in_room(meeting)
    return {
        "meeting": meeting,
        "rights": rights,
        "lines": lines,
        "draft_count": sum(line.commitment.status == "DRAFT" for line in lines),
        "gap_count": sum(1 for line in lines if not line.commitment.lead_id or not line.commitment.due_on),
        "attendance": sorted(meeting.attendance.all(), key=lambda row: (row.agency.path, row.pk)),
        "people": [(agency, *named(people.get(agency.pk))) for agency in room],
        "token": uuid.uuid4(),  # the ticks are saved once
        "statements": meeting.statements.select_related("agency"),
        "files": meeting.files.all() if rights.file else [],
        "can_tick": bool(rights.edit and room and any(line.is_open_for_ticks for line in lines)),
    }
