"""Meetings to come: plan, change, put off, call off, hold; and the evaluation meeting in one click."""

import datetime as dt
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import SignedInRequest, needs
from agencies.policy import Refusal, no, require
from agencies.views.answering import admit, answer
from agencies.views.unsaved import Unsaved
from commitments.carry import agenda_of, carried, open_items
from commitments.forms.planning import CancelForm, PlanForm, PostponeForm
from commitments.reminders import working_calendar
from commitments.views.fetch import restated
from config.htmx import go
from config.templatetags.waktu import tanggal_hari
from config.workdays import day_of
from meetings import planning
from meetings.models import Meeting, MeetingKind
from meetings.planning import PlanEntry
from meetings.rules import MeetingRights, may_hold, may_plan, may_reinstate
from meetings.views.detail import meeting_or_404

AHEAD = 7  # calendar days until an evaluation meeting that nobody dated


@needs("meeting.plan")
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a meeting, once or as a series; what is open with the partner becomes its agenda."""
    signed = cast(SignedInRequest, request)
    draft = Unsaved(signed, "rencana", title=_("Rencana pertemuan"), is_new=True, says=("counterpart", "held_on"))
    form = PlanForm(draft.typed, user=signed.user, today=timezone.localdate())

    def act() -> str:
        at = timezone.now()
        entry = form.entry()
        rows = carried(entry.host_agency, entry.counterpart, signed.user, at=at)
        meeting = planning.plan(entry, agenda=agenda_of(rows), by=signed.user, at=at)
        _say(signed, meeting, carried_count=len(rows))
        return meeting.get_absolute_url()

    return answer(signed, "commitments/plan.html", {"form": form, "draft": draft}, form, act)


@needs("meeting.plan")
def replan(request: HttpRequest, code: str) -> HttpResponse:
    """Change the facts of a meeting that is still to come."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    admit(signed, may_plan(signed.user, meeting))
    draft = _unsaved(signed, meeting, "ubah-rencana", _("Ubah rencana"))
    form = PlanForm(draft.typed, user=signed.user, today=timezone.localdate(), meeting=meeting)

    def act() -> str:
        version = form.cleaned_data["version"] or 0
        planning.replan(meeting, form.entry(), by=signed.user, at=timezone.now(), version=version)
        messages.success(signed, _("Rencana %(code)s diperbarui.") % {"code": meeting.code})
        return meeting.get_absolute_url()

    def renew() -> PlanForm:
        """What was typed, against the plan as it is now: sending it again is then a decision."""
        now = restated(signed, version=Meeting.objects.get(pk=meeting.pk).version)
        return PlanForm(now, user=signed.user, today=timezone.localdate(), meeting=meeting)

    page = {"form": form, "meeting": meeting, "draft": draft}
    return answer(signed, "commitments/plan.html", page, form, act, renew=renew)


@needs("meeting.plan")
def postpone(request: HttpRequest, code: str) -> HttpResponse:
    """Put a meeting off, to a day or for the time being, with a reason."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    admit(signed, may_plan(signed.user, meeting))
    title = _("Tunda pertemuan")
    draft = _unsaved(signed, meeting, "tunda", title)
    form = PostponeForm(draft.typed, today=timezone.localdate())

    def act() -> str:
        said = form.cleaned_data
        planning.postpone(meeting, new_on=said["new_on"], reason=said["reason"], by=signed.user, at=timezone.now())
        messages.success(signed, _("Pertemuan %(code)s ditunda.") % {"code": meeting.code})
        return meeting.get_absolute_url()

    page = {"form": form, "meeting": meeting, "draft": draft, "title": title, "button": _("Tunda")}
    return answer(signed, "commitments/plan_step.html", page, form, act)


@needs("meeting.plan")
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Call a meeting off, with a reason; the record stays."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    admit(signed, may_plan(signed.user, meeting))
    title = _("Batalkan pertemuan")
    draft = _unsaved(signed, meeting, "batalkan", title)
    form = CancelForm(draft.typed)

    def act() -> str:
        at = timezone.now()
        planning.cancel(meeting, reason=form.cleaned_data["reason"], by=signed.user, at=at, brings=open_items(at))
        messages.success(signed, _("Pertemuan %(code)s dibatalkan.") % {"code": meeting.code})
        return meeting.get_absolute_url()

    page = {"form": form, "meeting": meeting, "draft": draft, "title": title, "button": title}
    return answer(signed, "commitments/plan_step.html", page, form, act)


@require_POST
@needs("meeting.plan")
def hold(request: HttpRequest, code: str) -> HttpResponse:
    """Say that it took place; a second click finds it held."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    admit(signed, may_hold(signed.user, meeting, at=timezone.now()))
    at = timezone.now()
    planning.hold(meeting, by=signed.user, at=at, brings=open_items(at))
    messages.success(signed, _("Pertemuan %(code)s ditandai terlaksana. Catat hasilnya.") % {"code": meeting.code})
    return go(request, meeting)


@require_POST
@needs("meeting.plan")
def reinstate(request: HttpRequest, code: str) -> HttpResponse:
    """Plan a cancelled meeting again; a second click finds it planned."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    admit(signed, may_reinstate(signed.user, meeting))
    planning.reinstate(meeting, by=signed.user, at=timezone.now())
    messages.success(signed, _("Pertemuan %(code)s direncanakan lagi.") % {"code": meeting.code})
    return go(request, meeting)


@require_POST
@needs("meeting.plan")
def end_series(request: HttpRequest, code: str) -> HttpResponse:
    """Let the series of this meeting come back no more."""
    signed = cast(SignedInRequest, request)
    meeting = meeting_or_404(code, signed.user)
    require(MeetingRights(signed.user, meeting).edit)
    if meeting.series is not None:
        planning.end_series(meeting.series, by=signed.user, at=timezone.now())
        messages.success(signed, _("Pertemuan ini tidak berulang lagi."))
    return go(request, meeting)


@require_POST
@needs("meeting.plan")
def evaluate(request: HttpRequest, code: str) -> HttpResponse:
    """*Rapat evaluasi* in one click: planned with the same partner, with what is open as its agenda.

    A second click finds the evaluation that is planned already.
    """
    signed, at = cast(SignedInRequest, request), timezone.now()
    before = meeting_or_404(code, signed.user)
    require(MeetingRights(signed.user, before).edit)
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=before.pk)
        planned = _evaluation_after(before)
        if planned is None:
            rows = carried(before.host_agency, before.counterpart, signed.user, at=at)
            planned = planning.plan(_evaluation(before, at=at), agenda=agenda_of(rows), by=signed.user, at=at)
            _say(signed, planned, carried_count=len(rows))
    return go(request, planned)


def _unsaved(request: SignedInRequest, meeting: Meeting, key: str, title: str) -> Unsaved:
    """What is typed about a plan, kept until it is saved."""
    return Unsaved(
        request, f"{key}:{meeting.code}", title=title, about=meeting.code, agency=meeting.host_agency, is_shared=True,
        look=meeting.get_absolute_url(),
    )  # fmt: skip


def _evaluation_after(before: Meeting) -> Meeting | None:
    waiting = before.next_meetings.awaited().filter(kind=MeetingKind.EVALUATION)
    return waiting.order_by("pk").first()


def _evaluation(before: Meeting, *, at: dt.datetime) -> PlanEntry:
    """A week ahead, on the first working day from then on."""
    if before.counterpart is None:
        raise Refusal(no(_("Isi dahulu instansi mitra pertemuan ini, lalu jadwalkan rapat evaluasinya."), status=409))
    return PlanEntry(
        host_agency=before.host_agency,
        held_on=working_calendar().first_on_or_after(day_of(at) + dt.timedelta(days=AHEAD)),
        kind=MeetingKind.EVALUATION,
        counterpart=before.counterpart,
        agreement=before.agreement,
        previous=before,
    )


def _say(request: SignedInRequest, meeting: Meeting, *, carried_count: int) -> None:
    words = _("%(kind)s direncanakan %(day)s; %(n)d komitmen menjadi agenda.")
    said: dict[str, Any] = {
        "kind": meeting.get_kind_display(),
        "day": tanggal_hari(meeting.held_on),
        "n": carried_count,
    }
    messages.success(request, words % said)
