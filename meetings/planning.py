"""Meetings that are still to come: planned, postponed, cancelled, held; and series that come back.

A planned meeting belongs to its host alone: partners learn of it by the invitation, not from the record.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.audit import record
from agencies.models import Agency, Agreement, User
from agencies.numbering import next_code
from agencies.policy import Refusal, no, permit, require
from config.templatetags.waktu import tanggal
from config.workdays import day_of, months_after
from meetings.minutes import AgendaEntry, first_items
from meetings.models import AgendaItem, Meeting, MeetingKind, MeetingSeries, MeetingStatus
from meetings.models.meeting import AWAITED
from meetings.rules import may_hold, may_plan, may_reinstate

Brings = Callable[[Agency, Agency | None], Sequence[AgendaEntry]]  # (host, partner): what is open between them


def nothing(_host: Agency, _partner: Agency | None) -> Sequence[AgendaEntry]:
    """An agenda that begins empty."""
    return ()


@dataclasses.dataclass(frozen=True)
class PlanEntry:
    """What is known of a meeting to come; only host and date are required. Times are those of the host's zone.

    ``every_months`` makes it the first of a series that comes back until ``until`` (open when None).
    """

    host_agency: Agency
    held_on: dt.date
    kind: str = MeetingKind.AUDIENCE
    counterpart: Agency | None = None
    agreement: Agreement | None = None
    place: str = ""
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    previous: Meeting | None = None
    every_months: int | None = None
    until: dt.date | None = None


@transaction.atomic
def plan(
    entry: PlanEntry, *, agenda: Sequence[AgendaEntry] = (), by: User | None, at: dt.datetime, is_example: bool = False
) -> Meeting:
    """Plan a meeting; its agenda begins with the approval of the last minutes, then what ``agenda`` brings."""
    if by is not None:
        permit(by, "meeting.plan", entry.host_agency)
    series = _begin_series(entry, by=by, at=at) if entry.every_months else None
    return _plan(entry, agenda, series=series, by=by, at=at, is_example=is_example)


@transaction.atomic
def replan(meeting: Meeting, entry: PlanEntry, *, by: User, at: dt.datetime, version: int) -> Meeting:
    """Change a meeting that is still to come; its series and agenda stay.

    Raises Refusal (409) when somebody changed it since ``version``, with what it says now.
    """
    meeting = _locked(meeting)
    require(may_plan(by, meeting))
    if meeting.version != version:
        said = {"day": tanggal(meeting.held_on), "place": meeting.place or "-"}
        words = _("Rencana ini diubah orang lain saat Anda mengetik: sekarang %(day)s, tempat %(place)s.")
        raise Refusal(no(words % said, status=409))
    before = {"held_on": meeting.held_on, "kind": meeting.kind}
    _fill(meeting, entry)
    meeting.version += 1
    meeting.save()
    after = {"held_on": meeting.held_on, "kind": meeting.kind}
    record("meeting.replanned", on=meeting, by=by, at=at, before=before, after=after)
    return meeting


@transaction.atomic
def postpone(meeting: Meeting, *, new_on: dt.date | None, reason: str, by: User, at: dt.datetime) -> Meeting:
    """Put a meeting off: to a new day, on which it is planned again, or without one (*ditunda*)."""
    meeting = _locked(meeting)
    require(may_plan(by, meeting))
    before = {"held_on": meeting.held_on, "status": meeting.status}
    with override(settings.LANGUAGE_CODE):  # kept with the record
        since = _("Semula %(day)s.") % {"day": tanggal(meeting.held_on)}
    meeting.status = MeetingStatus.PLANNED if new_on else MeetingStatus.POSTPONED
    meeting.held_on = new_on or meeting.held_on
    meeting.status_reason = f"{since} {reason}".strip()[:300]
    _moved(meeting, "meeting.postponed", before, by=by, at=at, reason=reason)
    return meeting


@transaction.atomic
def cancel(meeting: Meeting, *, reason: str, by: User, at: dt.datetime, brings: Brings = nothing) -> Meeting:
    """Say that a planned meeting will not take place; the record stays, with its reason.

    A series goes on: ``brings`` says what its next meeting starts with.
    """
    meeting = _locked(meeting)
    require(may_plan(by, meeting))
    before: dict[str, Any] = {"status": meeting.status}
    meeting.status, meeting.status_reason = MeetingStatus.CANCELLED, reason[:300]
    _moved(meeting, "meeting.cancelled", before, by=by, at=at, reason=reason, brings=brings)
    return meeting


@transaction.atomic
def reinstate(meeting: Meeting, *, by: User, at: dt.datetime) -> Meeting:
    """Plan a cancelled meeting again, on its day and with its agenda. A second click changes nothing."""
    meeting = _locked(meeting)
    if meeting.status in AWAITED:
        return meeting
    require(may_reinstate(by, meeting))
    before: dict[str, Any] = {"status": meeting.status}
    meeting.status, meeting.status_reason = MeetingStatus.PLANNED, ""
    _moved(meeting, "meeting.reinstated", before, by=by, at=at)
    return meeting


@transaction.atomic
def hold(meeting: Meeting, *, by: User, at: dt.datetime, brings: Brings = nothing) -> Meeting:
    """Say that a planned meeting took place; from now on it is logged and shared like any other.

    A series goes on: ``brings`` says what its next meeting starts with. Raises Refusal before the day. A second
    click finds it held and changes nothing.
    """
    meeting = _locked(meeting)
    if meeting.status == MeetingStatus.HELD:
        return meeting
    require(may_hold(by, meeting, at=at))
    before: dict[str, Any] = {"status": meeting.status}
    meeting.status, meeting.status_reason = MeetingStatus.HELD, ""
    _moved(meeting, "meeting.held", before, by=by, at=at, brings=brings)
    return meeting


@transaction.atomic
def end_series(series: MeetingSeries, *, by: User, at: dt.datetime) -> MeetingSeries:
    """Let a series come back no more; what is planned already stays. A second click changes nothing."""
    series = MeetingSeries.objects.select_for_update().get(pk=series.pk)
    permit(by, "meeting.plan", series.host_agency)
    if not series.is_ended:
        series.is_ended = True
        series.save(update_fields=["is_ended"])
        last = series.meetings.order_by("-pk").first()
        if last is not None:
            record("meeting.series_ended", on=last, by=by, at=at)
    return series


def sweep_series(at: dt.datetime, *, brings: Brings = nothing) -> int:
    """Plan the next meeting of every series whose last one is over; return how many. Harmless when repeated."""
    planned = 0
    for series in MeetingSeries.objects.filter(is_ended=False).order_by("pk"):
        with transaction.atomic():
            planned += plan_next(series, by=None, at=at, brings=brings) is not None
    return planned


def plan_next(series: MeetingSeries, *, by: User | None, at: dt.datetime, brings: Brings = nothing) -> Meeting | None:
    """The next meeting of a series, planned now; None while one is still to come, or when the series is over.

    Its day follows from the first one, month by month; whether offices work on it is left to a person.
    """
    series = MeetingSeries.objects.select_for_update().get(pk=series.pk)
    if series.is_ended or series.meetings.filter(status__in=AWAITED, held_on__gte=day_of(at)).exists():
        return None
    last = series.meetings.order_by("-held_on", "-pk").select_related("previous").first()
    held_on = next_day(series, after=max(day_of(at), last.held_on) if last else day_of(at))
    if series.ends_on is not None and held_on > series.ends_on:
        return None
    entry = PlanEntry(
        host_agency=series.host_agency,
        held_on=held_on,
        kind=series.kind,
        counterpart=series.counterpart,
        agreement=series.agreement,
        place=series.place,
        starts_at=last.starts_at if last else None,
        ends_at=last.ends_at if last else None,
    )
    agenda = brings(entry.host_agency, entry.counterpart)
    return _plan(entry, agenda, series=series, by=by, at=at, is_example=bool(last and last.is_example))


def next_day(series: MeetingSeries, *, after: dt.date) -> dt.date:
    """The first day of a series after ``after``: the same day of the month, or the last of a shorter one."""
    count = 0
    while (day := months_after(series.first_on, count * series.every_months)) <= after:
        count += 1
    return day


def _plan(
    entry: PlanEntry,
    agenda: Sequence[AgendaEntry],
    *,
    series: MeetingSeries | None,
    by: User | None,
    at: dt.datetime,
    is_example: bool,
) -> Meeting:
    meeting = Meeting(
        code=next_code("A", entry.held_on.year),
        status=MeetingStatus.PLANNED,
        host_agency=entry.host_agency,
        series=series,
        created_at=at,
        created_by=by,
        is_example=is_example,
    )
    _fill(meeting, entry)
    meeting.save()
    set_agenda(meeting, agenda)
    record("meeting.planned", on=meeting, by=by, at=at, after={"held_on": meeting.held_on, "kind": meeting.kind})
    return meeting


def set_agenda(meeting: Meeting, agenda: Sequence[AgendaEntry]) -> None:
    """Give a new meeting its agenda: the approval of the last minutes first, then the items in their order."""
    items = first_items(meeting) + [
        AgendaItem(title=entry.title[:300], kind=entry.kind, about_code=entry.about_code, discussion=entry.discussion)
        for entry in agenda
    ]
    for position, item in enumerate(items, start=1):
        item.meeting, item.position = meeting, position
        item.save()


def _begin_series(entry: PlanEntry, *, by: User | None, at: dt.datetime) -> MeetingSeries:
    return MeetingSeries.objects.create(
        host_agency=entry.host_agency,
        counterpart=entry.counterpart,
        agreement=entry.agreement,
        kind=entry.kind,
        place=entry.place,
        every_months=entry.every_months or 1,
        first_on=entry.held_on,
        ends_on=entry.until,
        created_at=at,
        created_by=by,
    )


def _fill(meeting: Meeting, entry: PlanEntry) -> None:
    for field in ("held_on", "kind", "counterpart", "agreement", "place", "starts_at", "ends_at"):
        setattr(meeting, field, getattr(entry, field))
    meeting.previous = entry.previous or meeting.previous


def _locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("host_agency", "series", "merged_into")
    return rows.get(pk=meeting.pk)


def _moved(
    meeting: Meeting,
    verb: str,
    before: dict[str, Any],
    *,
    by: User,
    at: dt.datetime,
    reason: str = "",
    brings: Brings = nothing,
) -> None:
    """Save and record the step; when the meeting is over, its series goes on first: the trail is locked last."""
    meeting.version += 1
    meeting.save(update_fields=["status", "status_reason", "held_on", "version"])
    if meeting.status not in AWAITED and meeting.series is not None:
        plan_next(meeting.series, by=by, at=at, brings=brings)
    after = {"held_on": meeting.held_on, "status": meeting.status}
    record(verb, on=meeting, by=by, at=at, before=before, after=after, texts={"reason": reason})
