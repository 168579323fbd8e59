"""*Mode rapat*: the meeting on the wall. Lines are typed as they are said; at the end each is read back and agreed."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import SignedInRequest, needs
from agencies.models import Agency
from agencies.numbering import once
from agencies.policy import require
from agencies.views.posted import content_of
from agencies.views.unsaved import Unsaved
from commitments.forms.meeting import LinesForm, TicksForm
from commitments.read_back import sentence_of
from commitments.views.box_page import answer_box
from commitments.views.meeting_lines import kept_meeting, save_lines, save_ticks
from config.htmx import go
from meetings.lines import AgreeBox, MeetingLine, lines_of
from meetings.models import Meeting
from meetings.rules import took_place

TEMPLATE = "commitments/room.html"
AGREE = "sepakati"
BOX = "id_lines"  # where the writing goes on after a line was added
NINE = 9  # agencies that have a key of their own


@dataclasses.dataclass(frozen=True)
class SpokenBox:
    """One agency's tick under a sentence: its number key (0: none), and who speaks for it."""

    box: AgreeBox
    key: int
    person: str
    is_lead: bool


@dataclasses.dataclass(frozen=True)
class SpokenLine:
    """A commitment as it is read aloud, with a tick for each agency in the room."""

    line: MeetingLine
    sentence: str
    boxes: tuple[SpokenBox, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether the lead (without a lead: anybody) has agreed."""
        leads = [row for row in self.boxes if row.is_lead] or list(self.boxes)
        return any(row.box.has_agreed for row in leads)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meeting.edit")
def room(request: HttpRequest, code: str) -> HttpResponse:
    """Type lines in the room (``?langkah=sepakati``: read them back and note who agrees)."""
    signed = cast(SignedInRequest, request)
    meeting = kept_meeting(signed, code)
    require(took_place(meeting))
    lines = lines_of(meeting, signed.user)
    step = request.POST.get("aksi") if request.method == "POST" else request.GET.get("langkah")
    if step == AGREE:
        return _read_back(signed, meeting, lines)
    draft = _draft(signed, meeting, "rapat", request.path)
    form = LinesForm(draft.typed, meeting=meeting, user=signed.user, today=timezone.localdate(), address=request.path)
    form.fields["lines"].widget.attrs["rows"] = 3

    def save(step: str) -> str:
        del step  # in the room everything is a draft until it was read back and shared
        save_lines(signed, form, is_shared=False)
        return f"{request.path}#{BOX}"

    page = {"meeting": meeting, "lines": lines, "agenda": meeting.agenda.all(), "draft": draft}
    return answer_box(signed, form, TEMPLATE, page, save)


def _draft(request: SignedInRequest, meeting: Meeting, key: str, path: str) -> Unsaved:
    return Unsaved(
        request, f"{key}:{meeting.code}", title=_("Mode rapat"), about=meeting.code, agency=meeting.host_agency,
        is_shared=True, look=meeting.get_absolute_url(), path=path,
    )  # fmt: skip


def _read_back(request: SignedInRequest, meeting: Meeting, lines: Sequence[MeetingLine]) -> HttpResponse:
    address = f"{request.path}?langkah={AGREE}"
    draft = _draft(request, meeting, "sepakat", address)
    form = TicksForm(draft.typed, meeting=meeting, lines=lines)
    page: dict[str, Any] = {"meeting": meeting, "form": form, "is_reading": True, "draft": draft}
    page["spoken"] = [_spoken(line, form) for line in lines if line.is_open_for_ticks]
    page["agreed"] = sum(line.is_agreed for line in page["spoken"])
    if request.method != "POST":
        draft.hush(form)
        return render(request, TEMPLATE, page)
    if not form.is_valid():
        return render(request, TEMPLATE, page, status=409 if form.is_stale else 422)

    def act() -> str:
        save_ticks(request, form)
        return address

    return go(request, once(form.once, by=request.user, content=content_of(request), act=draft.saving(act)))


def _spoken(line: MeetingLine, form: TicksForm) -> SpokenLine:
    people = {agency.pk: ", ".join(filter(None, [name, post])) for agency, name, post in form.people}
    boxes = [_box(box, n, people, line.commitment.lead) for n, box in enumerate(line.boxes, start=1)]
    return SpokenLine(line, sentence_of(line.commitment), tuple(boxes))


def _box(box: AgreeBox, n: int, people: Mapping[int, str], lead: Agency | None) -> SpokenBox:
    return SpokenBox(box, n if n <= NINE else 0, people.get(box.agency.pk, ""), box.agency == lead)
