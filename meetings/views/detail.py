"""One meeting: its facts, what was said, its papers, and what was promised there."""

import uuid
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agencies.access import SignedInRequest, needs
from agencies.models import User
from agencies.numbering import right_form
from agencies.policy import allowed, require
from meetings.checkin import listed_by_name_only
from meetings.duplicates import agencies_of, likely_same
from meetings.lines import agencies_in_room, lines_of, spokespeople
from meetings.models import Attendance, Meeting
from meetings.rules import MeetingRights, may_hold


def meeting_or_404(code: str, user: User) -> Meeting:
    """A meeting this person may see, with its neighbours; to everybody else it does not exist."""
    rows = Meeting.objects.visible_to(user).select_related(
        "host_agency", "counterpart", "agreement", "merged_into", "series"
    )
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
    is_keeper = meeting.host_agency_id in user.rights.own
    return {
        "meeting": meeting,
        "rights": rights,
        "is_keeper": is_keeper,
        "sees_names": bool(is_keeper or rights.internal_file),
        "lines": lines,
        "late": {line.commitment.pk for line in lines if line.commitment.is_late(at=timezone.now())},
        "draft_count": sum(line.commitment.status == "DRAFT" for line in lines),
        "line_count": sum(line.is_counted for line in lines),
        "outside_count": sum(not line.is_counted for line in lines),
        "gap_count": sum(bool(line.gaps) for line in lines),
        "attendance": sorted(meeting.attendance.all(), key=lambda row: (row.agency.path, row.pk)),
        "by_name_only": listed_by_name_only(meeting),
        "people": [(agency, *named(people.get(agency.pk))) for agency in room],
        "token": uuid.uuid4(),  # the ticks are saved once
        "statements": meeting.statements.select_related("agency"),
        "files": meeting.files.select_related("removed_by").prefetch_related("photo_consents") if rights.file else [],
        "merges": meeting.merges_in.filter(undone_at=None).select_related("source"),
        "likely": likely_same(user, held_on=meeting.held_on, agencies=agencies_of(meeting), but=meeting)
        if rights.merge
        else [],
        "agenda": meeting.agenda.all(),
        "may_hold": bool(rights.plan and may_hold(user, meeting, at=timezone.now())),
        "writes_press": bool(meeting.is_shared and allowed(user, "press.write", meeting)),
        "can_tick": bool(rights.edit and room and any(line.is_open_for_ticks for line in lines)),
    }
