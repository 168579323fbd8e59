"""What is done with the lines of a meeting: add, share, note who agreed, pass on, discard."""

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from agencies.access import SignedInRequest, needs
from agencies.numbering import once
from agencies.phones import whatsapp_link
from agencies.policy import require
from agencies.views.posted import content_of, typed
from agencies.views.unsaved import Unsaved
from commitments import notifications
from commitments.actions import recording
from commitments.actions.news import lock
from commitments.actions.terms import agree_in_meeting
from commitments.forms.box import BoxForm
from commitments.forms.fields import storable
from commitments.forms.meeting import LinesForm, TicksForm
from commitments.forms.prefill import prefill
from commitments.models import Commitment
from commitments.views.box_page import SHARE, answer_box
from config.htmx import go, page_or_part
from meetings.lines import lines_of
from meetings.models import Meeting
from meetings.rules import MeetingRights
from meetings.views.detail import meeting_or_404


def kept_meeting(request: SignedInRequest, code: str) -> Meeting:
    """A meeting this person's agency keeps; others who see it are told no."""
    meeting = meeting_or_404(code, request.user)
    require(MeetingRights(request.user, meeting).edit)
    return meeting


@needs("meeting.edit")
def add_lines(request: HttpRequest, code: str) -> HttpResponse:
    """Type more lines for a meeting; they stay drafts until shared. ``?dari=``: begin with what was said or decided."""
    signed = cast(SignedInRequest, request)
    meeting = kept_meeting(signed, code)
    taken = prefill(meeting, request.GET.get("dari", ""))
    draft = Unsaved(
        signed, f"baris:{meeting.code}{f'/{taken.source}' if taken else ''}", title=_("Tambah komitmen"),
        about=meeting.code, agency=meeting.host_agency, is_shared=True, look=meeting.get_absolute_url(),
        path=f"{request.path}?dari={taken.source}" if taken else request.path,
    )  # fmt: skip
    form = LinesForm(
        draft.typed,
        meeting=meeting,
        user=signed.user,
        today=timezone.localdate(),
        address=request.path,
        initial={"lines": taken.line, "kind": taken.kind} if taken else {},
    )

    def save(step: str) -> str:
        save_lines(signed, form, is_shared=step == SHARE)
        return meeting.get_absolute_url()

    return answer_box(signed, form, "commitments/lines.html", {"meeting": meeting, "draft": draft}, save)


def save_lines(request: SignedInRequest, form: LinesForm, *, is_shared: bool) -> None:
    """Add the lines of the box to their meeting, share them when asked, and say so."""
    at = timezone.now()
    with transaction.atomic():
        made = recording.add_lines(
            form.meeting, text=form.reading.text, lines=form.entries(form.spokespeople), by=request.user, at=at
        )
        if is_shared:
            recording.share(form.meeting, by=request.user, at=at)
    tell_saved(request, form, made, is_shared=is_shared)


def tell_saved(request: SignedInRequest, form: BoxForm, made: list[Commitment], *, is_shared: bool) -> None:
    """Say what became of the lines: new commitments, and news about open ones."""
    if made:
        messages.success(request, added_words(made, is_shared=is_shared))
    if form.news_words:
        messages.success(request, form.news_words)


def added_words(made: list[Commitment], *, is_shared: bool) -> str:
    """``2 komitmen tersimpan sebagai draf: K-2026-001, K-2026-002.``"""
    codes = ", ".join(commitment.code for commitment in made)
    words = ngettext("%(n)d komitmen", "%(n)d komitmen", len(made)) % {"n": len(made)}
    if is_shared:
        return _("%(lines)s disampaikan: %(codes)s.") % {"lines": words, "codes": codes}
    return _("%(lines)s tersimpan sebagai draf: %(codes)s.") % {"lines": words, "codes": codes}


@require_POST
@needs("meeting.share")
def share_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Make the draft lines of a meeting known; a second click changes nothing."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    drafts = meeting.commitments.drafts().count()
    recording.share(meeting, by=signed.user, at=timezone.now())
    if drafts or not meeting.is_shared:
        words = ngettext("%(n)d komitmen", "%(n)d komitmen", drafts) % {"n": drafts}
        messages.success(request, _("%(lines)s disampaikan. Pengingat mulai berjalan.") % {"lines": words})
    else:
        messages.success(request, _("Pertemuan ini sudah disampaikan."))
    return go(request, meeting)


@needs("meeting.edit")
def agree(request: HttpRequest, code: str) -> HttpResponse:
    """Note who agreed to which line in the room, also long after the meeting."""
    signed = cast(SignedInRequest, request)
    meeting = kept_meeting(signed, code)
    lines = lines_of(meeting, signed.user)
    form = TicksForm(typed(request), meeting=meeting, lines=lines)
    page: dict[str, Any] = {"meeting": meeting, "lines": lines, "form": form}
    if request.method != "POST":
        return render(request, "commitments/agree.html", page)
    if not form.is_valid():
        return render(request, "commitments/agree.html", page, status=409 if form.is_stale else 422)

    def act() -> str:
        save_ticks(signed, form)
        return meeting.get_absolute_url()

    return go(request, once(form.once, by=signed.user, content=content_of(signed), act=act))


def save_ticks(request: SignedInRequest, form: TicksForm) -> None:
    """Note all ticks of the form or none, and say so."""
    with transaction.atomic():
        lock(commitment.pk for commitment, _ticks in form.ticks())
        for commitment, ticks in form.ticks():
            agree_in_meeting(commitment, ticks, by=request.user, at=timezone.now())
    messages.success(request, form.saved_words())


@require_safe
@needs("meeting.share")
def share_text(request: HttpRequest, code: str) -> HttpResponse:
    """The text for a WhatsApp group, as a page of its own or as a panel of the meeting's page."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    require(MeetingRights(signed.user, meeting).share)
    rows = meeting.commitments.visible_to(signed.user).with_row_data().order_by("position", "pk")
    text = notifications.share_text(meeting, list(rows))
    page = {"meeting": meeting, "text": text, "whatsapp": whatsapp_link(text)}
    return page_or_part(request, "commitments/share_text.html", "panel", page)


@require_POST
@needs("commitment.change")
def discard_line(request: HttpRequest, code: str) -> HttpResponse:
    """Discard a draft line: marked, never deleted. A second click finds it discarded."""
    signed = cast(SignedInRequest, request)
    commitment = _own_or_404(signed, code)
    reason = storable(request.POST.get("alasan", ""))[:2000]
    recording.discard(commitment, by=signed.user, at=timezone.now(), reason=reason)
    messages.success(request, _("Draf %(code)s dibuang.") % {"code": code})
    return go(request, commitment.meeting or reverse("commitments:list"))


@require_POST
@needs("commitment.change")
def share_line(request: HttpRequest, code: str) -> HttpResponse:
    """Make one commitment from a letter or an instruction known; lines of a meeting are shared with it."""
    signed = cast(SignedInRequest, request)
    commitment = _own_or_404(signed, code)
    if commitment.meeting is not None:
        return share_meeting(request, commitment.meeting.code)
    if recording.share_commitments([commitment], by=signed.user, at=timezone.now()):
        messages.success(request, _("%(code)s disampaikan. Pengingat mulai berjalan.") % {"code": code})
    else:
        messages.success(request, _("Komitmen ini sudah disampaikan."))
    return go(request, commitment)


def _own_or_404(request: SignedInRequest, code: str) -> Commitment:
    visible = Commitment.objects.visible_to(request.user).values("pk")
    discarded = Q(is_discarded=True, host_agency__in=request.user.rights.own)
    rows = Commitment.objects.filter(Q(pk__in=visible) | discarded).select_related("meeting")
    commitment = rows.filter(code=code).first()
    if commitment is None:
        raise Http404
    return commitment
