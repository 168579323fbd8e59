"""Record what was held and what was promised there, and make it known.

The box is consumed: saving turns each line into a row with a code; later edits go per row. The typed text
is kept as it was, and each commitment points to its span in it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.audit import record
from agencies.models import User
from agencies.numbering import next_code
from agencies.policy import Refusal, no, permit, require
from commitments import notifications, tallies
from commitments.actions.entries import FACTS, LetterEntry, LineEntry, MeetingEntry, Presence, SourceEntry
from commitments.actions.lines import write_lines
from commitments.actions.news import lock_known
from commitments.carry import open_items
from commitments.models import Commitment, Move
from commitments.status import Status, Verb
from meetings.minutes import previous_of
from meetings.models import Attendance, Meeting
from meetings.planning import hold
from meetings.rules import may_hold, stands_apart, took_place


class StaleMeeting(Exception):
    """Somebody else changed the meeting since the form was opened."""

    def __init__(self, current: Meeting) -> None:
        super().__init__(f"{current.code} is at version {current.version}")
        self.current = current


@transaction.atomic
def log_meeting(
    entry: MeetingEntry,
    *,
    text: str,
    lines: Sequence[LineEntry],
    by: User,
    at: dt.datetime,
    source: SourceEntry | None = None,
    planned: Meeting | None = None,
    is_starting: bool = False,
    is_example: bool = False,
) -> Meeting:
    """Save a meeting as a draft of its host, with one commitment per line.

    ``planned`` is the meeting to come that took place now: its record goes on instead of a new one. With ``source``
    the text is a whole document, kept under that name also without any line. Raises Refusal when
    the person may not log for that agency, or when there is neither a line nor minutes (which may follow while
    the meeting is held: ``is_starting``).
    """
    permit(by, "meeting.log", entry.host_agency)
    if planned is not None:
        # locked, so that what a colleague has logged meanwhile is not written over
        require(may_hold(by, locked_meeting(planned), at=at))
    lock_known(lines)
    if not lines and not entry.minutes.strip() and not is_starting:
        raise Refusal(no(_("Tulis paling sedikit satu komitmen atau notula."), status=409))
    if planned is not None:
        meeting = hold(planned, by=by, at=at, brings=open_items(at))
    else:
        meeting = Meeting(code=next_code("A", entry.held_on.year), created_at=at, created_by=by, is_example=is_example)
        meeting.host_agency = entry.host_agency
    _fill(meeting, entry)
    meeting.previous = previous_of(meeting)
    meeting.save()
    set_presence(meeting, entry.present)
    made = write_lines(lines, text=text, said_in=meeting, by=by, at=at, source=source)
    record(
        "meeting.logged",
        on=meeting,
        by=by,
        at=at,
        after={"held_on": meeting.held_on, "lines": [c.code for c in made], "agencies": present_codes(meeting)},
    )
    return meeting


@transaction.atomic
def update_meeting(meeting: Meeting, entry: MeetingEntry, *, by: User, at: dt.datetime, version: int) -> Meeting:
    """Correct a meeting's own facts. Raises StaleMeeting when somebody was faster."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    permit(by, "meeting.edit", meeting)
    require(stands_apart(meeting))
    if meeting.version != version:
        raise StaleMeeting(meeting)
    before = {"held_on": meeting.held_on, "kind": meeting.kind, "agencies": present_codes(meeting)}
    _fill(meeting, entry)
    meeting.version += 1
    meeting.save()
    set_presence(meeting, entry.present)
    lines = list(meeting.commitments.select_for_update(of=("self",)).order_by("pk"))
    with tallies.kept(lines, at=at):
        for commitment in lines:
            _follow(commitment, meeting)
    record(
        "meeting.changed",
        on=meeting,
        by=by,
        at=at,
        before=before,
        after={"held_on": meeting.held_on, "kind": meeting.kind, "agencies": present_codes(meeting)},
        texts={"minutes": meeting.minutes},
    )
    return meeting


@transaction.atomic
def add_lines(
    meeting: Meeting,
    *,
    text: str,
    lines: Sequence[LineEntry],
    by: User,
    at: dt.datetime,
    source: SourceEntry | None = None,
) -> list[Commitment]:
    """Add lines to a meeting that was saved before; they stay drafts until shared. ``source``: as in log_meeting."""
    meeting = locked_meeting(meeting)
    lock_known(lines)
    permit(by, "meeting.edit", meeting)
    require(stands_apart(meeting))
    made = write_lines(lines, text=text, said_in=meeting, by=by, at=at, source=source)
    record("meeting.lines_added", on=meeting, by=by, at=at, after={"lines": [c.code for c in made]})
    return made


@transaction.atomic
def record_letter(
    entry: LetterEntry, *, text: str, lines: Sequence[LineEntry], by: User, at: dt.datetime, is_example: bool = False
) -> list[Commitment]:
    """Record commitments that follow from a letter or an instruction; drafts until shared."""
    permit(by, "meeting.log", entry.host_agency)
    lock_known(lines)
    made = write_lines(lines, text=text, said_in=entry, by=by, at=at, is_example=is_example)
    for commitment in made:
        record(
            "commitment.recorded", on=commitment, by=by, at=at, after={"origin": entry.origin, "on": entry.origin_on}
        )
    return made


@transaction.atomic
def share(meeting: Meeting, *, by: User, at: dt.datetime) -> Meeting:
    """*Simpan dan sampaikan*: all draft lines become known with their gaps, and reminders begin.

    A second click finds nothing left to share and changes nothing.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    permit(by, "meeting.share", meeting)
    require(stands_apart(meeting) and took_place(meeting))
    drafts = list(
        Commitment.objects.select_for_update(of=("self",))
        .filter(meeting=meeting)
        .drafts()
        .select_related("lead")
        .order_by("pk")
    )
    if meeting.is_shared and not drafts:
        return meeting
    if not meeting.is_shared:
        meeting.shared_at = at
        meeting.version += 1
        meeting.save(update_fields=["shared_at", "version"])
    _make_known(drafts, by=by, at=at)
    record("meeting.shared", on=meeting, by=by, at=at, after={"lines": [c.code for c in drafts]})
    return meeting


@transaction.atomic
def share_commitments(commitments: Iterable[Commitment], *, by: User, at: dt.datetime) -> list[Commitment]:
    """Make lines without a meeting (letter, instruction) known."""
    wanted = [c.pk for c in commitments]
    drafts = list(Commitment.objects.select_for_update(of=("self",)).filter(pk__in=wanted).drafts().order_by("pk"))
    for commitment in drafts:
        permit(by, "commitment.change", commitment)
    _make_known(drafts, by=by, at=at)
    for commitment in drafts:
        record("commitment.shared", on=commitment, by=by, at=at)
    return drafts


@transaction.atomic
def discard(commitment: Commitment, *, by: User, at: dt.datetime, reason: str = "") -> None:
    """Discard a draft line: it is marked, never deleted, and its code is not used again."""
    commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    permit(by, "commitment.change", commitment)
    if commitment.status != Status.DRAFT:
        raise Refusal(no(_("Hanya draf yang dapat dibuang. Komitmen ini sudah disampaikan."), status=409))
    if commitment.is_discarded:
        return
    commitment.is_discarded = True
    commitment.save(update_fields=["is_discarded"])
    record("commitment.discarded", on=commitment, by=by, at=at, texts={"reason": reason})


def locked_meeting(meeting: Meeting) -> Meeting:
    """The record, locked; always before any of its commitments, so that no two actions wait for each other."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("host_agency", "merged_into")
    return rows.get(pk=meeting.pk)


def _fill(meeting: Meeting, entry: MeetingEntry) -> None:
    for field in FACTS:
        setattr(meeting, field, getattr(entry, field))
    meeting.source_url = entry.source_url or meeting.source_url


def _follow(commitment: Commitment, meeting: Meeting) -> None:
    """A commitment's day and agreement are those of its meeting; scope items of another agreement fall away."""
    if (commitment.origin_on, commitment.agreement_id) == (meeting.held_on, meeting.agreement_id):
        return
    if commitment.agreement_id != meeting.agreement_id:
        commitment.clauses.clear()
    commitment.origin_on, commitment.agreement = meeting.held_on, meeting.agreement
    commitment.version += 1
    commitment.save(update_fields=["origin_on", "agreement", "version"])


def set_presence(meeting: Meeting, present: Iterable[Presence]) -> None:
    """Make the list of those present exactly this one; rows that stay are not written anew."""
    wanted = {(p.agency.pk, p.name, p.post_text): p for p in present}
    for row in meeting.attendance.all():
        if wanted.pop((row.agency_id, row.name, row.post_text), None) is None:
            row.delete()
    for presence in wanted.values():
        Attendance.objects.create(
            meeting=meeting, agency=presence.agency, name=presence.name, post_text=presence.post_text
        )


def present_codes(meeting: Meeting) -> list[str]:
    """Codes of the agencies present, in order, for the trail."""
    return sorted(set(meeting.attendance.values_list("agency__code", flat=True)))


def _make_known(drafts: Sequence[Commitment], *, by: User, at: dt.datetime) -> None:
    with tallies.kept(drafts, at=at):
        for commitment in drafts:
            commitment.status, commitment.shared_at = Status.NOT_STARTED, at
            commitment.version += 1
            commitment.save(update_fields=["status", "shared_at", "version"])
    for commitment in drafts:
        Move.objects.create(
            commitment=commitment, from_status=Status.DRAFT, to_status=Status.NOT_STARTED, verb=Verb.SHARE, at=at, by=by
        )
    notifications.lines_shared(drafts, by=by, at=at)
