"""*Daftar hadir mandiri*: the host's page for the projector, and the page at the door for everybody."""

import datetime as dt
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies.access import SignedInRequest, needs, public
from agencies.audit import sha256
from agencies.numbering import once
from agencies.policy import Refusal, require
from agencies.views.posted import content_of, typed
from config.htmx import go, page_or_part, wants_part
from config.qr import qr_address
from config.throttle import Throttle, clock_words
from meetings import checkin
from meetings.forms.attendance import CheckInForm, DoorForm, EntryAgencyForm
from meetings.models import Meeting
from meetings.rules import MeetingRights
from meetings.views.detail import meeting_or_404

TEN_MINUTES = dt.timedelta(minutes=10)
GUESSES = Throttle("pintu", 20, TEN_MINUTES)  # addresses nobody gave out, per visitor
ENTRIES = Throttle("hadir", 120, TEN_MINUTES)  # names, per visitor and meeting: a whole room may share one address


def own_door(request: SignedInRequest, code: str) -> Meeting:
    """A meeting whose door this person keeps; others who see it are told no."""
    meeting = meeting_or_404(code, request.user)
    require(MeetingRights(request.user, meeting).checkin)
    return meeting


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meeting.checkin")
def room(request: HttpRequest, code: str) -> HttpResponse:
    """Open the door, show its code to the room, watch the names arrive, take them over, close it."""
    signed = cast(SignedInRequest, request)
    meeting = own_door(signed, code)
    step = request.POST.get("aksi", "buka")
    if request.method == "POST" and step == "tutup":
        checkin.close_door(meeting, by=signed.user, at=timezone.now())
        messages.success(request, _("Daftar hadir mandiri ditutup."))
        return go(request, "meetings:checkin_room", meeting.code)
    if request.method == "POST" and step == "masukkan":
        return _take_over(signed, meeting)
    form = DoorForm(typed(request), meeting=meeting, at=timezone.now())
    if not form.is_valid():
        return _room_page(signed, meeting, form, status=422 if form.is_bound else 200)

    def act() -> str:
        clock, is_new = form.cleaned_data["ends_at"], form.cleaned_data.get("is_new_address", False)
        checkin.open_door(meeting, clock, by=signed.user, at=timezone.now(), is_new_address=is_new)
        return reverse("meetings:checkin_room", args=[meeting.code])

    try:
        return go(request, once(form.once, by=signed.user, content=content_of(request), act=act))
    except Refusal as refusal:
        if refusal.verdict.status == 403:
            raise
        form.add_error("ends_at", refusal.verdict.reason)
        return _room_page(signed, meeting, form, status=refusal.verdict.status)


def _take_over(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    newest = request.POST.get("terbaru", "")
    seen = int(newest) if newest.isascii() and newest.isdigit() and len(newest) < 19 else 0
    taken = checkin.take_over(meeting, by=request.user, at=timezone.now(), seen=seen)
    words = ngettext("%(n)d nama masuk daftar hadir.", "%(n)d nama masuk daftar hadir.", taken) % {"n": taken}
    messages.success(request, words if taken else _("Semua nama sudah masuk daftar hadir."))
    return go(request, "meetings:checkin_room", meeting.code)


def _room_page(request: SignedInRequest, meeting: Meeting, form: DoorForm, *, status: int = 200) -> HttpResponse:
    """The page, or with htmx the names; nothing (204) when they are those the page shows already."""
    at = timezone.now()
    rows = list(meeting.checkins.filter(struck_at=None).select_related("agency").order_by("-pk"))
    present = {row.agency_id for row in meeting.attendance.all()} | {meeting.counterpart_id, meeting.host_agency_id}
    is_open = checkin.is_open(meeting, at=at)
    stand = sha256(repr([is_open, [(row.pk, row.agency_id, row.taken_over_at) for row in rows]]))[:12]
    if wants_part(request) and request.GET.get("tampil") == stand:
        return HttpResponse(status=204)
    page: dict[str, Any] = {
        "meeting": meeting,
        "form": form,
        "rows": [(row, row.agency_id is not None and row.agency_id not in present) for row in rows],
        "waiting": sum(row.taken_over_at is None for row in rows),
        "newest": rows[0].pk if rows else 0,
        "is_open": is_open,
        "stand": stand,
        "most": checkin.MOST,
    }
    if is_open:
        address = settings.SITE_URL + reverse("meetings:checkin", args=[meeting.checkin_token])
        page |= {"address": address, "qr": qr_address(address)}
    return page_or_part(request, "meetings/checkin_room.html", "names", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meeting.checkin")
def entry(request: HttpRequest, code: str, entry_id: int) -> HttpResponse:
    """One name at the door: strike it, or say which agency of the directory is meant."""
    signed = cast(SignedInRequest, request)
    meeting = own_door(signed, code)
    row = get_object_or_404(meeting.checkins.select_related("meeting", "agency"), pk=entry_id)
    if request.method == "POST" and request.POST.get("aksi") == "coret":
        checkin.strike(row, by=signed.user, at=timezone.now())
        messages.success(request, _("%(name)s dicoret.") % {"name": row.name})
        return go(request, "meetings:checkin_room", meeting.code)
    form = EntryAgencyForm(typed(request), row=row)
    if not form.is_valid():
        page = {"meeting": meeting, "row": row, "form": form}
        return render(request, "meetings/checkin_entry.html", page, status=422 if form.is_bound else 200)
    agency = form.cleaned_data["agency"]
    checkin.choose_agency(row, agency, by=signed.user, at=timezone.now())
    messages.success(request, _("%(name)s dicatat untuk %(agency)s.") % {"name": row.name, "agency": agency})
    return go(request, "meetings:checkin_room", meeting.code)


@require_http_methods(["GET", "HEAD", "POST"])
@public
@never_cache
def door(request: HttpRequest, token: str) -> HttpResponse:
    """The page at the door: three fields, no account. It says nothing of a meeting but kind, agencies and day.

    Guesses end; a known address stays open, for a whole room may share one address with whoever scans an old code.
    """
    now, visitor = timezone.now(), str(get_adapter(request).get_client_ip(request))
    meeting = checkin.meeting_behind(token)
    if meeting is None:
        if (until := GUESSES.refused_until(visitor, at=now)) is not None:
            return _door_page(request, {"again_at": clock_words(until)}, status=429)
        GUESSES.count(visitor, at=now)
        return _door_page(request, {}, status=404)
    if not checkin.is_open(meeting, at=now):
        return _door_page(request, {"closed": meeting}, status=410)
    with timezone.override(meeting.host_agency.clock):
        return _write_name(request, meeting, f"{meeting.pk}:{visitor}")


def _write_name(request: HttpRequest, meeting: Meeting, key: str) -> HttpResponse:
    now = timezone.now()
    form = CheckInForm(typed(request))
    page: dict[str, Any] = {"meeting": meeting, "form": form}
    if request.method == "POST":
        if (until := ENTRIES.refused_until(key, at=now)) is not None:
            return _door_page(request, page | {"again_at": clock_words(until)}, status=429)
        ENTRIES.count(key, at=now)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            row, is_new = checkin.check_in(meeting, form.entry(), at=now)
        except Refusal as refusal:
            form.add_error(None, refusal.verdict.reason)
            status = refusal.verdict.status
        else:
            return _door_page(request, {"meeting": meeting, "written": row, "is_new": is_new})
    page["agencies"] = checkin.near(meeting)
    return _door_page(request, page, status=status)


def _door_page(request: HttpRequest, page: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, "meetings/checkin.html", page, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
