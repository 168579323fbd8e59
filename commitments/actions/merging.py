"""Two records of one thing made one, and taken apart again: meetings and commitments.

Nothing is deleted: the record that goes keeps its code, its words and its journal, and points to the one that
stays. What was moved is written down, so that the step can be undone.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.audit import record
from agencies.models import User
from agencies.policy import Refusal, no, permit, require
from commitments import notifications, rules, tallies
from commitments.actions.entries import LineEntry, MeetingEntry, Presence, SourceEntry
from commitments.actions.news import lock_known
from commitments.actions.recording import add_lines, locked_meeting, present_codes, set_presence
from commitments.carry import open_items
from commitments.models import Commitment, CommitmentMerge, Move
from commitments.status import Status, Verb
from meetings.models import AgendaItem, Attendance, CheckIn, Meeting, MeetingFile, MeetingMerge, Statement
from meetings.models.meeting import AWAITED
from meetings.planning import hold
from meetings.rules import may_merge as may_merge_meeting
from meetings.rules import stands_apart

MAY_FILL = ("led_by", "received_by", "place", "is_open_list", "source_url", "agreement")
Belonging = MeetingFile | Statement | AgendaItem | CheckIn


@transaction.atomic
def merge_meetings(source: Meeting, target: Meeting, *, by: User, at: dt.datetime, reason: str = "") -> MeetingMerge:
    """Make ``source`` a part of ``target``: its commitments, papers, quotes and those present go there.

    Both must be kept by one agency; what was shared may only go into what is shared. Raises Refusal.
    """
    source, target = _locked_meetings(source, target)
    for meeting in (source, target):
        require(may_merge_meeting(by, meeting))
    _refuse_odd_meetings(source, target)
    moved: dict[str, Any] = {"commitments": _move_commitments(source, target, at=at)}
    for name, rows in _belongings(source).items():
        moved[name] = [_hand_over(row, target) for row in rows]
    moved["attendance"] = _add_attendance(source, target)
    source.merged_into = target
    source.version, target.version = source.version + 1, target.version + 1
    source.save(update_fields=["merged_into", "version"])
    target.save(update_fields=["version"])
    merge = MeetingMerge.objects.create(source=source, target=target, moved=moved, reason=reason, at=at, by=by)
    after = {"into": target.code, "lines": [line["code"] for line in moved["commitments"]]}
    record("meeting.merged", on=source, by=by, at=at, after=after, texts={"reason": reason})
    return merge


@transaction.atomic
def unmerge_meetings(source: Meeting, *, by: User, at: dt.datetime) -> Meeting:
    """Take the last merge of ``source`` apart: everything that was moved and is still there goes back.

    A second click finds it apart and changes nothing. Raises Refusal while the other record is itself merged.
    """
    merge = MeetingMerge.objects.filter(source=source, undone_at=None).select_related("target").last()
    if merge is None:
        return source
    source, target = _locked_meetings(source, merge.target)
    if source.merged_into_id != target.pk:
        return source
    require(may_merge_meeting(by, target))
    _move_back(merge.moved, source, target, at=at)
    source.merged_into = None
    source.version, target.version = source.version + 1, target.version + 1
    source.save(update_fields=["merged_into", "version"])
    target.save(update_fields=["version"])
    merge.undone_at, merge.undone_by = at, by
    merge.save(update_fields=["undone_at", "undone_by"])
    record("meeting.unmerged", on=source, by=by, at=at, before={"into": target.code})
    return source


@transaction.atomic
def join_meeting(
    meeting: Meeting,
    entry: MeetingEntry,
    *,
    text: str,
    lines: Sequence[LineEntry],
    by: User,
    at: dt.datetime,
    source: SourceEntry | None = None,
) -> list[Commitment]:
    """Put what was typed as a meeting of its own into the record that exists already: nothing of it is lost.

    Lines become drafts there, those present are added, the minutes are put behind the ones that stand, and facts
    are filled in where the record has none. Scope items of an agreement other than the record's fall away. A
    meeting that was planned has taken place then. ``source``: as in log_meeting.
    """
    meeting = locked_meeting(meeting)
    lock_known(lines)
    if meeting.status in AWAITED:
        hold(meeting, by=by, at=at, brings=open_items(at))
    meeting = _completed(meeting, entry, by=by, at=at)
    if entry.agreement != meeting.agreement:
        lines = [replace(line, terms=replace(line.terms, clauses=())) for line in lines]
    made = add_lines(meeting, text=text, lines=lines, source=source, by=by, at=at)
    known = [Presence(row.agency, row.name, row.post_text) for row in meeting.attendance.select_related("agency")]
    set_presence(meeting, [*known, *entry.present])
    meeting.minutes = "\n\n".join(filter(None, [meeting.minutes, entry.minutes.strip()]))
    meeting.version += 1
    meeting.save(update_fields=["minutes", "version"])
    agreement = meeting.agreement.code if meeting.agreement else None
    after = {"lines": [c.code for c in made], "agencies": present_codes(meeting), "agreement": agreement}
    record("meeting.joined", on=meeting, by=by, at=at, after=after, texts={"minutes": meeting.minutes})
    return made


@transaction.atomic
def merge_commitments(
    source: Commitment, target: Commitment, *, by: User, at: dt.datetime, reason: str = ""
) -> Commitment:
    """Count ``source`` no longer by itself: it was the same promise as ``target``.

    Its journal, words and consents stay with it and are not taken for those of the other. Raises Refusal.
    """
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("lead", "host_agency", "meeting")
    locked = {row.pk: row for row in rows.filter(pk__in=[source.pk, target.pk]).order_by("pk")}
    source, target = locked[source.pk], locked[target.pk]
    require(rules.may_merge(by, source))
    require(rules.may_be_merged_into(by, target))
    if source.pk == target.pk:
        raise Refusal(no(_("Komitmen tidak dapat digabung ke dirinya sendiri."), status=409))
    if source.host_agency_id != target.host_agency_id:
        raise Refusal(no(_("Hanya catatan dari instansi pengelola yang sama yang dapat digabung."), status=409))
    before = source.status
    source.merged_into = target
    _step(source, Verb.MERGE, Status.MERGED, by=by, at=at, reason=reason)
    CommitmentMerge.objects.create(source=source, target=target, status_before=before, reason=reason, at=at, by=by)
    record(
        "commitment.merged",
        on=source,
        by=by,
        at=at,
        before={"status": before},
        after={"status": source.status, "into": target.code},
        texts={"reason": reason},
    )
    notifications.merged(source, by=by, at=at)
    return source


@transaction.atomic
def unmerge_commitments(source: Commitment, *, by: User, at: dt.datetime) -> Commitment:
    """Take a merged commitment apart again, with the status it had. A second click changes nothing."""
    source = Commitment.objects.select_for_update(of=("self",)).get(pk=source.pk)
    require(rules.may_unmerge(by, source))
    merge = CommitmentMerge.objects.filter(source=source, undone_at=None).select_related("target").last()
    if source.status != Status.MERGED or merge is None:
        return source
    source.merged_into = None
    _step(source, Verb.UNMERGE, Status(merge.status_before), by=by, at=at)
    merge.undone_at, merge.undone_by = at, by
    merge.save(update_fields=["undone_at", "undone_by"])
    record(
        "commitment.unmerged",
        on=source,
        by=by,
        at=at,
        before={"status": Status.MERGED, "into": merge.target.code},
        after={"status": source.status},
    )
    return source


def _completed(meeting: Meeting, entry: MeetingEntry, *, by: User, at: dt.datetime) -> Meeting:
    """The locked record with the facts of the entry where it had none; its lines follow a new agreement."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("agreement", "merged_into")
    meeting = rows.get(pk=meeting.pk)
    permit(by, "meeting.edit", meeting)
    require(stands_apart(meeting))
    for field in MAY_FILL:
        if not getattr(meeting, field):
            setattr(meeting, field, getattr(entry, field))
    meeting.save(update_fields=MAY_FILL)
    lines = list(meeting.commitments.select_for_update(of=("self",)).order_by("pk"))
    with tallies.kept(lines, at=at):
        for commitment in lines:
            if commitment.agreement_id != meeting.agreement_id:
                _place(commitment, meeting, commitment.position)
    return meeting


def _locked_meetings(first: Meeting, second: Meeting) -> tuple[Meeting, Meeting]:
    rows = Meeting.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    return locked[first.pk], locked[second.pk]


def _belongings(meeting: Meeting) -> dict[str, Sequence[Belonging]]:
    """What goes along with a meeting; the original words stay where they were written."""
    return {
        "files": list(meeting.files.order_by("pk")),
        "statements": list(meeting.statements.order_by("pk")),
        "agenda": list(meeting.agenda.order_by("pk")),
        "checkins": list(meeting.checkins.order_by("pk")),
    }


def _hand_over(row: Belonging, meeting: Meeting) -> int:
    row.meeting = meeting
    row.save(update_fields=["meeting"])
    return row.pk


def _refuse_odd_meetings(source: Meeting, target: Meeting) -> None:
    if source.pk == target.pk:
        raise Refusal(no(_("Pertemuan tidak dapat digabung ke dirinya sendiri."), status=409))
    if source.host_agency_id != target.host_agency_id:
        raise Refusal(no(_("Hanya catatan dari instansi pengelola yang sama yang dapat digabung."), status=409))
    if source.is_shared and not target.is_shared:
        words = _("%(source)s sudah disampaikan, %(target)s belum. Gabungkan %(target)s ke %(source)s.")
        raise Refusal(no(words % {"source": source.code, "target": target.code}, status=409))


def _move_commitments(source: Meeting, target: Meeting, *, at: dt.datetime) -> list[dict[str, Any]]:
    """Move the lines behind those of the target; return pk, code, former position and scope items of each."""
    last = target.commitments.count()
    locked = source.commitments.select_for_update(of=("self",)).order_by("pk")
    rows = sorted(locked, key=lambda row: (row.position, row.pk))
    moved = []
    with tallies.kept(rows, at=at):
        for place, commitment in enumerate(rows, start=last + 1):
            clauses = sorted(commitment.clauses.values_list("pk", flat=True))
            moved.append(
                {"pk": commitment.pk, "code": commitment.code, "position": commitment.position, "clauses": clauses}
            )
            _place(commitment, target, place)
    return moved


def _move_back(moved: dict[str, Any], source: Meeting, target: Meeting, *, at: dt.datetime) -> None:
    """Give back what a merge has moved, as far as it is still there."""
    for line in moved["commitments"]:
        commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=line["pk"])
        if commitment.meeting_id == target.pk:
            with tallies.kept(commitment, at=at):
                _place(commitment, source, line["position"])
                if source.agreement_id != target.agreement_id:
                    commitment.clauses.set(line["clauses"])
    for name, rows in _belongings(target).items():
        for row in rows:
            if row.pk in moved[name]:
                _hand_over(row, source)
    for presence in Attendance.objects.filter(pk__in=moved["attendance"], meeting=target):
        presence.delete()


def _place(commitment: Commitment, meeting: Meeting, position: int) -> None:
    """Put a line under a meeting; its day and agreement are the meeting's, its code stays."""
    if commitment.agreement_id != meeting.agreement_id:
        commitment.clauses.clear()
    commitment.meeting, commitment.position = meeting, position
    commitment.origin_on, commitment.agreement = meeting.held_on, meeting.agreement
    commitment.version += 1
    commitment.save(update_fields=["meeting", "position", "origin_on", "agreement", "version"])


def _add_attendance(source: Meeting, target: Meeting) -> list[int]:
    """Copy those present that the target does not name yet; return the keys of the new rows."""
    known = set(target.attendance.values_list("agency", "name", "post_text"))
    added = []
    for row in source.attendance.order_by("pk"):
        if (row.agency_id, row.name, row.post_text) not in known:
            copy = Attendance.objects.create(meeting=target, agency=row.agency, name=row.name, post_text=row.post_text)
            added.append(copy.pk)
    return added


def _step(commitment: Commitment, verb: Verb, status: Status, *, by: User, at: dt.datetime, reason: str = "") -> None:
    before = commitment.status
    with tallies.kept(commitment, at=at):
        commitment.status = status
        commitment.version += 1
        commitment.save(update_fields=["status", "merged_into", "version"])
    Move.objects.create(
        commitment=commitment, from_status=before, to_status=status, verb=verb, at=at, by=by, reason=reason
    )
