"""Correct a meeting that was saved before, and add to its papers."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.numbering import once
from agencies.views.posted import content_of, typed
from commitments.actions import recording
from commitments.actions.recording import StaleMeeting
from commitments.forms.meeting import MeetingFileForm, MeetingForm
from commitments.views.meeting_lines import kept_meeting
from config.htmx import go
from config.uploads import named_too_large
from meetings.actions import attach_file
from meetings.models import Meeting


@needs("meeting.edit")
def edit_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Correct the facts of a meeting. Who was faster is shown beside what was typed; nothing is lost."""
    signed = cast(SignedInRequest, request)
    meeting = kept_meeting(signed, code)
    form = MeetingForm(
        typed(request),
        meeting=meeting,
        user=signed.user,
        today=timezone.localdate(),
    )
    page = {"meeting": meeting, "form": form}
    if request.method != "POST":
        return render(request, "meetings/edit.html", page)
    if not form.is_valid():
        return render(request, "meetings/edit.html", page, status=422)
    try:
        recording.update_meeting(
            meeting, form.meeting_entry(), by=signed.user, at=timezone.now(), version=form.cleaned_data["version"]
        )
    except StaleMeeting as stale:
        return _conflict(signed, form, stale.current)
    messages.success(request, _("Pertemuan %(code)s diperbarui.") % {"code": meeting.code})
    return go(request, meeting)


def _conflict(request: SignedInRequest, form: MeetingForm, current: Meeting) -> HttpResponse:
    """409 with both values; a second click on the same button finds nothing that differs and goes on."""
    differences = form.differences(current)
    if not differences:
        return go(request, current)
    data = request.POST.copy()
    data["version"] = str(current.version)
    typed = MeetingForm(data, meeting=current, user=request.user, today=timezone.localdate())
    typed.is_valid()
    page = {"meeting": current, "form": typed, "differences": differences}
    return render(request, "meetings/edit.html", page, status=409)


@needs("meeting.edit")
def add_meeting_file(request: HttpRequest, code: str) -> HttpResponse:
    """Add one file to the meeting's papers."""
    signed = cast(SignedInRequest, request)
    meeting = kept_meeting(signed, code)
    is_sent = request.method == "POST"
    form = MeetingFileForm(*((request.POST, request.FILES) if is_sent else ()), today=timezone.localdate())
    status = 413 if named_too_large(request, form) else 422 if is_sent else 200
    if not form.is_valid():
        return render(request, "meetings/add_file.html", {"meeting": meeting, "form": form}, status=status)

    def act() -> str:
        typed = form.cleaned_data
        attach_file(
            meeting, typed["kind"], typed["file"], by=signed.user, at=timezone.now(),
            letter_number=typed["letter_number"], letter_on=typed["letter_on"],
        )  # fmt: skip
        messages.success(request, _("Berkas ditambahkan."))
        return meeting.get_absolute_url()

    return go(request, once(form.once, by=signed.user, content=content_of(request), act=act))
