"""What was said at a meeting: note it, correct it, and say whether it may be quoted."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.models import Agency
from agencies.policy import require
from agencies.views.answering import answer
from agencies.views.unsaved import Unsaved
from meetings.actions import add_statement, change_statement
from meetings.forms.statement import StatementForm
from meetings.lines import agencies_in_room
from meetings.models import Meeting
from meetings.rules import MeetingRights
from meetings.views.detail import meeting_or_404

TEMPLATE = "meetings/statement.html"


@needs("meeting.edit")
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Note one more statement."""
    signed = cast(SignedInRequest, request)
    meeting = _kept(signed, code)
    draft = _unsaved(signed, meeting, f"pernyataan:{meeting.code}")
    form = StatementForm(draft.typed, agencies=_speakers(meeting))

    def act() -> str:
        add_statement(meeting, **form.entry(), by=signed.user, at=timezone.now())
        messages.success(signed, _("Pernyataan disimpan."))
        return _block(meeting)

    return answer(signed, TEMPLATE, {"meeting": meeting, "form": form, "draft": draft}, form, act)


@needs("meeting.edit")
def change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Correct one statement, or switch its *izin kutip*."""
    signed = cast(SignedInRequest, request)
    meeting = _kept(signed, code)
    statement = get_object_or_404(meeting.statements.select_related("agency"), pk=pk)
    speakers = _speakers(meeting)
    if statement.agency is not None and statement.agency not in speakers:
        speakers.append(statement.agency)
    draft = _unsaved(signed, meeting, f"pernyataan:{meeting.code}/{statement.pk}")
    form = StatementForm(draft.typed, agencies=speakers, statement=statement)

    def act() -> str:
        change_statement(statement, **form.entry(), by=signed.user, at=timezone.now())
        messages.success(signed, _("Pernyataan disimpan."))
        return _block(meeting)

    page = {"meeting": meeting, "form": form, "statement": statement, "draft": draft}
    return answer(signed, TEMPLATE, page, form, act)


def _kept(request: SignedInRequest, code: str) -> Meeting:
    meeting = meeting_or_404(code, request.user)
    require(MeetingRights(request.user, meeting).edit)
    return meeting


def _unsaved(request: SignedInRequest, meeting: Meeting, key: str) -> Unsaved:
    """What is typed about a statement, kept until it is saved."""
    return Unsaved(
        request, key, title=_("Pernyataan"), about=meeting.code, agency=meeting.host_agency, is_shared=True,
        look=f"{meeting.get_absolute_url()}#pernyataan",
    )  # fmt: skip


def _speakers(meeting: Meeting) -> list[Agency]:
    """The agencies a speaker can be of: the keeper and everybody who was there."""
    room = agencies_in_room(meeting)
    return room if meeting.host_agency in room else [meeting.host_agency, *room]


def _block(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}#pernyataan"
