"""The list of those present, and the removal of papers, on pages of their own."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import SignedInRequest, needs
from agencies.numbering import once
from agencies.policy import require
from agencies.views.posted import content_of, typed
from config.htmx import go
from meetings.attendance import add_person, attendance_of, change_person, strike_person
from meetings.checkin import listed_by_name_only
from meetings.forms.attendance import PersonForm
from meetings.forms.papers import RemovalForm
from meetings.models import Meeting
from meetings.retention import remove_file
from meetings.rules import MeetingRights
from meetings.views.detail import meeting_or_404


def kept_or_refused(request: SignedInRequest, code: str) -> Meeting:
    """A meeting this person's agency keeps; others who see it are told no."""
    meeting = meeting_or_404(code, request.user)
    require(MeetingRights(request.user, meeting).edit)
    return meeting


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meeting.edit")
def attendance(request: HttpRequest, code: str) -> HttpResponse:
    """The list with every person, and the form that adds one more."""
    signed = cast(SignedInRequest, request)
    meeting = kept_or_refused(signed, code)
    form = PersonForm(typed(request))
    if not form.is_valid():
        page = {
            "meeting": meeting,
            "form": form,
            "rows": attendance_of(meeting),
            "by_name_only": listed_by_name_only(meeting),
        }
        return render(request, "meetings/attendance.html", page, status=422 if form.is_bound else 200)

    def act() -> str:
        add_person(meeting, form.person(), by=signed.user, at=timezone.now())
        messages.success(request, _("Daftar hadir diperbarui."))
        return reverse("meetings:attendance", args=[meeting.code])

    return go(request, once(form.once, by=signed.user, content=content_of(request), act=act))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meeting.edit")
def person(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """Correct one line of the list."""
    signed = cast(SignedInRequest, request)
    meeting = kept_or_refused(signed, code)
    row = get_object_or_404(meeting.attendance.select_related("agency"), pk=row_id)
    form = PersonForm(typed(request), row=row)
    if not form.is_valid():
        page = {"meeting": meeting, "form": form, "row": row}
        return render(request, "meetings/attendance_person.html", page, status=422 if form.is_bound else 200)
    change_person(row, form.person(), by=signed.user, at=timezone.now())
    messages.success(request, _("Daftar hadir diperbarui."))
    return go(request, "meetings:attendance", meeting.code)


@require_POST
@needs("meeting.edit")
def strike(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """Take one line out of the list; a second click finds it gone."""
    signed = cast(SignedInRequest, request)
    meeting = kept_or_refused(signed, code)
    row = meeting.attendance.select_related("agency").filter(pk=row_id).first()
    if row is not None:
        strike_person(row, by=signed.user, at=timezone.now())
        messages.success(request, _("%(agency)s: satu baris dicoret.") % {"agency": row.agency.short_name})
    return go(request, "meetings:attendance", meeting.code)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meeting.edit")
def remove_paper(request: HttpRequest, code: str, file_id: int) -> HttpResponse:
    """Remove a file of the meeting's papers with a reason; its row stays."""
    signed = cast(SignedInRequest, request)
    meeting = kept_or_refused(signed, code)
    file = get_object_or_404(meeting.files.all(), pk=file_id)
    form = RemovalForm(typed(request))
    if not form.is_valid():
        page = {"meeting": meeting, "file": file, "form": form}
        return render(request, "meetings/remove_file.html", page, status=422 if form.is_bound else 200)
    remove_file(file, by=signed.user, at=timezone.now(), reason=form.cleaned_data["reason"])
    messages.success(request, _("Berkas dihapus. Catatannya tetap ada."))
    return go(request, meeting)
