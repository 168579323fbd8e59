"""What is still between two offices, to be carried into their next meeting.

Open commitments under the keeper's record that concern the partner: born in a meeting with it, led or
supported by it or by an office below it.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from enum import IntEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.models.agency import AgencyQuerySet
from commitments.models import Answer, Commitment, Consent
from commitments.notifications import shorten
from commitments.words import schedule_mark, silence_mark
from meetings.minutes import AgendaEntry, first_items
from meetings.models import AgendaKind, Meeting
from meetings.planning import Brings


class Why(IntEnum):
    """Why a commitment comes back to the table, in the order of the agenda."""

    LATE = 1
    DISPUTED = 2
    SILENT = 3
    OPEN = 4


@dataclasses.dataclass(frozen=True)
class Carried:
    """A commitment to be talked about, and why in words."""

    commitment: Commitment
    why: Why
    words: str

    @property
    def agenda_title(self) -> str:
        """``K-2026-004: wording``, short enough for an agenda."""
        return f"{self.commitment.code}: {shorten(self.commitment.wording, 240)}"


def carried(host: Agency, partner: Agency | None, user: User | None, *, at: dt.datetime) -> list[Carried]:
    """What ``host`` and ``partner`` still have open, as far as ``user`` may see it: late, disputed, silent, open.

    ``user`` is None when nobody asks: a series that goes on by itself brings all its keeper has. Without a
    partner nothing is carried. Three queries, however many rows.
    """
    if partner is None:
        return []
    seen = Commitment.objects.kept() if user is None else Commitment.objects.visible_to(user)
    mine = seen.unfinished().filter(host_agency=host)
    wanted = mine.filter(pk__in=mine.filter(concerning(Agency.objects.within([partner]))).values("pk"))
    rows = list(wanted.select_related("lead", "host_agency", "meeting").order_by("due_on", "code"))
    disputed = _disputed(rows)
    found = [_carried(row, is_disputed=row.pk in disputed, at=at) for row in rows]
    return sorted(found, key=lambda row: row.why)  # stable: by date and code within a reason


def concerning(side: AgencyQuerySet) -> Q:
    """Commitments that concern the agencies of one side: born in a meeting with it, led or supported by it.

    May find a row more than once; filter by the keys of what it finds.
    """
    keys = side.values("pk")
    return Q(meeting__counterpart__in=keys) | Q(lead__in=keys) | Q(contributions__agency__in=keys)


def agenda_of(rows: Iterable[Carried]) -> list[AgendaEntry]:
    """The agenda items of what is carried."""
    return [AgendaEntry(row.agenda_title, kind=AgendaKind.COMMITMENT, about_code=row.commitment.code) for row in rows]


def open_items(at: dt.datetime) -> Brings:
    """What the next meeting of a series starts with: everything open between the two offices at ``at``."""
    return lambda host, partner: agenda_of(carried(host, partner, None, at=at))


@dataclasses.dataclass(frozen=True)
class Table:
    """What a new meeting finds on the table: minutes to be approved first, then what is carried."""

    approval: str = ""
    rows: tuple[Carried, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.approval or self.rows)


def on_the_table(host: Agency, partner: Agency | None, user: User, *, held_on: dt.date, at: dt.datetime) -> Table:
    """What ``host`` brings into a meeting with ``partner`` on a day: only what was promised before that day.

    A meeting that is recorded late finds nothing on its table that came after it.
    """
    if partner is None:
        return Table()
    items = first_items(Meeting(host_agency=host, counterpart=partner, held_on=held_on))
    rows = tuple(row for row in carried(host, partner, user, at=at) if row.commitment.origin_on < held_on)
    return Table(items[0].title if items else "", rows)


def _disputed(rows: Iterable[Commitment]) -> set[int]:
    """Rows to whose present version somebody objects or proposes a change."""
    present = {(row.pk, row.terms_n) for row in rows}
    answers = Consent.objects.filter(
        terms__commitment__in=[pk for pk, _n in present], answer__in=(Answer.OBJECTED, Answer.PROPOSED_CHANGE)
    )
    return {pk for pk, n in answers.values_list("terms__commitment", "terms__n") if (pk, n) in present}


def _carried(row: Commitment, *, is_disputed: bool, at: dt.datetime) -> Carried:
    mark, silence = schedule_mark(row, at=at), silence_mark(row, at=at)
    if row.is_late(at=at) and mark is not None:
        return Carried(row, Why.LATE, mark.words)
    if is_disputed:
        return Carried(row, Why.DISPUTED, _("ada keberatan atau usul perubahan"))
    if silence is not None:
        return Carried(row, Why.SILENT, silence.words)
    return Carried(row, Why.OPEN, mark.words if mark is not None else str(row.get_status_display()))
