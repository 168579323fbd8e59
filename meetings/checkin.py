"""*Daftar hadir mandiri*: people write their own names at the door of a meeting, without an account.

What is written there gives no rights: it becomes part of the list of those present only when the host takes it
over. The page at the door is known by its secret address alone, and ends two hours after the meeting.
"""

import dataclasses
import datetime as dt
import secrets

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.audit import record
from agencies.models import Agency, User
from agencies.names import called_exactly, folded, snapshot
from agencies.policy import YES, Refusal, Verdict, no, permit, require
from config.workdays import day_of, months_after
from meetings.attendance import Person, enter_all
from meetings.models import CheckIn, Meeting, MeetingStatus
from meetings.rules import stands_apart

AFTERWARDS = dt.timedelta(hours=2)  # how long after its end people may still write their names
MOST = 200  # entries of one meeting that are not struck
KEPT_MONTHS = 12  # what was not taken over is deleted so long after the meeting
NEAR_LIMIT = 60  # agencies offered at the door


@dataclasses.dataclass(frozen=True)
class Entry:
    """What a person wrote at the door."""

    name: str
    post_text: str
    agency_text: str


def meeting_behind(token: str) -> Meeting | None:
    """The meeting to which this address at the door belongs, open or closed; None when nobody gave it out."""
    rows = Meeting.objects.standing_apart().select_related("host_agency", "counterpart")
    return rows.filter(checkin_token=token, is_discarded=False).first() if token else None


def is_open(meeting: Meeting, *, at: dt.datetime) -> bool:
    """Whether people may write their names now."""
    is_on = meeting.status in (MeetingStatus.HELD, MeetingStatus.PLANNED)
    return is_on and meeting.checkin_until is not None and at < meeting.checkin_until


def ends_at(meeting: Meeting, clock: dt.time) -> dt.datetime:
    """The instant at which a meeting ends that is over at ``clock`` where its host is; past midnight counts."""
    is_next_day = meeting.starts_at is not None and clock <= meeting.starts_at
    day = meeting.held_on + dt.timedelta(days=int(is_next_day))
    return dt.datetime.combine(day, clock, tzinfo=meeting.host_agency.clock)


def may_open(meeting: Meeting, clock: dt.time, *, at: dt.datetime) -> Verdict:
    """Whether the door can be opened until two hours after ``clock``."""
    if meeting.status not in (MeetingStatus.HELD, MeetingStatus.PLANNED):
        return no(_("Pertemuan ini ditunda atau dibatalkan. Daftar hadir mandiri tidak dapat dibuka."), status=409)
    if ends_at(meeting, clock) + AFTERWARDS <= at:
        return no(_("Daftar hadir mandiri ditutup dua jam sesudah pertemuan, dan waktu itu sudah lewat."), status=409)
    return YES


@transaction.atomic
def open_door(meeting: Meeting, clock: dt.time, *, by: User, at: dt.datetime, is_new_address: bool = False) -> Meeting:
    """Let people write their names until two hours after ``clock``, the end of the meeting where its host is.

    The address stays the same when the door is opened again, so that printed codes go on working, unless a new
    one is asked for.
    """
    meeting = _kept(meeting, by=by)
    require(may_open(meeting, clock, at=at))
    if is_new_address or not meeting.checkin_token:
        meeting.checkin_token = secrets.token_urlsafe(32)
    meeting.ends_at = clock
    meeting.checkin_until = ends_at(meeting, clock) + AFTERWARDS
    meeting.version += 1
    meeting.save(update_fields=["checkin_token", "ends_at", "checkin_until", "version"])
    after = {"until": meeting.checkin_until, "is_new_address": is_new_address}
    record("meeting.checkin_opened", on=meeting, by=by, at=at, after=after)
    return meeting


@transaction.atomic
def close_door(meeting: Meeting, *, by: User, at: dt.datetime) -> Meeting:
    """Let nobody write a name any more; a second click changes nothing."""
    meeting = _kept(meeting, by=by)
    if is_open(meeting, at=at):
        meeting.checkin_until = at
        meeting.save(update_fields=["checkin_until"])
        record("meeting.checkin_closed", on=meeting, by=by, at=at)
    return meeting


@transaction.atomic
def check_in(meeting: Meeting, entry: Entry, *, at: dt.datetime) -> tuple[CheckIn, bool]:
    """Note a name at the door, and say whether it is new: the same name of the same agency is one entry.

    Raises Refusal (409) when the door was closed meanwhile or the list is full.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("host_agency").get(pk=meeting.pk)
    if not is_open(meeting, at=at):
        raise Refusal(no(_("Daftar hadir mandiri ini sudah ditutup."), status=409))
    rows = list(meeting.checkins.filter(struck_at=None))
    if (same := next((row for row in rows if _key(row) == _key(entry)), None)) is not None:
        return same, False
    if len(rows) >= MOST:
        raise Refusal(no(_("Daftar hadir mandiri sudah penuh. Sampaikan nama Anda kepada petugas."), status=409))
    known = called_exactly(entry.agency_text, snapshot())
    row = CheckIn.objects.create(
        meeting=meeting, agency_id=known.pk if known else None, at=at, **dataclasses.asdict(entry)
    )
    record("meeting.checked_in", on=meeting, by=None, at=at, after={"entry": row.pk})
    return row, True


@transaction.atomic
def strike(row: CheckIn, *, by: User, at: dt.datetime) -> CheckIn:
    """Strike an entry; who is in the list of those present already is struck there."""
    meeting = _kept(row.meeting, by=by)
    row = CheckIn.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.taken_over_at is not None and row.agency_id is not None:
        raise Refusal(no(_("Nama ini sudah masuk daftar hadir. Coret di daftar hadir pertemuan."), status=409))
    if row.struck_at is None:
        row.struck_at, row.struck_by = at, by
        row.save(update_fields=["struck_at", "struck_by"])
        record("meeting.checkin_struck", on=meeting, by=by, at=at, after={"entry": row.pk})
    return row


@transaction.atomic
def choose_agency(row: CheckIn, agency: Agency, *, by: User, at: dt.datetime) -> CheckIn:
    """Say which agency of the directory is meant. Who was taken over by the typed name alone moves into the list."""
    meeting = _kept(row.meeting, by=by)
    row = CheckIn.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.agency_id == agency.pk:
        return row
    if row.taken_over_at is not None and row.agency_id is not None:
        raise Refusal(no(_("Nama ini sudah masuk daftar hadir. Ubah di daftar hadir pertemuan."), status=409))
    row.agency = agency
    row.save(update_fields=["agency"])
    if row.taken_over_at is not None:
        _enter(meeting, [row])
    record("meeting.checkin_named", on=meeting, by=by, at=at, after={"entry": row.pk, "agency": agency.code})
    return row


@transaction.atomic
def take_over(meeting: Meeting, *, by: User, at: dt.datetime, seen: int | None = None) -> int:
    """Take every entry that is not struck into the list of those present; returns how many those were.

    ``seen`` is the newest entry (its key) that the host has looked at: what arrived since waits, because an agency
    that is listed may read the meeting. Entries whose agency is not in the directory are taken over by the typed
    name: they are printed, and they give nobody any rights.
    """
    meeting = _kept(meeting, by=by)
    found = waiting(meeting) if seen is None else waiting(meeting).filter(pk__lte=seen)
    rows = list(found.select_for_update(of=("self",)).select_related("agency"))
    if not rows:
        return 0
    for row in rows:
        row.taken_over_at = at
        row.save(update_fields=["taken_over_at"])
    _enter(meeting, rows)
    codes = sorted({row.agency.code for row in rows if row.agency})
    record("meeting.checkin_taken_over", on=meeting, by=by, at=at, after={"entries": len(rows), "agencies": codes})
    return len(rows)


def waiting(meeting: Meeting) -> "QuerySet[CheckIn]":
    """Entries the host has neither struck nor taken over."""
    return meeting.checkins.filter(struck_at=None, taken_over_at=None)


def listed_by_name_only(meeting: Meeting) -> "QuerySet[CheckIn]":
    """Those present whose agency is not in the directory: taken over by the name they typed."""
    return meeting.checkins.filter(struck_at=None, taken_over_at__isnull=False, agency=None)


def near(meeting: Meeting) -> list[Agency]:
    """Agencies offered at the door: host, partner with the agencies below it, and those noted as present."""
    wanted = {meeting.host_agency_id, *meeting.attendance.values_list("agency", flat=True)}
    rows = Agency.objects.active()
    found = rows.filter(pk__in=wanted)
    if meeting.counterpart is not None:
        found |= rows.within([meeting.counterpart])
    return list(found.order_by("path")[:NEAR_LIMIT])


def forget_the_rest(*, at: dt.datetime) -> int:
    """Delete what was struck or never taken over, twelve months after the meeting; returns how many rows."""
    rest = Q(taken_over_at=None) | Q(struck_at__isnull=False)
    old = CheckIn.objects.filter(rest, meeting__held_on__lt=months_after(day_of(at), -KEPT_MONTHS))
    count = 0
    for meeting in Meeting.objects.filter(pk__in=old.values("meeting")).order_by("pk"):
        with transaction.atomic():
            gone, _kinds = old.filter(meeting=meeting).delete()
            record("meeting.checkin_forgotten", on=meeting, by=None, at=at, after={"entries": gone})
            count += gone
    return count


def _enter(meeting: Meeting, rows: list[CheckIn]) -> None:
    people = [Person(row.agency, row.name, row.post_text) for row in rows if row.agency is not None]
    if enter_all(meeting, people):
        meeting.version += 1
        meeting.save(update_fields=["version"])


def _key(entry: Entry | CheckIn) -> tuple[str, str]:
    return folded(entry.name), folded(entry.agency_text)


def _kept(meeting: Meeting, *, by: User) -> Meeting:
    """The locked record, if this person keeps the door of it."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("host_agency", "counterpart")
    meeting = rows.get(pk=meeting.pk)
    permit(by, "meeting.checkin", meeting)
    require(stands_apart(meeting))
    return meeting
