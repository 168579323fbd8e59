"""Records that are probably of one and the same meeting: a day apart at most, two agencies in common."""

import datetime as dt
from collections.abc import Iterable

from agencies.models import Agency, User
from meetings.models import Meeting

DAYS_APART = 1  # calendar days
IN_COMMON = 2  # agencies, hosts and partners included


def likely_same(
    user: User, *, held_on: dt.date, agencies: Iterable[Agency], but: Meeting | None = None
) -> list[Meeting]:
    """Records this person may see that are probably of the same meeting, nearest day first.

    A draft of another agency is not seen, so nothing is said about it.
    """
    wanted = {agency.pk for agency in agencies}
    window = (held_on - dt.timedelta(days=DAYS_APART), held_on + dt.timedelta(days=DAYS_APART))
    rows = (
        Meeting.objects.visible_to(user)
        .standing_apart()
        .filter(held_on__range=window)
        .select_related("host_agency", "counterpart")
        .prefetch_related("attendance__agency")
        .order_by("pk")
    )
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    found = [row for row in rows if len({agency.pk for agency in agencies_of(row)} & wanted) >= IN_COMMON]
    return sorted(found, key=lambda meeting: (abs(meeting.held_on - held_on), meeting.pk))


def agencies_of(meeting: Meeting) -> list[Agency]:
    """Host, partner and everybody present, each once."""
    found = {meeting.host_agency_id: meeting.host_agency}
    if meeting.counterpart is not None:
        found[meeting.counterpart.pk] = meeting.counterpart
    found |= {row.agency_id: row.agency for row in meeting.attendance.all()}
    return list(found.values())
