"""The paper list of those present, photographed: internal, and kept for twelve months."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.numbering import once
from agencies.views.posted import content_of
from commitments.forms.photo import PhotosForm
from commitments.views.meeting_lines import kept_meeting
from config.htmx import go
from config.uploads import named_too_large
from meetings.actions import attach_file
from meetings.models import FileKind


@needs("meeting.edit")
def attendance_photo(request: HttpRequest, code: str) -> HttpResponse:
    """Add up to three photos of the signed list; all of them or none."""
    signed = cast(SignedInRequest, request)
    meeting = kept_meeting(signed, code)
    is_sent = request.method == "POST"
    form = PhotosForm(*((request.POST, request.FILES) if is_sent else ()))
    status = 413 if named_too_large(request, form) else 422 if is_sent else 200
    if not form.is_valid():
        return render(request, "commitments/attendance_photo.html", {"meeting": meeting, "form": form}, status=status)

    def act() -> str:
        at = timezone.now()
        with transaction.atomic():
            for photo in form.cleaned_data["photos"]:
                attach_file(meeting, FileKind.ATTENDANCE, photo, by=signed.user, at=at)
        messages.success(request, _("Foto daftar hadir tersimpan untuk 12 bulan."))
        return meeting.get_absolute_url()

    return go(request, once(form.once, by=signed.user, content=content_of(request), act=act))
