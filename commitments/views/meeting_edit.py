"""Correct a meeting that was saved before, and add to its papers."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.audit import trail
from agencies.conflict import merge
from agencies.models import User
from agencies.numbering import once
from agencies.views.posted import content_of
from agencies.views.unsaved import Unsaved
from commitments.actions import recording
from commitments.actions.recording import StaleMeeting
from commitments.forms.meeting import MeetingFileForm, MeetingForm
from commitments.views.meeting_lines import kept_meeting
from config.htmx import go
from config.templatetags.waktu import waktu
from config.uploads import named_too_large
from meetings.actions import attach_file
from meetings.models import Meeting


@needs("meeting.edit")
def edit_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Correct the facts of a meeting. Somebody faster: what overlaps is asked, the rest is joined; nothing is lost."""
    signed = cast(SignedInRequest, request)
    meeting = kept_meeting(signed, code)
    draft = Unsaved(
        signed, f"ubah:{meeting.code}", title=_("Ubah pertemuan"), about=meeting.code,
        agency=meeting.host_agency, is_shared=True, look=meeting.get_absolute_url(),
    )  # fmt: skip
    form = _form(signed, meeting, draft.typed)
    if request.method == "POST":
        return _save(signed, meeting, form, draft)
    draft.hush(form)
    return render(request, "meetings/edit.html", {"meeting": meeting, "form": form, "draft": draft})


def _form(request: SignedInRequest, meeting: Meeting, data: QueryDict | None) -> MeetingForm:
    return MeetingForm(data, meeting=meeting, user=request.user, today=timezone.localdate())


def _save(
    request: SignedInRequest, meeting: Meeting, form: MeetingForm, draft: Unsaved, *, joined: str = ""
) -> HttpResponse:
    """Save; ``joined`` names the fields that were taken from a faster person's version already."""
    if not form.is_valid():
        return render(request, "meetings/edit.html", {"meeting": meeting, "form": form, "draft": draft}, status=422)
    try:
        with transaction.atomic():
            entry, version = form.meeting_entry(), form.cleaned_data["version"]
            recording.update_meeting(meeting, entry, by=request.user, at=timezone.now(), version=version)
            draft.forget()
    except StaleMeeting as stale:
        return _join(request, form, draft, stale.current)
    words = _("Pertemuan %(code)s diperbarui.") % {"code": meeting.code}
    if joined:
        words += " " + _("Yang hanya diubah orang lain ikut dipakai: %(fields)s.") % {"fields": joined}
    messages.success(request, words)
    return go(request, meeting)


def _join(request: SignedInRequest, form: MeetingForm, draft: Unsaved, current: Meeting) -> HttpResponse:
    """Save what overlaps nowhere; else 409 with both values of each field that both changed.

    A second click on the same button finds nothing that differs and goes on.
    """
    now, mine = _form(request, current, None), form.typed_words()
    joined = merge(form.cleaned_data["base"], mine, now.stored_words())
    if mine == now.stored_words():
        draft.forget()
        return go(request, current)
    again, taken = _form(request, current, now.rebased(form, joined)), now.labels(joined.taken)
    if not joined.clashing:
        return _save(request, current, again, draft, joined=taken)
    again.is_asking = True
    again.is_valid()
    page = {"meeting": current, "form": again, "draft": draft, "taken": taken, "who": _who_was_faster(current)}
    return render(request, "meetings/edit.html", page, status=409)


def _who_was_faster(current: Meeting) -> str:
    """``Petugas BP3MI mengubah pertemuan ini 2 Mar 2026 10.41 WIB.``"""
    last = trail(current).filter(verb="meeting.changed").last()
    actor = User.objects.filter(pk=last.actor_id).first() if last and last.actor_id else None
    if last is None or actor is None:
        return _("Pertemuan ini diubah orang lain saat Anda mengetik.")
    when = waktu(last.at, current.host_agency.clock)
    return _("%(name)s mengubah pertemuan ini %(when)s.") % {"name": actor.name, "when": when}


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
