"""The list of those present (*daftar hadir*): agencies with their people, who need no account to be named."""

import dataclasses
import datetime as dt

from django.db import transaction

from agencies.audit import record
from agencies.models import Agency, User
from agencies.policy import permit, require
from meetings.models import Attendance, Meeting
from meetings.rules import stands_apart


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody who was there for an agency; without name and post the agency alone stands in the list."""

    agency: Agency
    name: str = ""
    post_text: str = ""


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """The list in the order of the tree of agencies, then as it was written; one query."""
    rows = meeting.attendance.select_related("agency")
    return sorted(rows, key=lambda row: (row.agency.path, row.pk))


@transaction.atomic
def add_person(meeting: Meeting, person: Person, *, by: User, at: dt.datetime) -> Attendance:
    """Add somebody to the list; the same person again changes nothing."""
    meeting = _kept(meeting, by=by)
    row, is_new = _enter(meeting, person)
    if is_new:
        _touch(meeting)
        record("meeting.person_added", on=meeting, by=by, at=at, after=_codes(row), texts=_words(row))
    return row


@transaction.atomic
def change_person(row: Attendance, person: Person, *, by: User, at: dt.datetime) -> Attendance:
    """Correct one line of the list."""
    meeting = _kept(row.meeting, by=by)
    row = Attendance.objects.select_for_update(of=("self",)).select_related("agency").get(pk=row.pk)
    if (row.agency, row.name, row.post_text) == (person.agency, person.name, person.post_text):
        return row
    before = _codes(row)
    row.agency, row.name, row.post_text = person.agency, person.name, person.post_text
    row.save(update_fields=["agency", "name", "post_text"])
    _touch(meeting)
    record("meeting.person_changed", on=meeting, by=by, at=at, before=before, after=_codes(row), texts=_words(row))
    return row


@transaction.atomic
def strike_person(row: Attendance, *, by: User, at: dt.datetime) -> None:
    """Take one line out of the list. An agency without any line left was not there. A second click finds none."""
    meeting = _kept(row.meeting, by=by)
    found = Attendance.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=row.pk).first()
    if found is None:
        return
    codes, words = _codes(found), _words(found)
    found.delete()
    _touch(meeting)
    record("meeting.person_struck", on=meeting, by=by, at=at, before=codes, texts=words)


def enter_all(meeting: Meeting, people: list[Person]) -> int:
    """Add people to the list of a meeting the caller has locked; returns how many lines that made or filled."""
    return sum(is_new for _row, is_new in (_enter(meeting, person) for person in people))


def _enter(meeting: Meeting, person: Person) -> tuple[Attendance, bool]:
    """The line of this person, and whether anything was written. An agency's empty line is filled first."""
    rows = list(meeting.attendance.filter(agency=person.agency))
    same = next((row for row in rows if (row.name, row.post_text) == (person.name, person.post_text)), None)
    if same is not None:
        return same, False
    if rows and not person.name and not person.post_text:
        return rows[0], False
    empty = next((row for row in rows if not row.name and not row.post_text), None)
    row = empty or Attendance(meeting=meeting, agency=person.agency)
    row.name, row.post_text = person.name, person.post_text
    row.save()
    return row, True


def _kept(meeting: Meeting, *, by: User) -> Meeting:
    """The locked record, if this person may correct it."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    permit(by, "meeting.edit", meeting)
    require(stands_apart(meeting))
    return meeting


def _touch(meeting: Meeting) -> None:
    """Who has the page of the facts open is told that the list is another one now."""
    meeting.version += 1
    meeting.save(update_fields=["version"])


def _codes(row: Attendance) -> dict[str, str]:
    return {"agency": row.agency.code}


def _words(row: Attendance) -> dict[str, str]:
    return {"person": ", ".join(filter(None, [row.name, row.post_text]))}
