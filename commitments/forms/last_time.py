"""Who came to the last meeting: agencies set in one click, people offered one by one and never assumed."""

import dataclasses
from collections.abc import Collection, Mapping
from typing import Any

from agencies.models import Agency, User
from commitments.actions.entries import Presence
from meetings.models import Attendance, Meeting

TAKE_LAST = "hadir-terakhir"  # the button that ticks the agencies


@dataclasses.dataclass(frozen=True)
class KnownPerson:
    """Somebody who came for an agency last time; ``field`` is the tick that says: again."""

    row: Attendance
    field: str
    is_ticked: bool

    @property
    def words(self) -> str:
        """``Sudin Contoh A: Kepala Seksi``."""
        return f"{self.row.agency.short_name}: {', '.join(filter(None, [self.row.name, self.row.post_text]))}"


class LastTime:
    """The last meeting that was held (with the partner, when one is typed), as the page offers it."""

    def __init__(self, meeting: Meeting | None) -> None:
        self.meeting = meeting
        self.rows = list(meeting.attendance.select_related("agency")) if meeting else []

    @property
    def agencies(self) -> list[Agency]:
        """Who was there, each once."""
        return list({row.agency_id: row.agency for row in self.rows}.values())

    def people(self, data: Mapping[str, Any], present: Collection[int]) -> list[KnownPerson]:
        """Those who came for the agencies that are present now (primary keys)."""
        named = [row for row in self.rows if (row.name or row.post_text) and row.agency_id in present]
        fields = [(row, f"orang-{row.pk}") for row in named]
        return [KnownPerson(row, field, field in data) for row, field in fields]


def last_meeting(user: User, hosts: Collection[Agency], partner: Agency | None) -> Meeting | None:
    """The latest meeting held by one of the ``hosts`` that this person may see, with the partner when there is one."""
    rows = Meeting.objects.visible_to(user).held().filter(host_agency__in=hosts)
    return (rows.filter(counterpart=partner) if partner else rows).first()


def with_ticked(spoken: Mapping[int, tuple[str, str]], people: Collection[KnownPerson]) -> dict[int, tuple[str, str]]:
    """Who speaks for each agency: the person typed, else the first one who is ticked."""
    found = dict(spoken)
    for person in people:
        if person.is_ticked and not any(found.get(person.row.agency_id, ("", ""))):
            found[person.row.agency_id] = (person.row.name, person.row.post_text)
    return found


def with_companions(present: Collection[Presence], people: Collection[KnownPerson]) -> tuple[Presence, ...]:
    """The presence typed, and everybody ticked who does not stand in it yet."""
    rows = [Presence(p.row.agency, p.row.name, p.row.post_text) for p in people if p.is_ticked]
    return tuple({(row.agency.pk, row.name, row.post_text): row for row in [*present, *rows]}.values())
